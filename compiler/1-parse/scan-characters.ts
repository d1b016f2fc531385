import { replaced, type Scanning, type Token, tellOnce } from "./token.js";

/** Characters that leave no ink, with their names; what is not listed is called by its number alone. */
const names: ReadonlyMap<number, string> = new Map([
  [0x00, "NUL"],
  [0x85, "a next-line control"],
  [0xa0, "a no-break space"],
  [0xad, "a soft hyphen"],
  [0x61c, "an Arabic letter mark"],
  [0x1680, "an Ogham space"],
  [0x180e, "a Mongolian vowel separator"],
  [0x2002, "an en space"],
  [0x2003, "an em space"],
  [0x2007, "a figure space"],
  [0x2009, "a thin space"],
  [0x200a, "a hair space"],
  [0x200b, "a zero-width space"],
  [0x200c, "a zero-width non-joiner"],
  [0x200d, "a zero-width joiner"],
  [0x200e, "a left-to-right mark"],
  [0x200f, "a right-to-left mark"],
  [0x2028, "a line separator"],
  [0x2029, "a paragraph separator"],
  [0x202a, "a left-to-right embedding"],
  [0x202b, "a right-to-left embedding"],
  [0x202c, "an end of a change of direction"],
  [0x202d, "a left-to-right override"],
  [0x202e, "a right-to-left override"],
  [0x202f, "a narrow no-break space"],
  [0x205f, "a mathematical space"],
  [0x2060, "a word joiner"],
  [0x2066, "a left-to-right isolate"],
  [0x2067, "a right-to-left isolate"],
  [0x2068, "a first-strong isolate"],
  [0x2069, "an end of an isolate"],
  [0x3000, "an ideographic space"],
  [0xfeff, "a byte order mark"],
]);

const unseen = /[\p{C}\p{Z}]/uy;
const lineBreak = /[\u0085\u2028\u2029]/;

/** Reads a character that cannot be seen, and reports it by its name; null: there is none. */
export function invisible(scanning: Scanning, at: number): Token | null {
  const { text, findings, patches } = scanning;
  const character = matched(unseen, text, at);
  if (character === null) return null;
  const span = { start: at, end: at + character.length };
  const point = character.codePointAt(0) ?? 0;
  const name = names.get(point) ?? (point < 0x20 || point === 0x7f ? "a control character" : "a character");
  const fix = { span, ...wayOut(character) };
  const values = { character: `${name} (${numberOf(character)})` };
  tellOnce(scanning, character, (notes) => findings.report("VED1020", span, values, { fix, notes }));
  // Inside a name it leaves one name; elsewhere it separates.
  const joins = fix.replacement === "" && /\w/.test(text.charAt(at - 1)) && /\w/.test(text.charAt(span.end));
  patches.push({ span, text: (joins ? "_" : " ").repeat(character.length) });
  return { kind: "symbol", text: "", ...span };
}

function wayOut(character: string): { message: string; replacement: string } {
  if (lineBreak.test(character)) return { message: "Begin a new line.", replacement: "\n" };
  if (/\p{Zs}/u.test(character)) return { message: "Write a space.", replacement: " " };
  return { message: "Take it out.", replacement: "" };
}

/** Signs that look like an operator of Ved, or mean one. */
const signs: ReadonlyMap<string, string> = new Map([
  ["≤", "<="],
  ["≥", ">="],
  ["≠", "!="],
  ["∧", "&&"],
  ["∨", "||"],
  ["¬", "!"],
  ["×", "*"],
  ["·", "*"],
  ["÷", "/"],
  ["−", "-"],
  ["–", "-"],
  ["—", "-"],
]);

const beyondAscii = /[^\x00-\x7f]/uy;

/** Reads a sign that looks like one of Ved's, such as `≤`, and reports how Ved writes it; null: there is none. */
export function lookalike({ text, findings, patches }: Scanning, at: number): Token | null {
  const sign = matched(beyondAscii, text, at);
  if (sign === null) return null;
  const ved = signs.get(sign) ?? sign.normalize("NFKC");
  if (!/^[!-/:-@[-`{-~]{1,2}$/.test(ved)) return null;
  const span = { start: at, end: at + sign.length };
  findings.report("VED1009", span, { found: sign, ved }, { fix: { message: `Write \`${ved}\`.`, span, replacement: ved } });
  const patch = replaced(text, span, ved) ?? { span, text: "+".padEnd(sign.length) };
  patches.push(patch);
  return { kind: "symbol", text: ved, start: at, end: patch.span.end };
}

const word = /[\p{L}\p{M}\p{N}\p{So}\p{Sc}_]+/uy;

/** Reads a name with letters that no name can have; null: there is none. */
export function foreignLetters(scanning: Scanning, at: number): Token | null {
  const { text, findings, patches } = scanning;
  const name = matched(word, text, at);
  const found = name === null || /^[0-9]/.test(name) ? null : /[^A-Za-z0-9_]/u.exec(name);
  if (name === null || found === null) return null;
  const span = { start: at, end: at + name.length };
  const [character] = found;
  const plain = name.normalize("NFKD").replace(/\p{M}|\$/gu, "");
  const fix = /^[A-Za-z_][A-Za-z0-9_]*$/.test(plain) ? { message: `Write \`${plain}\`.`, span, replacement: plain } : null;
  const values = { name, character, number: numberOf(character) };
  tellOnce(scanning, name, (notes) => findings.report("VED1021", span, values, { fix, notes }));
  const replacement = name.replace(/[^A-Za-z0-9_]/g, "_");
  patches.push({ span, text: replacement });
  return { kind: "word", text: replacement, ...span };
}

function matched(shape: RegExp, text: string, at: number): string | null {
  shape.lastIndex = at;
  return shape.exec(text)?.[0] ?? null;
}

function numberOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
