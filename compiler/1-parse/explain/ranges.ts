import { types } from "../../language/type.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { replaced, type Token } from "../token.js";

const ints: ReadonlySet<string> = new Set([...types.int.spellings, ...types.int.foreign]);

/** A range as it was written, by the tokens that it is made of. */
interface Written {
  /** Its first token, which is the type where there is one. */
  readonly from: number;
  readonly to: number;
  /** What stands between its ends. */
  readonly sign: string;
  readonly low: string;
  readonly high: string;
}

/** Explains ranges as other languages write them: `int 1..=3`, `int 0..<3`, `int(0..3)`, `int in 0..3`, `0..3`. */
export const explainRange: Explainer = (failure) => {
  const written = writtenAround(failure);
  if (written === null) return null;
  const { sign, from, to, low } = written;
  const span = failure.span(from, to);
  const repair = replaced(failure.masked, span, "int");
  const found = failure.text(from, to);
  const high = sign === "..<" ? oneLess(written.high) : written.high;
  if (high === null) {
    const way = `both ends belong to it: write \`int ${low}..\` and one less than \`${written.high}\` behind it`;
    return explanation("VED1042", span, { found, way }, { repair });
  }
  const ved = `int ${low}..${high}`;
  const fix = { message: `Write \`${ved}\`.`, span, replacement: ved };
  return explanation("VED1042", span, { found, way: `both ends belong to it: write \`${ved}\`` }, { fix, repair });
};

/** Finds the range at which the grammar gave up: it did so within it, or before its first sign. */
function writtenAround(failure: Failure): Written | null {
  for (let at = failure.index; at > failure.index - 6 && at > 1; at -= 1) {
    const before = failure.at(at - 1).text;
    if (!/^[:=]$/.test(before)) continue;
    const hasType = ints.has(failure.at(at).text);
    const isType = before === ":" ? hasType || failure.block === "state" : failure.at(failure.itemStart).text === "type";
    return isType ? writtenFrom(failure, at, hasType) : null;
  }
  return null;
}

/** Reads a range of which nothing but its sign has to be there. */
function writtenFrom(failure: Failure, from: number, hasType: boolean): Written | null {
  let at = from + (hasType ? 1 : 0);
  const opening = /^(?:in|range|between|[([<{])$/.test(failure.at(at).text) ? failure.at(at).text : "";
  if (opening !== "") at += 1;
  const low = endAt(failure, at);
  at += low.length;
  const sign = failure.at(at).text;
  const high = endAt(failure, at + 1);
  if (!signs.test(sign) || failure.layout.beginsLine(at) || (low.length === 0 && !sign.startsWith(".."))) return null;
  // `int 0, 3` may go on with a field, and a hyphen may stand in a name.
  if (sign === "," && !/^[([<{]$/.test(opening)) return null;
  if (high.length === 0 || (!hasType && failure.at(from).kind === "word")) return null;
  if (hasType && opening === "" && sign === "..") return null;
  const to = at + high.length;
  const isClosed = /^[)\]>}]$/.test(failure.at(to + 1).text) && /^[([<{]$/.test(opening);
  return { from, to: isClosed ? to + 1 : to, sign, low: low.text, high: high.text };
}

const signs = /^(?:\.\.[=<.]?|[-,]|to|and)$/;

/** Reads the end of a range: an int, or the name of a constant. Gives how many tokens it is, which is 0 where there is none. */
function endAt(failure: Failure, at: number): { readonly text: string; readonly length: number } {
  const length = failure.at(at).text === "-" ? 2 : 1;
  const { kind, text } = failure.at(at + length - 1);
  const isEnd = kind === "number" || (kind === "word" && length === 1 && !/^(?:in|to|and)$/.test(text));
  return isEnd ? { text: `${length === 2 ? "-" : ""}${text}`, length } : { text: "", length: 0 };
}

/** Gives the range that bounds beside a type come to, as in CUE: `1..10` for `int & >= 1 & <= 10`; null: it is none. */
export function rangeOfBounds(tokens: readonly Token[]): string | null {
  let [low, high] = ["", ""];
  for (const [at, { text }] of tokens.entries()) {
    if (!/^[<>]=?$/.test(text)) continue;
    const sign = tokens[at + 1]?.text === "-" ? "-" : "";
    const end = `${sign}${tokens[at + (sign === "" ? 1 : 2)]?.text ?? ""}`;
    if (!/^-?[0-9][0-9_]*$/.test(end)) return null;
    const bound = Number(end.replaceAll("_", ""));
    if (text.startsWith(">")) low = String(text === ">" ? bound + 1 : bound);
    else high = String(text === "<" ? bound - 1 : bound);
  }
  return low === "" && high === "" ? null : `${low}..${high}`;
}

/** Says whether a type is one of ints, in Ved or elsewhere. */
export function isIntType({ text }: Token): boolean {
  return ints.has(text);
}

/** Gives the int before one; null: it is the name of a constant. */
function oneLess(end: string): string | null {
  return /^-?[0-9][0-9_]*$/.test(end) ? String(Number(end.replaceAll("_", "")) - 1) : null;
}

/** A range in an expression, up to its last token. */
interface Asked {
  readonly low: string;
  readonly high: string;
  readonly includesHigh: boolean;
  readonly last: number;
}

/** Reads the range behind `in`, which stands at a place: `0..5`, `[0..<5]`, `range(0, 5)`; null: it is none. */
export function rangeBehind(failure: Failure, at: number): Asked | null {
  const isCall = failure.at(at + 1).text === "range" && failure.at(at + 2).text === "(";
  const opening = isCall ? at + 2 : at + 1;
  const isEnclosed = /^[[(]$/.test(failure.at(opening).text);
  const start = isEnclosed ? opening + 1 : opening;
  const low = endAt(failure, start);
  const sign = failure.at(start + low.length).text;
  const high = endAt(failure, start + low.length + 1);
  const isRange = isCall ? sign === "," : /^\.\.[=<.]?$/.test(sign);
  if (!isRange || low.length === 0 || high.length === 0) return null;
  const end = start + low.length + high.length;
  const isClosed = isEnclosed && /^[\])]$/.test(failure.at(end + 1).text);
  return { low: low.text, high: high.text, includesHigh: !isCall && sign !== "..<", last: isClosed ? end + 1 : end };
}

/** Writes that a name is in a range as two comparisons. */
export function comparedWith(name: string, { low, high, includesHigh }: Asked): string {
  return `${name} >= ${low} && ${name} ${includesHigh ? "<=" : "<"} ${high}`;
}
