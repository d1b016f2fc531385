import { declaredType } from "../declared-type.js";
import type { Explainer } from "../explanation.js";
import { explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { withoutIndented } from "../indented.js";
import { blank, type Patch, spanOf, type Token, without } from "../token.js";

/** The codes of statements that other languages have. */
type StatementCode = "VED1022" | "VED1023" | "VED1024" | "VED1025" | "VED1026" | "VED1027";

/** What a word of another language begins, and whether its block holds statements that can be read. */
interface Foreign {
  readonly code: StatementCode;
  readonly keepsBlock?: boolean;
}

const variable: Foreign = { code: "VED1022" };
const exit: Foreign = { code: "VED1023" };
const choice: Foreign = { code: "VED1024" };
const loop: Foreign = { code: "VED1025", keepsBlock: true };
const wait: Foreign = { code: "VED1026" };
const attempt: Foreign = { code: "VED1027", keepsBlock: true };

/** Words that statements of other languages begin with. */
const foreignStatements: ReadonlyMap<string, Foreign> = new Map([
  ...["let", "var", "const", "val", "local", "my", "auto", "final", "static", "mut", "dim", "set", "new"].map(
    (word) => [word, variable] as const,
  ),
  ...["int", "bool", "string", "Int", "Bool", "String", "boolean", "number"].map((word) => [word, variable] as const),
  ...["return", "break", "continue", "exit", "pass", "goto", "stop", "halt", "end", "assert"].map(
    (word) => [word, exit] as const,
  ),
  ...["switch", "match", "case", "when", "unless", "select", "cond", "default"].map((word) => [word, choice] as const),
  ...["while", "for", "foreach", "loop", "do", "repeat", "until", "forever"].map((word) => [word, loop] as const),
  ...[
    "await",
    "async",
    "wait",
    "after",
    "every",
    "sleep",
    "delay",
    "yield",
    "spawn",
    "go",
    "defer",
    "setTimeout",
    "setInterval",
  ].map((word) => [word, wait] as const),
  ...["try", "catch", "throw", "throws", "raise", "except", "finally", "rescue", "with", "begin"].map(
    (word) => [word, attempt] as const,
  ),
]);

/** Explains statements of other languages by the word that they begin with. */
export const explainStatement: Explainer = (failure) => {
  if (failure.block !== "body" && failure.block !== "transition") return null;
  // `if (x) return;` has no brace before the word.
  const isAlone = failure.expected.includes("{") && foreignStatements.has(failure.token.text);
  const [word, next] = isAlone ? failure.tokens.slice(failure.index) : failure.item();
  const foreign = foreignStatements.get(word?.text ?? "");
  if (word === undefined || foreign === undefined || /^(?:[-+*/%]?=|[.:]|==)$/.test(next?.text ?? "")) return null;
  if (foreign === variable && assignsField(failure)) return needlessWord(failure, word);
  const repair = repairOf(failure, foreign);
  const isAwaited = /^(?:await|async|yield|go|defer|spawn)$/.test(word.text) && isCallBehind(failure);
  const fix = isAwaited ? { message: "Write `emit`.", span: spanOf(word), replacement: "emit" } : null;
  const extras = { fix, repair, notes: notesFor(foreign, failure) };
  return explanation(foreign.code, spanOf(word), { word: word.text }, extras);
};

/** Gives what is put in the place of a foreign statement; null: it is left out up to the end of its block. */
function repairOf(failure: Failure, { code, keepsBlock }: Foreign): Patch | null {
  const { itemStart, itemEnd, masked, layout } = failure;
  if (failure.item().some(({ text }) => text === "{")) return keepsBlock === true ? withBlockAlone(failure) : null;
  // `let x = 3 if up { … }`
  const isFollowed =
    code === "VED1022" && itemEnd > failure.index && !layout.beginsLine(itemEnd) && failure.at(itemEnd).text !== "}";
  return isFollowed ? without(masked, failure.span(itemStart, itemEnd - 1)) : withoutIndented(failure);
}

/** Says whether a statement assigns a field that is declared, behind its first word. */
function assignsField(failure: Failure): boolean {
  const [name, sign] = [failure.at(failure.itemStart + 1), failure.at(failure.itemStart + 2)];
  return name.kind === "word" && sign.text === "=" && declaredType(failure.source, name.text, name.start) !== null;
}

/** Explains `set up = true`, where `up` is a field. */
function needlessWord(failure: Failure, word: Token) {
  const span = { start: word.start, end: failure.at(failure.itemStart + 1).start };
  const fix = { message: `Leave out \`${word.text}\`.`, span, replacement: "" };
  const repair = without(failure.masked, spanOf(word));
  if (word.text !== "set") return explanation("VED1022", spanOf(word), { word: word.text }, { fix, repair });
  const values = {
    found: "`set`",
    expected: `what is assigned: \`${failure.text(failure.itemStart + 1, failure.itemStart + 1)} = …\``,
  };
  return explanation("VED1001", spanOf(word), values, { fix, repair });
}

function isCallBehind(failure: Failure): boolean {
  let at = failure.itemStart + 1;
  while (failure.at(at).kind === "word" && failure.at(at + 1).text === ".") at += 2;
  return failure.at(at).kind === "word" && failure.at(at + 1).text === "(";
}

function notesFor({ code }: Foreign, failure: Failure): string[] {
  if (code !== "VED1022") return [];
  const item = failure.item();
  const name = item.find(({ kind }, at) => at > 0 && kind === "word" && /^[:=]|:=$/.test(item[at + 1]?.text ?? ""));
  const sign = item.findIndex(({ text }) => /^:?=$/.test(text));
  if (name === undefined || sign < 0) return [];
  const value = failure.text(failure.itemStart + sign + 1, failure.itemEnd - 1).replace(/\s*;$/, "");
  const assignment = `${name.text} = ${value}`;
  return [`Declare \`${name.text}\` in \`state\`, with its type; here it is assigned: \`${assignment}\`.`];
}

/** Keeps the statements of the first block of an item, as those of an `if`, and leaves out all else of it. */
function withBlockAlone(failure: Failure): Patch | null {
  const open = failure.tokens.findIndex(({ text }, at) => text === "{" && at >= failure.itemStart && at < failure.itemEnd);
  if (open < 0) return null;
  const { start, end } = failure.span(failure.itemStart, failure.itemEnd - 1);
  const brace = failure.at(open).start;
  const close = closingOf(failure, open);
  if (brace - start < 4 || close === null) return null;
  const behind = blank(failure.masked.slice(close, end));
  return {
    span: { start, end },
    text: `if 0${blank(failure.masked.slice(start + 4, brace))}${failure.masked.slice(brace, close)}${behind}`,
  };
}

/** Gives the offset behind the bracket that closes another. */
function closingOf({ tokens }: Failure, open: number): number | null {
  let depth = 0;
  for (const { text, end } of tokens.slice(open)) {
    if (text === "{") depth += 1;
    if (text === "}") depth -= 1;
    if (depth === 0) return end;
  }
  return null;
}
