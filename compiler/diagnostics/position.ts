/** A place in a text as an editor shows it: line and column from 1, the column in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The lines of one text, for finding positions in it; `\n`, `\r\n` and a lone `\r` end a line. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(readonly text: string) {
    for (const match of text.matchAll(/\r\n|\n|\r/g)) this.#starts.push(match.index + match[0].length);
  }

  /** Gives the position of an offset; an offset past the end is the end. */
  at(offset: number): Position {
    const target = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= target) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: target - (this.#starts[low] ?? 0) + 1 };
  }

  /** Gives the offset at which a line (from 1) begins. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.text.length;
  }

  /** Gives the text of a line (from 1), without its line break. */
  line(line: number): string {
    return this.text.slice(this.startOf(line), this.#starts[line] ?? this.text.length).replace(/[\r\n]+$/, "");
  }
}
