import type { Remarks } from "../2-check/program.js";
import { visible } from "../diagnostics/visible.js";

/** Gives a comment's text without what would end it or the line, or read otherwise than it is. */
function harmless(text: string): string {
  return visible(text).replaceAll("*/", "*\\/").trimEnd();
}

/** Gives the documentation of a declaration: the comments above it and behind it; null when there are none. */
export function docOf({ above, behind }: Remarks): string | null {
  const lines = [...above, ...(behind === null ? [] : [behind])].map(harmless);
  return lines.length === 0 ? null : lines.join("\n");
}

/** Writes a documentation comment as lines of code. */
export function docLines(text: string | null): string[] {
  if (text === null) return [];
  const lines = text.split("\n");
  if (lines.length === 1) return [`/** ${lines[0]} */`];
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"];
}

/** Writes the comments above a statement as lines of code. */
export function linesAbove({ above }: Remarks): string[] {
  return above.map((line) => `// ${harmless(line)}`.trimEnd());
}

/** Gives the comment behind a statement, with the space before it; empty when there is none. */
export function behindLine({ behind }: Remarks): string {
  return behind === null ? "" : ` // ${harmless(behind)}`.trimEnd();
}

/** Says whether there are no comments. */
export function hasNone({ above, behind }: Remarks): boolean {
  return above.length === 0 && behind === null;
}
