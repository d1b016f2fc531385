import type { Token } from "../../1-parse/scan.js";
import { type Doc, hardline, join, lineSuffix, literalline } from "./doc.js";

/** A comment, and how it stands among what is around it. */
export interface Comment {
  readonly text: string;
  /** It begins a line of the source. */
  readonly beginsLine: boolean;
  /** It ends a line of the source. */
  readonly endsLine: boolean;
  /** There is an empty line before it. */
  readonly followsBlank: boolean;
}

/** Makes a comment of its token, of what stands before it and of what stands behind it. */
export function commentOf(token: Token, before: string, behind: string): Comment {
  return {
    text: token.text,
    beginsLine: before.includes("\n"),
    endsLine: token.text.startsWith("//") || behind.includes("\n"),
    followsBlank: isBlank(before),
  };
}

/** Says whether white space has an empty line in it. */
export function isBlank(space: string): boolean {
  return /\n[^\S\n]*\n/.test(space);
}

/** Says whether a comment cannot stand between two words of one line. */
export function needsLine({ text, beginsLine, endsLine }: Comment): boolean {
  return beginsLine || endsLine || text.includes("\n");
}

/**
 * Writes a comment as it is, without spaces at the ends of its lines. A block whose lines all begin with `*` moves with what is
 * around it; other blocks keep their margin.
 */
export function written({ text }: Comment): Doc {
  const [first = "", ...rest] = text.split("\n").map((line) => line.replace(/[ \t\r]+$/, ""));
  if (rest.length === 0) return first;
  const isStarred = rest.every((line) => /^[ \t]*\*/.test(line));
  return isStarred ? [first, rest.map((line) => [hardline, ` ${line.trimStart()}`])] : join(literalline, [first, ...rest]);
}

/** Writes a comment behind what ends a line; it does not make the line too long. */
export function writtenBehind(comment: Comment): Doc {
  return lineSuffix([" ", written(comment)]);
}

/** Says how many of the comments, from the first on, stand behind what is before them on its line. */
export function countBehind(comments: readonly Comment[]): number {
  const last = comments.findIndex(({ endsLine }) => endsLine);
  return comments.slice(0, last + 1).some(({ beginsLine }) => beginsLine) ? 0 : last + 1;
}
