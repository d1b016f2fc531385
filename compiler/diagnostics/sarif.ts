import { type Code, catalogue } from "./catalogue.js";
import type { Diagnostic, Fix, Severity, Source, Span } from "./diagnostic.js";
import type { Silenced } from "./ignore.js";
import { Lines } from "./position.js";
import { visibleJson } from "./visible.js";

/** What SARIF calls the severities. */
const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "note" };

/**
 * Writes findings as a log for whatever reads SARIF 2.1.0: code scanning, editors, dashboards.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @param silenced what sources silence: it is in the log as suppressed
 * @param version of vedc
 */
export function renderSarif(found: readonly Diagnostic[], silenced: readonly Silenced[], version: string): string {
  const results = [...found.map((each) => resultOf(each)), ...silenced.map(suppressed)];
  const codes = [...new Set([...found, ...silenced.map(({ diagnostic }) => diagnostic)].map(({ code }) => code))].sort();
  const driver = {
    name: "vedc",
    version,
    informationUri: "https://github.com/ved-lang/vedc#readme",
    rules: codes.map(ruleOf),
  };
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
  return `${visibleJson(log, 2)}\n`;
}

function ruleOf(code: Code) {
  const { title, severity, body } = catalogue[code];
  return {
    id: code,
    shortDescription: { text: title },
    help: { text: body, markdown: body },
    defaultConfiguration: { level: levels[severity] },
  };
}

function resultOf({ code, severity, message, source, span, related, notes, fix }: Diagnostic) {
  return {
    ruleId: code,
    level: levels[severity],
    message: { text: [message, ...notes].join("\n") },
    locations: [locationOf(source, span)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other) => ({ ...locationOf(source, other.span), message: { text: other.message } })),
        }),
    ...(fix === null ? {} : { fixes: [fixOf(source, fix)] }),
  };
}

function suppressed({ diagnostic, reason }: Silenced) {
  return { ...resultOf(diagnostic), suppressions: [{ kind: "inSource", justification: reason }] };
}

function locationOf(source: Source, span: Span) {
  return { physicalLocation: { artifactLocation: { uri: uriOf(source.path) }, region: regionOf(source, span) } };
}

function fixOf(source: Source, { message, span, replacement }: Fix) {
  const change = { deletedRegion: regionOf(source, span), insertedContent: { text: replacement } };
  return {
    description: { text: message },
    artifactChanges: [{ artifactLocation: { uri: uriOf(source.path) }, replacements: [change] }],
  };
}

function regionOf({ text }: Source, { start, end }: Span) {
  const lines = new Lines(text);
  const [from, to] = [lines.at(start), lines.at(end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

/** Writes a path as a URI: relative to where vedc was started, as the path is, or of a file. */
function uriOf(path: string): string {
  const parts = path.split(/[\\/]/);
  const isAbsolute = parts[0] === "" || /^[A-Za-z]:$/.test(parts[0] ?? "");
  const uri = parts.map((part, index) => (index === 0 && isAbsolute ? part : encodeURIComponent(part))).join("/");
  return isAbsolute ? `file://${uri.startsWith("/") ? "" : "/"}${uri}` : uri;
}
