import type { Findings, Span } from "../diagnostics/diagnostic.js";

/** What a file may have many of, and is told of once. */
export interface Repeated {
  count: number;
  /** Reports the first, and how many more there are. */
  readonly tell: () => void;
}

/** A word of the source, without a meaning yet. */
export interface Token extends Span {
  readonly kind: "word" | "number" | "string" | "comment" | "symbol" | "end";
  readonly text: string;
}

/** A text of the same length that stands in for a part of the source, so that reading goes on. */
export interface Patch {
  readonly span: Span;
  readonly text: string;
}

/** What goes on while a source is cut into tokens. */
export interface Scanning {
  readonly text: string;
  readonly findings: Findings;
  /** What was reported has harmless text in its place, in the order of the source. */
  readonly patches: Patch[];
  /** What is told at the end, by what it is. */
  readonly repeated: Map<string, Repeated>;
}

/** Counts what a file may have many of: of all that are alike the first is told, with how many more there are. */
export function tellOnce({ repeated }: Scanning, what: string, tell: (notes: readonly string[]) => void): void {
  const known = repeated.get(what);
  if (known !== undefined) {
    known.count += 1;
    return;
  }
  const first: Repeated = { count: 1, tell: () => tell(first.count > 1 ? [othersOf(first.count - 1)] : []) };
  repeated.set(what, first);
}

function othersOf(count: number): string {
  return count === 1 ? "There is one more of them in this file." : `There are ${count} more of them in this file.`;
}

/** Makes every character of a text but its line breaks a space. */
export function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

/** Puts patches, given in the order of the source, into a text. */
export function patched(text: string, patches: readonly Patch[]): string {
  let result = "";
  let at = 0;
  for (const { span, text: patch } of patches) {
    result += text.slice(at, span.start) + patch;
    at = span.end;
  }
  return result + text.slice(at);
}

/**
 * Writes a text in the place of a span: what is left of the place is blanked; what there is no room for takes spaces behind it.
 * Gives null where there is no room for all of it.
 */
export function replaced(source: string, { start, end }: Span, text: string): Patch | null {
  let room = end;
  while (room - start < text.length && source.charAt(room) === " ") room += 1;
  if (room - start < text.length) return null;
  return { span: { start, end: room }, text: text + blank(source.slice(start + text.length, room)) };
}

/** Makes a patch that takes a part of a source out. */
export function without(source: string, { start, end }: Span): Patch {
  return { span: { start, end }, text: blank(source.slice(start, end)) };
}

/** Gives the place of a token. */
export function spanOf({ start, end }: Token): Span {
  return { start, end };
}
