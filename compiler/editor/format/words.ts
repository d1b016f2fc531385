import { scan, type Token } from "../../1-parse/scan.js";
import { Findings, type Source } from "../../diagnostics/diagnostic.js";
import { type Comment, commentOf, isBlank } from "./comment.js";
import { type Binding, bindingsOf } from "./silenced.js";

/** A word of a program, with what stands before it. */
export interface Word extends Token {
  readonly comments: readonly Comment[];
  /** It begins a line of the source. */
  readonly beginsLine: boolean;
  /** There is an empty line before it. */
  readonly followsBlank: boolean;
  /** What must become of the gap before it; null: what the style says. */
  readonly binding: Binding | null;
}

/** Gives the words of a source that has no syntax error; the last one is its end. */
export function wordsOf(source: Source): Word[] {
  const { text } = source;
  const tokens = scan(text, new Findings(source)).tokens.filter(isSeen);
  const bindings = bindingsOf(source, tokens);
  const words: Word[] = [];
  let comments: Comment[] = [];
  tokens.forEach((token, index) => {
    const before = text.slice(tokens[index - 1]?.end ?? 0, token.start);
    if (token.kind === "comment") {
      comments.push(commentOf(token, before, text.slice(token.end, tokens[index + 1]?.start)));
      return;
    }
    words.push({
      ...token,
      comments,
      beginsLine: before.includes("\n"),
      followsBlank: isBlank(before),
      binding: bindings.get(token) ?? null,
    });
    comments = [];
  });
  return words;
}

/** The grammar takes the control characters that the scanner makes tokens of as white space. */
function isSeen({ kind, text }: Token): boolean {
  return kind === "end" || text > " ";
}

/** Gives for each opening parenthesis the place of the one that closes it. */
export function partnersOf(words: readonly Word[]): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  const open: number[] = [];
  words.forEach(({ text }, index) => {
    if (text === "(") open.push(index);
    const partner = text === ")" ? open.pop() : undefined;
    if (partner !== undefined) partners.set(partner, index);
  });
  return partners;
}
