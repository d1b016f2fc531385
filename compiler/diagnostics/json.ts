import type { Diagnostic, Span } from "./diagnostic.js";
import { Lines } from "./position.js";
import { visibleJson } from "./visible.js";

/** The version of the machine-readable form; it grows when a field changes its meaning or goes. */
const version = 1;

/**
 * Writes diagnostics for machines: `{ version, diagnostics: [{ code, severity, message, file, start, end, related, notes, fix }]
 * }`. Lines and columns count from 1, columns in UTF-16 code units; `end` is the position after the last character.
 */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  return `${visibleJson({ version, diagnostics: diagnostics.map(diagnosticToJson) }, 2)}\n`;
}

/** Makes a diagnostic plain data for machines. */
export function diagnosticToJson({ code, severity, message, source, span, related, notes, fix }: Diagnostic) {
  const lines = new Lines(source.text);
  const position = (of: Span) => ({ start: lines.at(of.start), end: lines.at(of.end) });
  return {
    code,
    severity,
    message,
    file: source.path,
    ...position(span),
    related: related.map((other) => ({ message: other.message, ...position(other.span) })),
    notes,
    fix: fix === null ? null : { message: fix.message, ...position(fix.span), replacement: fix.replacement },
  };
}
