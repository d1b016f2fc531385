import type { Findings, Span } from "../diagnostics/diagnostic.js";
import { foreignLetters, invisible, lookalike } from "./scan-characters.js";
import { foreignComment, foreignDirective, openComment } from "./scan-comments.js";
import { reportNumber } from "./scan-numbers.js";
import { foreignString, openString, reportEscapes } from "./scan-strings.js";
import { patched, type Scanning, type Token } from "./token.js";

/** What tokens look like, the first that fits. */
export const shapes = [
  ["comment", /\/\/[^\n]*|\/\*[\s\S]*?\*\//y],
  ["string", /"(?:\\[^\n]|[^"\\\n])*"/y],
  ["word", /@?[A-Za-z_][A-Za-z0-9_]*/y],
  ["number", /[0-9][A-Za-z0-9_]*(?:\.[0-9][A-Za-z0-9_]*)?|(?<!\.)\.[0-9]+/y],
  ["symbol", /={3,}|!={2,}|[=!<>]=|&&|\|\||::|\.\.[=<.]?|[-+*/%]=|[^\s]/uy],
] as const;

/** Signs of other languages, which Ved reads as two of its own, or not at all. */
const foreignSigns =
  /(?:\*\*|<<|>>|&&|\|\||\?\?|\^|&|\||~)=(?!=)|=~|\|>|<=>|<<|>>|\*\*|\+\+|--|\?\?|\?\.|:=|=>|->|<-|<>|=<|\/\\|\\\//y;

/** What separates tokens, and has no other meaning. */
const space = /[ \t\r\n\f\v]*/y;

/** A source cut into tokens, and the text to parse: what was reported has harmless text of the same length in its place. */
export interface Scanned {
  readonly tokens: readonly Token[];
  readonly masked: string;
}

/** What a token may turn out to be that is none of Ved's, in the order in which it is tried. */
const foreign = [
  openComment,
  foreignDirective,
  foreignComment,
  foreignString,
  openString,
  invisible,
  lookalike,
  foreignLetters,
] as const;

/**
 * Cuts a source into tokens and reports what cannot be one: an open string or comment, a foreign quote, an unknown
 * escape, a number that is no `int`, a character that nobody sees.
 */
export function scan(text: string, findings: Findings): Scanned {
  const scanning: Scanning = { text, findings, patches: [], repeated: new Map() };
  const tokens: Token[] = [];
  for (let at = startOf(text); ; ) {
    at = behindSpace(text, at);
    if (at >= text.length) break;
    const token = foreignAt(scanning, at) ?? read(text, at);
    if (token.kind === "string") reportEscapes(token, findings);
    if (token.kind === "number") reportNumber(scanning, token);
    if (token.text !== "") tokens.push(token);
    at = token.end;
  }
  tokens.push(endAt(text.length));
  for (const report of scanning.repeated.values()) report.tell();
  return { tokens, masked: patched(text, scanning.patches) };
}

/** Cuts a text, or a part of it, into tokens that could be read by itself but for its order; comments are left out. */
export function tokensOf(masked: string, { start, end }: Span = { start: startOf(masked), end: masked.length }): Token[] {
  const tokens: Token[] = [];
  for (let at = behindSpace(masked, start); at < end; ) {
    const token = foreignSign(masked, at) ?? read(masked, at);
    if (token.kind !== "comment") tokens.push(token);
    at = behindSpace(masked, token.end);
  }
  return [...tokens, endAt(end)];
}

/** Says where a text begins: behind its byte order mark. */
function startOf(text: string): number {
  return text.startsWith("\uFEFF") ? 1 : 0;
}

function behindSpace(text: string, at: number): number {
  space.lastIndex = at;
  space.test(text);
  return space.lastIndex;
}

function endAt(end: number): Token {
  return { kind: "end", text: "", start: end, end };
}

/**
 * What begins nothing that is foreign, whatever follows: most signs and numbers, a string that is closed, a word that only characters
 * of names follow.
 */
const plain =
  /[0-9{}()[\]:;,.=+*%!&|?~^>\\@]|\/(?!\*)|-(?!-)|<(?![!<])|"[^"\\\n]+"|[A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_$\u0080-\uffff])/y;

function foreignAt(scanning: Scanning, at: number): Token | null {
  plain.lastIndex = at;
  if (plain.test(scanning.text)) return null;
  for (const tried of foreign) {
    const token = tried(scanning, at);
    if (token !== null) return token;
  }
  return null;
}

function foreignSign(text: string, at: number): Token | null {
  foreignSigns.lastIndex = at;
  const sign = foreignSigns.exec(text)?.[0];
  return sign === undefined ? null : { kind: "symbol", text: sign, start: at, end: at + sign.length };
}

/** All shapes at once, each as a group in their order. */
const anyShape = new RegExp(shapes.map(([, { source }]) => `(${source})`).join("|"), "uy");

function read(text: string, at: number): Token {
  anyShape.lastIndex = at;
  const match = anyShape.exec(text);
  if (match === null) return { kind: "symbol", text: text.charAt(at), start: at, end: at + 1 };
  const [kind] = shapes[match.indexOf(match[0], 1) - 1] ?? shapes[4];
  return { kind, text: match[0], start: at, end: at + match[0].length };
}

export { decodeInt, durationShape } from "./scan-numbers.js";
export { decodeString } from "./scan-strings.js";
export { blank, type Token } from "./token.js";
