import type { Span } from "../diagnostics/diagnostic.js";
import { laterWords, tokenCodes } from "./generated/token-codes.js";
import { durationShape, shapes, type Token } from "./scan.js";

const anyToken = new RegExp(shapes.map(([kind, shape]) => `(?<${kind}>${shape.source})`).join("|"), "gu");

/** What a token is to the parser that is none of its own. */
const unknown = "\uFFFD";

/**
 * A text as the parser sees it: each token is one character, as Ohm takes the longer the more characters there are. What lies
 * between two of them has none, but the line breaks that end what belongs to a later level.
 */
export class TokenText {
  /** A character for each token. */
  readonly codes: string;
  readonly #text: string;
  readonly #starts: readonly number[];
  readonly #ends: readonly number[];
  readonly #to: number;

  /** @param text one in which `scan` finds nothing wrong @param from @param to the part of it that is read, as offsets */
  constructor(text: string, from = 0, to = text.length) {
    const [starts, ends]: [number[], number[]] = [[], []];
    let codes = "";
    let isLater = false;
    let isBroken = false;
    let read = from;
    anyToken.lastIndex = from;
    for (let match = anyToken.exec(text); match !== null && match.index < to; match = anyToken.exec(text)) {
      const start = match.index;
      const end = anyToken.lastIndex;
      // A line break within a comment ends nothing.
      isBroken ||= isLater && text.slice(read, start).includes("\n");
      read = end;
      if (match.groups?.comment !== undefined) continue;
      if (isBroken) {
        // What belongs to a word may also begin on the next line.
        isLater = laterWords.has(text.slice(starts.at(-1), ends.at(-1)));
        isBroken = false;
        codes += "\n";
        starts.push(start);
        ends.push(start);
      }
      const [token] = match;
      isLater ||= laterWords.has(token);
      codes += codeOf(token, match.groups);
      starts.push(start);
      ends.push(end);
    }
    this.codes = codes;
    this.#text = text;
    this.#starts = starts;
    this.#ends = ends;
    this.#to = to;
  }

  /** How many characters the parser sees. */
  get length(): number {
    return this.codes.length;
  }

  /** Gives where a character of the parser stands in the text; behind the last one, where what is read ends. */
  offsetOf(index: number): number {
    return this.#starts[index] ?? this.#to;
  }

  /** Gives the span of some characters of the parser in the text. */
  spanOf(start: number, end: number): Span {
    const from = this.offsetOf(start);
    return { start: from, end: end > start ? (this.#ends[end - 1] ?? from) : from };
  }

  /** Gives what some characters of the parser are in the text. */
  slice(start: number, end: number): string {
    const span = this.spanOf(start, end);
    return this.#text.slice(span.start, span.end);
  }
}

function codeOf(text: string, kinds: Readonly<Partial<Record<Token["kind"], string>>> = {}): string {
  const code = tokenCodes.get(text);
  if (code !== undefined) return code;
  if (kinds.word !== undefined) return "a";
  if (kinds.number !== undefined) return durationShape.test(text) ? "5" : "0";
  if (kinds.string !== undefined) return '"';
  return text.length === 1 ? text : unknown;
}
