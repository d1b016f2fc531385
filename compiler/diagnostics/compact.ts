import type { Diagnostic } from "./diagnostic.js";
import { Lines } from "./position.js";
import { visible } from "./visible.js";

/** Writes a finding on a line of its own, in the form that compilers of C use, and editors, terminals and logs find places in. */
export function renderCompact({ source, span, severity, message, code }: Diagnostic): string {
  const { line, column } = new Lines(source.text).at(span.start);
  return `${visible(source.path)}:${line}:${column}: ${severity}: ${visible(message)} [${code}]\n`;
}
