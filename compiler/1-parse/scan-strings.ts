import type { Findings, Fix } from "../diagnostics/diagnostic.js";
import { hasPlaceholder, joinedText } from "../language/placeholder.js";
import { asText } from "./declared-type.js";
import type { Scanning, Token } from "./token.js";

const closedString = /"(?:\\[^\n]|[^"\\\n])*"/y;

/** Reads a string without an end; null: there is none. */
export function openString({ text, findings, patches }: Scanning, at: number): Token | null {
  closedString.lastIndex = at;
  if (text.charAt(at) !== '"' || closedString.test(text)) return null;
  const line = text.slice(at, lineEnd(text, at)).trimEnd();
  const end = endOnLaterLine(text, at);
  if (end !== null) {
    const replacement = text.slice(at, end).replaceAll(/\r?\n/g, "\\n");
    const whole = { start: at, end };
    const fix = { message: "Write it on one line, with `\\n`.", span: whole, replacement };
    findings.report("VED1002", { start: at, end: at + line.length }, {}, { fix });
    patches.push({ span: whole, text: emptyLines(text.slice(at, end)) });
    return { kind: "string", text: '""', ...whole };
  }
  // The closing quote likely belongs before the punctuation at the end of the line.
  const length = Math.max(line.replace(/[\s){};,]*$/, "").length, 1);
  const span = { start: at, end: at + length };
  findings.report("VED1002", span, {}, { notes: ["A line break inside a string is written `\\n`."] });
  patches.push({ span, text: emptyString(length) });
  return { kind: "string", text: '""', ...span };
}

/**
 * Gives where a string ends that goes on over lines; null where its end is missing: then the next quote, if any, begins another
 * string, behind a sign or with its own end on the same line.
 */
function endOnLaterLine(text: string, at: number): number | null {
  const rest = text.slice(lineEnd(text, at) + 1);
  const closing = rest.indexOf('"');
  if (closing < 0 || rest.slice(0, closing).split("\n").length > maxStringLines) return null;
  const before = rest.slice(0, closing);
  const behind = rest.slice(closing + 1, lineEnd(rest, closing));
  const isBeginning = /[=(,:+|!<>&[]\s*$/.test(before) || /(?:^|[^\\])"/.test(behind);
  // Blocks begin and end in programs, and seldom in texts.
  if (isBeginning || /[{}]/.test(before) || !/^\s*(?:[),;}+|&=!]|\/\/|$)/.test(behind)) return null;
  return lineEnd(text, at) + 1 + closing + 1;
}

/** A string that nobody has closed within so many lines was not meant to go on. */
const maxStringLines = 20;

/** Strings as other languages quote them, with what is in them. */
const foreignQuotes = [
  /<<[-~]?["']?(\w+)["']?[ \t]*\n(?<content>(?:[^\n]*\n)*?)[ \t]*\1\b/y,
  /"""([\s\S]*?)"""/y,
  /'''([\s\S]*?)'''/y,
  /'((?:\\.|[^'\n])*)'/y,
  /`((?:\\[\s\S]|[^`])*)`/y,
  /[“”„]((?:[^“”„"\n])*)[“”"]/y,
  /[‘’‚]((?:[^‘’\n])*)[‘’]/y,
  /«([^»\n]*)»/y,
] as const;

/** Says whether a string is what Python has for a remark: it stands where a declaration or a statement begins. */
function isRemark(text: string, at: number, quote: string): boolean {
  const before = text.slice(0, at).trimEnd().at(-1);
  return quote.length === 3 && (before === undefined || before === "{" || before === "}");
}

function remarkFix(span: Fix["span"], content: string): Fix {
  const lines = content.trim().split("\n");
  return { message: "Make it a comment, with `//`.", span, replacement: lines.map((line) => `// ${line.trim()}`).join("\n") };
}

/** Reads a string in other quotes than Ved's; null: there is none. */
export function foreignString({ text, findings, patches }: Scanning, at: number): Token | null {
  const found = foreignQuotes.map((shape) => matched(shape, text, at)).find((each) => each !== null) ?? null;
  const { content: lines } = found?.groups ?? {};
  const [whole, content] = [found?.[0], lines ?? found?.[1]];
  if (whole === undefined || content === undefined) return null;
  const quote = /^(?:"""|'''|<<\S+|.)/u.exec(whole)?.[0] ?? "";
  const span = { start: at, end: at + whole.length };
  const literal = `"${content.replace(/\\?"/g, '\\"').replaceAll("\n", "\\n")}"`;
  const replacement =
    quote === "`" && hasPlaceholder(literal) ? joinedText(literal, (inner) => asText(text, inner, at)) : literal;
  const fix = isRemark(text, at, quote) ? remarkFix(span, content) : { message: `Write ${replacement}.`, span, replacement };
  findings.report("VED1011", span, { quote }, { fix });
  patches.push({ span, text: whole.includes("\n") ? emptyLines(whole) : emptyString(whole.length) });
  return { kind: "string", text: '""', ...span };
}

function matched(shape: RegExp, text: string, at: number): RegExpExecArray | null {
  shape.lastIndex = at;
  return shape.exec(text);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Makes a string literal of this length, or a number where there is no room for two quotes. */
function emptyString(length: number): string {
  return length < 2 ? "0" : `"${" ".repeat(length - 2)}"`;
}

/** Makes a string literal where a text of several lines stands. */
function emptyLines(text: string): string {
  return `""${text.slice(2).replace(/[^\n]/g, " ")}`;
}

const escapes = /\\(?:u\{([0-9A-Fa-f]{1,6})\}|u\{?[^"}]{0,8}\}?|[\s\S])/g;
const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['\\"', '"'],
  ["\\\\", "\\"],
  ["\\n", "\n"],
  ["\\r", "\r"],
  ["\\t", "\t"],
]);

/** Reports escapes in a string that Ved does not know. */
export function reportEscapes(token: Token, findings: Findings): void {
  if (!token.text.includes("\\")) return;
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
