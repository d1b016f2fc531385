import { blank, type Scanning, type Token, tellOnce } from "./token.js";

/** Reads a comment that is never closed, to the end of the file; null: there is none. */
export function openComment({ text, findings, patches }: Scanning, at: number): Token | null {
  if (!text.startsWith("/*", at) || text.indexOf("*/", at + 2) >= 0) return null;
  findings.report("VED1004", { start: at, end: at + 2 }, {});
  patches.push({ span: { start: at, end: text.length }, text: blank(text.slice(at)) });
  return { kind: "comment", text: text.slice(at), start: at, end: text.length };
}

const hash = /#[^\n]*/y;
const dashesOrAngle = /--(?=[ \t])[^\n]*|<!--[\s\S]*?(?:-->|$)/y;

/** What other languages say to their compiler. */
const directive = /#(?:include(?=\s*["<])|define(?=\s+\w)|undef\b|ifn?def\b|endif\b|pragma\b|!?\[)[^\n]*/y;

/** Reads a line for another language's compiler, `#include "x.h"` or `#[derive(Debug)]`; null: there is none. */
export function foreignDirective({ text, findings, patches }: Scanning, at: number): Token | null {
  const found = matched(directive, text, at);
  if (found === null || !beginsLine(text, at)) return null;
  const word = /^#!?(?:\w+|\[)/.exec(found)?.[0] ?? "#";
  const span = { start: at, end: at + found.trimEnd().length };
  findings.report("VED1038", word.endsWith("[") ? span : { start: at, end: at + word.length }, {
    word: word.endsWith("[") ? found.trimEnd() : word,
    way: ways.get(word) ?? "leave it out",
  });
  patches.push({ span, text: blank(text.slice(span.start, span.end)) });
  return { kind: "comment", text: found, start: at, end: at + found.length };
}

/** What Ved has in the place of directives. */
const ways: ReadonlyMap<string, string> = new Map([
  ["#include", 'write `import { Name } from "./file.ved"`'],
  ["#define", "a constant is `const NAME = 3`, and an expression with a name `define NAME = n < 3`"],
]);

/** Reads a comment as other languages write it, `#` or at the beginning of a line `--`; null: there is none. */
export function foreignComment(scanning: Scanning, at: number): Token | null {
  const { text, findings, patches } = scanning;
  const found = matched(hash, text, at) ?? (beginsComment(text, at) ? matched(dashesOrAngle, text, at) : null);
  if (found === null) return null;
  const sign = /^(?:#+!?|--|<!--)/.exec(found)?.[0] ?? found;
  const span = { start: at, end: at + sign.length };
  const fix = sign === "<!--" ? null : { message: "Write `//`.", span, replacement: "//" };
  tellOnce(scanning, sign.charAt(0), (notes) => findings.report("VED1034", span, { sign }, { fix, notes }));
  patches.push({ span: { start: at, end: at + found.length }, text: blank(found) });
  return { kind: "comment", text: found, start: at, end: at + found.length };
}

function matched(shape: RegExp, text: string, at: number): string | null {
  shape.lastIndex = at;
  return shape.exec(text)?.[0] ?? null;
}

/** Says whether a comment with `--` or `<!--` may begin here. It looks at the signs first: a line is not read again for each of its words. */
function beginsComment(text: string, at: number): boolean {
  return (text.startsWith("--", at) || text.startsWith("<!--", at)) && beginsLine(text, at);
}

/** Says whether only white space stands before this on its line; it reads back no further than to what is none. */
function beginsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && text[before] !== "\n" && text.charAt(before).trim() === "") before -= 1;
  return before < 0 || text[before] === "\n";
}
