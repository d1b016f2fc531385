import type { Diagnostic, Severity } from "./diagnostic.js";
import { Lines } from "./position.js";
import { visible } from "./visible.js";

/** What GitHub calls the severities. */
const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "notice" };

/**
 * Writes a finding as a command for the runner of GitHub Actions, which shows it beside the line in a pull request.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function renderGithub({ source, span, severity, message, code, notes, fix }: Diagnostic): string {
  const lines = new Lines(source.text);
  const [start, end] = [lines.at(span.start), lines.at(span.end)];
  // Columns count only within one line.
  const columns = start.line === end.line ? `,col=${start.column},endColumn=${end.column}` : "";
  const place = `file=${property(source.path)},line=${start.line},endLine=${end.line}${columns}`;
  const text = [message, ...notes, ...(fix === null ? [] : [fix.message])].map(data).join("%0A");
  return `::${levels[severity]} ${place},title=${code}::${text}\n`;
}

function data(text: string): string {
  return visible(text).replaceAll("%", "%25");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
