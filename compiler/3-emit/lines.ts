// Code is printed as lists of lines without line breaks in them; what stands inside something is indented.

/** Indents lines that stand inside something. */
export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? line : `  ${line}`));
}

/** Puts a block into braces, with what stands before and behind it on its first and last line. */
export function block(head: string, body: readonly string[], tail = ""): string[] {
  return [`${head}{`, ...indented(body), `}${tail}`];
}
