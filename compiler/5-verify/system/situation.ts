import { NodeTable } from "../search/node-table.js";

/** Words of a situation: its number in two, and how it stands. */
export const situationWords = 3;

/** Lists of members, each with a number: lists that begin alike share their beginning (tree compression, Laarman 2011). */
export class SituationTable {
  /** Each is the number of a shorter list, and of the member behind it. */
  readonly #pairs = new NodeTable(4);
  readonly #pair = new Uint16Array(4);

  /** Writes the words of a situation. */
  write(members: readonly number[], standing: number, words: Uint16Array): void {
    let list = 0;
    for (const member of members) {
      this.#pair[0] = list & 0xffff;
      this.#pair[1] = list >>> 16;
      this.#pair[2] = member & 0xffff;
      this.#pair[3] = member >>> 16;
      // 0 is the empty list.
      list = this.#pairs.add(this.#pair) + 1;
    }
    words[0] = list & 0xffff;
    words[1] = list >>> 16;
    words[2] = standing;
  }

  /** Gives the members of a situation. */
  read(words: Uint16Array): number[] {
    const members: number[] = [];
    for (let list = numberIn(words, 0); list > 0; list = numberIn(this.#pair, 0)) {
      this.#pairs.read(list - 1, this.#pair);
      members.push(numberIn(this.#pair, 2));
    }
    return members.reverse();
  }
}

function numberIn(words: Uint16Array, at: number): number {
  return (words[at] ?? 0) + (words[at + 1] ?? 0) * 0x10000;
}
