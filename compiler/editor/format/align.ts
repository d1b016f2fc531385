import { scan } from "../../1-parse/scan.js";
import { Findings } from "../../diagnostics/diagnostic.js";
import { at } from "../../language/at.js";

/** A line that ends with comments behind something: where it begins, and where the first of them does. */
interface Commented {
  readonly start: number;
  readonly comment: number;
}

/** Puts the comments at the ends of lines that follow each other below each other. */
export function aligned(text: string): string {
  let padded = "";
  let from = 0;
  for (const run of runsIn(text)) {
    const column = Math.max(...run.map(({ start, comment }) => comment - start));
    for (const { start, comment } of run) {
      padded += text.slice(from, comment) + " ".repeat(column - (comment - start));
      from = comment;
    }
  }
  return padded + text.slice(from);
}

/** Gives the lines with comments, those together that follow each other. */
function runsIn(text: string): Commented[][] {
  const runs: Commented[][] = [];
  for (const line of commentedLines(text)) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (before !== undefined && text.indexOf("\n", before.comment) + 1 === line.start) run?.push(line);
    else runs.push([line]);
  }
  return runs;
}

function commentedLines(text: string): Commented[] {
  const { tokens } = scan(text, new Findings({ path: "", text }));
  return tokens.flatMap((token, index): Commented[] => {
    const before = tokens[index - 1];
    if (token.kind !== "comment" || before === undefined || before.kind === "comment") return [];
    const start = text.lastIndexOf("\n", token.start) + 1;
    const end = text.indexOf("\n", token.start);
    let next = index + 1;
    while (tokens[next]?.kind === "comment") next += 1;
    const isBehind = before.end > start && token.end <= end && at(tokens, next).start > end;
    return isBehind ? [{ start, comment: token.start }] : [];
  });
}
