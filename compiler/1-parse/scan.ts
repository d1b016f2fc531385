import type { Findings, Fix, Span } from "../diagnostics/diagnostic.js";
import { durationOf, maxDuration, units } from "../language/duration.js";

/** A word of the source, without a meaning yet. */
export interface Token extends Span {
  readonly kind: "word" | "number" | "string" | "comment" | "symbol" | "end";
  readonly text: string;
}

/** What tokens look like, the first that fits. */
export const shapes = [
  ["comment", /\/\/[^\n]*|\/\*[\s\S]*?\*\//y],
  ["string", /"(?:\\[^\n]|[^"\\\n])*"/y],
  ["word", /@?[A-Za-z_][A-Za-z0-9_]*/y],
  ["number", /[0-9][A-Za-z0-9_]*(?:\.[0-9][A-Za-z0-9_]*)?/y],
  ["symbol", /===|!==|[=!<>]=|&&|\|\||::|\.\.|[-+*/%]=|[^\s]/uy],
] as const;

/** A source cut into tokens, and the text to parse: what was reported has harmless text of the same length in its place. */
export interface Scanned {
  readonly tokens: readonly Token[];
  readonly masked: string;
}

interface Scanning {
  readonly text: string;
  readonly findings: Findings;
  /** Replacements of the same length, in the order of the source. */
  readonly masks: { readonly span: Span; readonly patch: string }[];
}

/**
 * Cuts a source into tokens and reports what cannot be one: an open string or comment, a foreign quote, an unknown
 * escape, a number that is no `int`.
 */
export function scan(text: string, findings: Findings): Scanned {
  const scanning: Scanning = { text, findings, masks: [] };
  const tokens: Token[] = [];
  const space = /[\s\uFEFF]*/y;
  for (let at = 0; ; ) {
    space.lastIndex = at;
    space.test(text);
    at = space.lastIndex;
    if (at >= text.length) break;
    const token = openComment(scanning, at) ?? openString(scanning, at) ?? foreignString(scanning, at) ?? read(text, at);
    if (token.kind === "string") reportEscapes(token, findings);
    if (token.kind === "number") reportNumber(scanning, token);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: "end", text: "", start: text.length, end: text.length });
  return { tokens, masked: applyMasks(scanning) };
}

function read(text: string, at: number): Token {
  for (const [kind, shape] of shapes) {
    shape.lastIndex = at;
    const match = shape.exec(text);
    if (match !== null) return { kind, text: match[0], start: at, end: at + match[0].length };
  }
  return { kind: "symbol", text: text.charAt(at), start: at, end: at + 1 };
}

function openComment({ text, findings, masks }: Scanning, at: number): Token | null {
  if (!text.startsWith("/*", at) || text.indexOf("*/", at + 2) >= 0) return null;
  findings.report("VED1004", { start: at, end: at + 2 }, {});
  masks.push({ span: { start: at, end: text.length }, patch: blank(text.slice(at)) });
  return { kind: "comment", text: text.slice(at), start: at, end: text.length };
}

const closedString = /"(?:\\[^\n]|[^"\\\n])*"/y;

function openString({ text, findings, masks }: Scanning, at: number): Token | null {
  closedString.lastIndex = at;
  if (text.charAt(at) !== '"' || closedString.test(text)) return null;
  const line = text.slice(at, lineEnd(text, at)).trimEnd();
  // The closing quote likely belongs before the punctuation at the end of the line.
  const length = Math.max(line.replace(/[\s){};,]*$/, "").length, 1);
  const span = { start: at, end: at + length };
  findings.report("VED1002", span, {}, { notes: ["A line break inside a string is written `\\n`."] });
  masks.push({ span, patch: emptyString(length) });
  return { kind: "string", text: '""', ...span };
}

const foreignQuotes = /(['`])(?:\\.|(?!\1).)*\1/y;

function foreignString({ text, findings, masks }: Scanning, at: number): Token | null {
  foreignQuotes.lastIndex = at;
  const match = foreignQuotes.exec(text);
  if (match === null) return null;
  const span = { start: at, end: at + match[0].length };
  const replacement = `"${match[0].slice(1, -1).replace(/\\?"/g, '\\"')}"`;
  findings.report(
    "VED1011",
    span,
    { quote: match[0].charAt(0) },
    { fix: { message: `Write ${replacement}.`, span, replacement } },
  );
  masks.push({ span, patch: emptyString(match[0].length) });
  return { kind: "string", text: '""', ...span };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Makes a string literal of this length, or a number where there is no room for two quotes. */
function emptyString(length: number): string {
  return length < 2 ? "0" : `"${" ".repeat(length - 2)}"`;
}

/** Makes every character of a text but its line breaks a space. */
export function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

function applyMasks({ text, masks }: Scanning): string {
  let masked = "";
  let at = 0;
  for (const { span, patch } of masks) {
    masked += text.slice(at, span.start) + patch;
    at = span.end;
  }
  return masked + text.slice(at);
}

const escapes = /\\(?:u\{([0-9A-Fa-f]{1,6})\}|u\{?[^"}]{0,8}\}?|[\s\S])/g;
const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['\\"', '"'],
  ["\\\\", "\\"],
  ["\\n", "\n"],
  ["\\r", "\r"],
  ["\\t", "\t"],
]);

function reportEscapes(token: Token, findings: Findings): void {
  for (const match of token.text.matchAll(escapes)) {
    if (decodeEscape(match[0], match[1]) !== null) continue;
    const start = token.start + match.index;
    findings.report("VED1005", { start, end: start + match[0].length }, { escape: match[0] });
  }
}

function decodeEscape(sequence: string, hex: string | undefined): string | null {
  if (hex === undefined) return simpleEscapes.get(sequence) ?? null;
  const point = Number.parseInt(hex, 16);
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  return point <= 0x10ffff && !surrogate ? String.fromCodePoint(point) : null;
}

/** Decodes a string literal, quotes included in `literal`; an unknown escape stands for itself. */
export function decodeString(literal: string): string {
  return literal.slice(1, -1).replace(escapes, (sequence, hex?: string) => decodeEscape(sequence, hex) ?? sequence);
}

/** Decodes an integer literal. */
export function decodeInt(literal: string): number {
  return Number(literal.replaceAll("_", ""));
}

/** What a number with a unit of time looks like. */
export const durationShape = new RegExp(`^[0-9](?:_*[0-9])*(?:${units.map(({ unit }) => unit).join("|")})$`);

/** Writes a duration with a unit of another language as Ved does. */
function unitFix(token: Token): Fix | null {
  const [, count = "", word = ""] = /^([0-9][0-9_]*)([A-Za-z]+)$/.exec(token.text) ?? [];
  const unit = units.find(({ foreign }) => foreign.includes(word.toLowerCase()))?.unit;
  if (unit === undefined) return null;
  return { message: `Write the duration as \`${count}${unit}\`.`, span: token, replacement: `${count}${unit}` };
}

function reportNumber({ findings, masks }: Scanning, token: Token): void {
  if (durationShape.test(token.text)) {
    if (durationOf(token.text) <= maxDuration) return;
    findings.report("VED1016", token, { duration: token.text });
    masks.push({ span: token, patch: `${"0".repeat(token.text.length - 2)}ms` });
    return;
  }
  const whole = /^[0-9](?:_*[0-9])*$/.test(token.text);
  if (whole && Number.isSafeInteger(decodeInt(token.text))) return;
  findings.report(whole ? "VED1006" : "VED1013", token, { number: token.text }, { fix: unitFix(token) });
  masks.push({ span: token, patch: "0".repeat(token.text.length) });
}
