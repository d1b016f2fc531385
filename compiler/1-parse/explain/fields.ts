import { allTypes, types } from "../../language/type.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { replaced, spanOf, type Token } from "../token.js";

const typeWords: ReadonlySet<string> = new Set(allTypes.flatMap((type) => [...types[type].spellings, ...types[type].foreign]));

/** Words that other languages put before a field, and that say nothing in Ved. */
const needless: ReadonlySet<string> = new Set([
  "let",
  "var",
  "val",
  "const",
  "mut",
  "static",
  "public",
  "private",
  "readonly",
  "final",
  "field",
  "variable",
  "default",
]);

/** Explains fields whose type is missing, stands before the name, or has no `:` before it. */
export const explainField: Explainer = (failure) => {
  if (failure.block !== "state") return null;
  const [first, second, third] = failure.item();
  if (first?.kind !== "word" || second === undefined) return null;
  const name = first.text;
  if (second.text === "=" || second.text === ":=") return withoutType(failure, first, second, third, 2);
  const isNegative = third?.text === "-" && failure.at(failure.itemStart + 3).kind !== "number";
  if (second.text === ":" && third !== undefined && valueType(third) !== null && failure.token === third && !isNegative) {
    return withoutType(failure, first, second, third, 2);
  }
  if (second.kind !== "word" || failure.token !== second) return null;
  if (typeWords.has(name)) return moved(failure, second.text, name);
  if (needless.has(name)) return needlessWord(failure, first);
  if (!typeWords.has(second.text)) return null;
  const span = failure.span(failure.itemStart, failure.itemStart + 1);
  const fix = { message: `Write \`${name}: ${second.text}\`.`, span, replacement: `${name}: ${second.text}` };
  return explanation("VED1036", span, { name, way: `write \`${name}: ${second.text}\`` }, { fix });
};

function withoutType(failure: Failure, name: Token, sign: Token, value: Token | undefined, at: number) {
  const type = value === undefined ? null : valueType(value);
  const text = value === undefined ? "" : failure.text(failure.itemStart + at, failure.itemEnd - 1).replace(/[,;]\s*$/, "");
  const ved = `${name.text}: ${type ?? "string"} = ${type === null ? '"…"' : text.toLowerCase() === "true" || text.toLowerCase() === "false" ? text.toLowerCase() : text}`;
  const span = { start: name.start, end: sign.end };
  const fix = type === null ? null : { message: `Write \`${ved}\`.`, span, replacement: `${name.text}: ${type} =` };
  return explanation("VED1036", span, { name: name.text, way: `write \`${ved}\`` }, { fix });
}

/** Gives the type of a literal; null: it is none. */
function valueType({ kind, text }: Token): string | null {
  if (kind === "string") return "string";
  if (kind === "number" || text === "-") return "int";
  return /^(?:true|false|True|False)$/.test(text) ? "bool" : null;
}

/** Explains `int count`: the type stands behind the name. */
function moved(failure: Failure, name: string, type: string) {
  const span = failure.span(failure.itemStart, failure.itemStart + 1);
  const ved = `${name}: ${allTypes.find((each) => types[each].foreign.includes(type)) ?? type}`;
  const fix = { message: `Write \`${ved}\`.`, span, replacement: ved };
  return explanation("VED1036", span, { name, way: `write \`${ved}\`` }, { fix });
}

function needlessWord(failure: Failure, word: Token) {
  const { masked, source, itemStart, itemEnd } = failure;
  const [, name, sign, value] = failure.item();
  const type = sign?.text === "=" && value !== undefined ? valueType(value) : null;
  if (name !== undefined && type !== null) {
    const ved = `${name.text}: ${type} = ${failure.text(itemStart + 3, itemEnd - 1).replace(/[,;]\s*$/, "")}`;
    const span = failure.span(itemStart, itemEnd - 1);
    return explanation(
      "VED1022",
      spanOf(word),
      { word: word.text },
      { fix: { message: `Write \`${ved}\`.`, span, replacement: ved } },
    );
  }
  const span = { start: word.start, end: word.end + (/^\s*/.exec(source.slice(word.end))?.[0].length ?? 0) };
  const fix = { message: `Leave out \`${word.text}\`.`, span, replacement: "" };
  return explanation("VED1022", spanOf(word), { word: word.text }, { fix, repair: replaced(masked, spanOf(word), "") });
}
