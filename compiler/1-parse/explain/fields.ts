import { allTypes, types } from "../../language/type.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { spanOf, type Token, without } from "../token.js";
import { literalType, typeWords } from "./literal.js";

/** Words that other languages put before a field, and that say nothing in Ved. */
const needless: ReadonlySet<string> = new Set(
  "let var val const mut static public private readonly final field variable default".split(" "),
);

/** Explains fields whose type is missing, stands before the name, or has no `:` before it. */
export const explainField: Explainer = (failure) => {
  if (failure.block !== "state") return null;
  const [first, second, third] = failure.item();
  if (first?.kind !== "word" || second === undefined) return null;
  const name = first.text;
  if (second.text === "=" || second.text === ":=") return withoutType(failure, first, second);
  const isListed = third?.text === "-" && failure.at(failure.itemStart + 3).kind !== "number";
  if (second.text === ":" && third !== undefined && literalType(third) !== null && failure.token === third && !isListed) {
    return withoutType(failure, first, second);
  }
  if (second.kind !== "word" || failure.token !== second) return null;
  if (typeWords.has(name)) return moved(failure, second.text, name);
  if (needless.has(name)) return needlessWord(failure, first);
  if (!typeWords.has(second.text)) return null;
  const span = failure.span(failure.itemStart, failure.itemStart + 1);
  const fix = { message: `Write \`${name}: ${second.text}\`.`, span, replacement: `${name}: ${second.text}` };
  return explanation("VED1036", span, { name, way: `write \`${name}: ${second.text}\`` }, { fix });
};

/** Explains what stands behind a field's type: `up: bool bool`. The grammar takes it for the name of the next field. */
export const explainWordBehindType: Explainer = (failure) => {
  const { token, index, block, masked } = failure;
  const word = failure.at(index - 1);
  const isBehind =
    failure.at(index - 3).text === ":" && failure.at(index - 2).kind === "word" && !failure.layout.beginsLine(index - 1);
  if (block !== "state" || word.kind !== "word" || !isBehind || !failure.expected.includes(":")) return null;
  // `up: bool int tries`: the next field, with its type before it.
  const isNext = token.kind === "word" && failure.at(index + 1).text !== ":";
  if (isNext || token.text === "=") return null;
  const span = spanOf(word);
  const fix = { message: `Leave out \`${word.text}\`.`, span, replacement: "" };
  const values = { found: `\`${word.text}\``, expected: "`=`, the next field or `}`" };
  return explanation("VED1001", span, values, { fix, repair: without(masked, span) });
};

/** Explains `count = 3` and `count: 3`. */
function withoutType(failure: Failure, name: Token, sign: Token) {
  const first = failure.itemStart + 2;
  const type = literalType(failure.at(first));
  const value = type === null ? '"…"' : valueFrom(failure, first);
  const ved = `${name.text}: ${type ?? "string"} = ${type === "bool" ? value.toLowerCase() : value}`;
  const span = { start: name.start, end: sign.end };
  const fix = type === null ? null : { message: `Write \`${ved}\`.`, span, replacement: `${name.text}: ${type} =` };
  return explanation("VED1036", span, { name: name.text, way: `write \`${ved}\`` }, { fix });
}

/** Gives what stands from a token to the end of its field. */
function valueFrom(failure: Failure, first: number): string {
  return failure.text(first, failure.itemEnd - 1).replace(/[,;]\s*$/, "");
}

/** Explains `int count`: the type stands behind the name. */
function moved(failure: Failure, name: string, type: string) {
  const span = failure.span(failure.itemStart, failure.itemStart + 1);
  const ved = `${name}: ${allTypes.find((each) => types[each].foreign.includes(type)) ?? type}`;
  const fix = { message: `Write \`${ved}\`.`, span, replacement: ved };
  return explanation("VED1036", span, { name, way: `write \`${ved}\`` }, { fix });
}

/** Explains `let up: bool` and `let tries = 0`. */
function needlessWord(failure: Failure, word: Token) {
  const { masked, itemStart, itemEnd } = failure;
  const [, name, sign, value] = failure.item();
  const type = sign?.text === "=" && value !== undefined ? literalType(value) : null;
  const values = { word: word.text };
  if (name !== undefined && type !== null) {
    const ved = `${name.text}: ${type} = ${valueFrom(failure, itemStart + 3)}`;
    const fix = { message: `Write \`${ved}\`.`, span: failure.span(itemStart, itemEnd - 1), replacement: ved };
    return explanation("VED1022", spanOf(word), values, { fix });
  }
  const span = { start: word.start, end: name?.start ?? word.end };
  const fix = { message: `Leave out \`${word.text}\`.`, span, replacement: "" };
  return explanation("VED1022", spanOf(word), values, { fix, repair: without(masked, spanOf(word)) });
}
