import type { Span } from "../diagnostics/diagnostic.js";
import { isForVedc } from "./ignores.js";
import type { Token } from "./token.js";

/** The comments of a file, looked up by the node that they belong to. */
export class Comments {
  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  /** Gives the lines of the comments directly above a node, with neither code nor an empty line between. */
  above(node: Span): string[] {
    const lines: string[] = [];
    let next = node.start;
    for (let index = this.#firstFrom(node.start) - 1; index >= 0; index -= 1) {
      const token = this.tokens[index];
      if (token?.kind !== "comment" || this.#breaks(token.end, next) > 1 || this.#isBehindCode(index)) break;
      lines.unshift(...documenting(token.text));
      next = token.start;
    }
    return lines;
  }

  /** Gives the comment behind a node on its last line, or null. */
  behind(node: Span): string | null {
    let index = this.#firstFrom(node.end);
    while (/^[;,]$/.test(this.tokens[index]?.text ?? "")) index += 1;
    const token = this.tokens[index];
    if (token?.kind !== "comment" || this.#breaks(node.end, token.start) > 0) return null;
    const lines = documenting(token.text);
    return lines.length === 0 ? null : lines.join(" ");
  }

  /** The index of the first token that begins at an offset or behind it. */
  #firstFrom(offset: number): number {
    let [low, high] = [0, this.tokens.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.tokens[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isBehindCode(index: number): boolean {
    const [before, token] = [this.tokens[index - 1], this.tokens[index]];
    if (before === undefined || token === undefined || before.kind === "comment" || before.text === "{") return false;
    return this.#breaks(before.end, token.start) === 0;
  }

  #breaks(from: number, to: number): number {
    return this.text.slice(from, to).split("\n").length - 1;
  }
}

/** Gives the lines of a comment that speaks to people; none where it speaks to vedc. */
function documenting(comment: string): string[] {
  const lines = commentLines(comment);
  return isForVedc(lines[0] ?? "") ? [] : lines;
}

function commentLines(comment: string): string[] {
  if (comment.startsWith("//")) return [comment.replace(/^\/\/+!?\s?/, "").trimEnd()];
  const lines = comment
    .replace(/^\/\*+/, "")
    .replace(/\*+\/$/, "")
    .split("\n");
  const cleaned = lines.map((line) => line.replace(/^\s*\*? ?/, "").trimEnd());
  while (cleaned[0] === "") cleaned.shift();
  while (cleaned.at(-1) === "") cleaned.pop();
  return cleaned;
}
