import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { blank, type Patch, spanOf, type Token, without } from "../token.js";
import { comparedWith, rangeBehind } from "./ranges.js";

/** What a value stands behind. */
const operandSign = /^(?:[=(,[:+*/-]|[=!<>]=|&&|\|\||[-+*/%]=)$/;

/** Explains lists, maps and objects, as values, as types, and where one of their elements is asked for. */
export const explainCollection: Explainer = (failure) => {
  const { token, index, expected } = failure;
  const isValue = expected.includes("a value");
  const isType = failure.block === "state" && failure.at(failure.itemStart + 1).text === ":";
  const isInside = expected.includes("an operator") || (failure.block === "body" && expected.includes("`=`"));
  const isObject =
    operandSign.test(failure.at(index - 1).text) && !/^(?:predicate|target|goal)$/.test(failure.at(index - 2).text);
  if (token.text === "{" && isObject && (isValue || (isType && expected.includes("a name"))))
    return collection(failure, "objects", index);
  if (token.text === "[" && isType) return bracketedType(failure);
  if (token.text === "[" && (isValue || isInside)) return collection(failure, "lists", index);
  if (isInside && token.text === "in") return membership(failure, index);
  if (isInside && token.text === "not" && failure.at(index + 1).text === "in") return membership(failure, index + 1);
  if (isType && token.text === "-" && failure.layout.beginsLine(index)) return collection(failure, "lists", index);
  if (isType && /^[(<]$/.test(token.text) && failure.at(index - 1).kind === "word") {
    const name = failure.at(index - 1).text;
    if (/^(?:list|array|vec|set|tuple|seq)/i.test(name)) return collection(failure, "lists", index);
    if (/^(?:map|dict|object|record|hash|struct)/i.test(name)) return collection(failure, "objects", index);
  }
  return null;
};

const wayOut = {
  lists: 'Give each element a field of its own, or each thing an instance of a domain: `Node["3"]`.',
  maps: 'Give each key a field of its own, or each thing an instance of a domain: `Node["3"]`.',
  objects: "Give each part a field of its own, such as `config_port: int`.",
} as const;

/** Explains types with brackets, with what stands tightly around them: `int[]`, `[]string`, `map[string]int`. */
function bracketedType(failure: Failure) {
  const { index, itemStart } = failure;
  const isTightAt = (at: number) => failure.isTight(at) && failure.at(at + 1).kind === "word";
  let close = groupEnd(failure, index);
  while (failure.isTight(close) && failure.at(close + 1).text === "[") close = groupEnd(failure, close + 1);
  const isMap = /^(?:map|dict|record|hash)$/i.test(failure.at(index - 1).text);
  const first = index - 1 > itemStart + 1 && isMap ? index - 1 : index;
  const last = isTightAt(close) ? close + 1 : close;
  const what = isMap ? "maps" : "lists";
  const span = failure.span(first, last);
  return explanation("VED1037", span, { what }, { notes: [wayOut[what]], repair: groupRepair(failure, span) });
}

function collection(failure: Failure, what: "lists" | "objects", index: number) {
  const close = groupEnd(failure, index);
  const end = askedEnd(failure, close);
  if (end > close && /^(?:contains|includes|has)$/.test(failure.at(close + 2).text)) {
    const fix = membersFix(failure, index, close, end);
    const span = failure.span(index, end);
    if (fix !== null) return explanation("VED1037", span, { what }, { fix, repair: groupRepair(failure, span) });
  }
  const span = failure.span(index, end);
  const isArgument = what === "objects" && failure.at(index - 1).text === "(" && failure.at(failure.itemStart).text === "emit";
  const notes = [isArgument ? "Arguments may have names without braces: `emit X(name: value)`." : wayOut[what]];
  const repair = failure.token.text === "-" ? null : groupRepair(failure, span);
  return explanation("VED1037", span, { what }, { notes, repair });
}

/** Gives the last token of what is asked of a list: `[1, 2].contains(n)`. */
function askedEnd(failure: Failure, close: number): number {
  const isAsked = failure.at(close + 1).text === "." && failure.at(close + 2).kind === "word";
  if (!isAsked) return close;
  return failure.at(close + 3).text === "(" ? groupEnd(failure, close + 3) : close + 2;
}

/** Writes `[1, 2].contains(n)` as comparisons; null where it asks about more than a name. */
function membersFix(failure: Failure, open: number, close: number, end: number) {
  if (end !== close + 5) return null;
  const [replacement, span] = [comparisons(failure, failure.at(close + 4), open, close), failure.span(open, end)];
  return replacement === null ? null : { message: `Write \`${replacement}\`.`, span, replacement };
}

/** Compares a name with each member of a list; null where one is more than a literal or a name. */
function comparisons(failure: Failure, name: Token, open: number, close: number): string | null {
  const members = failure.tokens.slice(open + 1, close).filter(({ text }) => text !== ",");
  const isPlain = members.every(({ kind }) => /^(?:string|number|word)$/.test(kind));
  if (name.kind !== "word" || members.length === 0 || !isPlain) return null;
  const terms = members.map(({ start, end }) => `${name.text} == ${failure.source.slice(start, end)}`);
  return terms.length > 1 ? `(${terms.join(" || ")})` : terms.join();
}

/** Explains `status in ["up", "idle"]` and `n not in 0..5`; `at` is the place of `in`. */
function membership(failure: Failure, at: number) {
  const { index, masked } = failure;
  const name = failure.at(index - 1);
  // Of `state.n` or `n + m` only a part would be compared.
  const isWhole = name.kind === "word" && !/^(?:[.+*/%<>-]|[<>]=)$/.test(failure.at(index - 2).text);
  const range = rangeBehind(failure, at);
  const isGroup = /^[[({]$/.test(failure.at(at + 1).text);
  const end = range?.last ?? groupEnd(failure, at + 1);
  const members = isGroup ? comparisons(failure, name, at + 1, end) : null;
  const test = range === null ? members : comparedWith(isWhole ? name.text : "…", range);
  if (test === null) return explanation("VED1037", spanOf(failure.token), { what: "lists" });
  const replacement = asPart(failure, test, end);
  const span = failure.span(index, end);
  const fix = isWhole ? { message: `Write \`${replacement}\`.`, span: failure.span(index - 1, end), replacement } : null;
  const extras = { fix, repair: without(masked, span) };
  if (range === null) return explanation("VED1037", span, { what: "lists" }, extras);
  const values = { found: failure.text(index, end), way: `outside of a type compare with both ends: \`${replacement}\`` };
  return explanation("VED1042", span, values, extras);
}

/** Puts what stands for a test in parentheses where it is a part of more, and `!` before it where it is denied. */
function asPart(failure: Failure, test: string, end: number): string {
  const isDenied = failure.token.text === "not";
  const isPart = /^(?:!|[=!]=)$/.test(failure.at(failure.index - 2).text) || failure.at(end + 1).text === "for";
  const inner = (isDenied || isPart) && !test.startsWith("(") ? `(${test})` : test;
  return isDenied ? `!${inner}` : inner;
}

/** Puts a value where a group stands in the place of one, and nothing where it stands behind something. */
function groupRepair({ expected, masked, source, block }: Failure, { start, end }: { start: number; end: number }): Patch | null {
  const [value, type] = ["0", '""'];
  const isType = block === "state" && source.slice(0, start).trimEnd().endsWith(":");
  const stands = expected.includes("a value") ? value : isType ? type : "";
  return { span: { start, end }, text: stands + blank(masked.slice(start + stands.length, end)) };
}

function groupEnd(failure: Failure, index: number): number {
  let depth = 0;
  for (let at = index; at < failure.tokens.length; at += 1) {
    if (/^[([{<]$/.test(failure.at(at).text)) depth += 1;
    if (/^[)\]}>]$/.test(failure.at(at).text)) depth -= 1;
    if (depth === 0) return at;
  }
  return index;
}
