import type { Source } from "../../diagnostics/diagnostic.js";
import { at } from "../../language/at.js";
import { type Comment, countBehind, needsLine, written, writtenBehind } from "./comment.js";
import { type Doc, flat, hardline } from "./doc.js";
import { partnersOf, type Word, wordsOf } from "./words.js";

/** Whether empty lines of the source are kept: nowhere, between things, or also before the first of them. */
export type Blanks = "none" | "between" | "before";

/** How something in brackets ends: what stands before its last line ends, and the end of that line. */
export interface Closing {
  readonly inside: Doc;
  readonly outside: Doc;
}

/**
 * The words of a source, taken one after the other. Whatever is printed comes from here, each word once and in order, and so do
 * the comments: one that stands between two words goes into the gap between them, and where no line may end in that gap, into
 * the next one where it may.
 */
export class Cursor {
  readonly #words: readonly Word[];
  readonly #partners: ReadonlyMap<number, number>;
  #index = 0;
  /** Comments that were passed and are not written yet. */
  #waiting: readonly Comment[] = [];
  /** The comments before the next word were passed. */
  #hasPassed = false;

  constructor(source: Source) {
    this.#words = wordsOf(source);
    this.#partners = partnersOf(this.#words);
  }

  /** Takes the next word, as it is written. @throws Error where the tree has another word there, which is a mistake of ours */
  take(expected?: string): string {
    const { text, kind } = this.#next;
    if (kind === "end" || (expected !== undefined && expected !== text)) {
      throw new Error(`The formatter expected ${expected ?? "a word"} where there is ${text}`);
    }
    this.#advance();
    return text;
  }

  /** Leaves out the next words as long as they are among these. */
  skip(...texts: readonly string[]): void {
    while (texts.includes(this.#next.text)) this.#advance();
  }

  /** Says whether the next word is this one. */
  is(text: string): boolean {
    return this.#next.text === text;
  }

  /** Says whether what comes next, a word or a comment, begins a line of the source. */
  beginsLine(): boolean {
    return (this.#next.comments[0] ?? this.#next).beginsLine;
  }

  /** Counts the parentheses around the whole of what begins here and ends at an offset of the source. */
  parenthesesTo(end: number): number {
    let count = 0;
    for (let inner: number | undefined; ; count += 1) {
      const close = this.#partners.get(this.#index + count);
      if (close === undefined || (inner === undefined ? at(this.#words, close).end !== end : close !== inner)) return count;
      inner = close - 1;
    }
  }

  /** Gives a gap in which no line may end: comments that need a line wait for one. */
  tight(gap: Doc): Doc {
    const comments = this.#pass();
    if (!comments.some(needsLine)) return [comments.map((comment) => [" ", written(comment)]), gap];
    this.#waiting = comments;
    return gap;
  }

  /** Gives a gap in which a line may end, and does so where comments, what they silence or an empty line ask for it. */
  gap(gap: Doc, blanks: Blanks = "none"): Doc {
    const comments = this.#pass();
    const behind = countBehind(comments);
    const own = comments.slice(behind);
    const first = own[0] ?? this.#next;
    const keepsBlank = blanks === "before" && first.followsBlank;
    const isForced = behind > 0 || keepsBlank || own[0]?.beginsLine === true || this.#next.binding === "apart";
    return [
      comments.slice(0, behind).map(writtenBehind),
      isForced ? newLine(keepsBlank) : this.#bound(gap),
      this.#above(own, blanks !== "none"),
    ];
  }

  /** Gives the comments that a file begins with. */
  start(): Doc {
    return this.#above(this.#pass(), true);
  }

  /** Gives the comments that a file ends with. @throws Error where words are left, which is a mistake of ours */
  end(): Doc {
    if (this.#next.kind !== "end") throw new Error(`The formatter left out ${this.#next.text}`);
    return this.closing(hardline, false, true).inside;
  }

  /**
   * Gives the gap before a closing bracket.
   * @param edge what stands inside of either bracket
   * @param isEmpty whether nothing but comments stands between the brackets
   */
  closing(edge: Doc, isEmpty: boolean, keepsBlanks: boolean): Closing {
    const comments = this.#pass();
    const behind = countBehind(comments);
    const inside = comments.map((comment, index): Doc => {
      if (index < behind) return writtenBehind(comment);
      const before = comments[index - 1];
      const begins = comment.beginsLine || before?.endsLine === true;
      const isFirst = isEmpty && before === undefined;
      const gap = begins ? newLine(keepsBlanks && comment.followsBlank && !isFirst) : isFirst ? this.#bound(edge) : " ";
      return [gap, written(comment)];
    });
    const endsLine = comments.some((comment) => comment.beginsLine || comment.endsLine);
    const isForced = endsLine || this.#next.binding === "apart";
    return { inside, outside: isForced ? hardline : isEmpty && comments.length === 0 ? "" : this.#bound(edge) };
  }

  get #next(): Word {
    return at(this.#words, this.#index);
  }

  /** Writes comments above or before the next word. */
  #above(comments: readonly Comment[], keepsBlanks: boolean): Doc {
    return comments.map((comment, index) => {
      const { followsBlank } = comments[index + 1] ?? this.#next;
      return [written(comment), comment.endsLine ? newLine(keepsBlanks && followsBlank) : " "];
    });
  }

  /** Gives a gap in which no line ends where what stands around it has to stay on one. */
  #bound(gap: Doc): Doc {
    return this.#next.binding === "together" ? flat(gap) : gap;
  }

  #advance(): void {
    this.#waiting = this.#pass();
    this.#hasPassed = false;
    this.#index += 1;
  }

  /** Gives the comments that are to be written before the next word. */
  #pass(): readonly Comment[] {
    const comments = this.#hasPassed ? this.#waiting : [...this.#waiting, ...this.#next.comments];
    this.#hasPassed = true;
    this.#waiting = [];
    return comments;
  }
}

function newLine(isBlankBefore: boolean): Doc {
  return isBlankBefore ? [hardline, hardline] : hardline;
}
