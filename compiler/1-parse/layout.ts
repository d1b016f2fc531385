import type { Token } from "./token.js";

/** How the tokens of a text are laid out in lines. */
export class Layout {
  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  /** Says whether a token is the first on its line. */
  beginsLine(index: number): boolean {
    const [before, token] = [this.tokens[index - 1], this.tokens[index]];
    if (before === undefined || token === undefined) return true;
    return this.text.slice(before.end, token.start).includes("\n");
  }

  /** Gives how far the line of a token is indented, in characters. */
  indentAt(index: number): number {
    const start = this.tokens[index]?.start ?? 0;
    const line = this.text.slice(this.text.lastIndexOf("\n", start - 1) + 1, start);
    return line.length - line.trimStart().length;
  }
}
