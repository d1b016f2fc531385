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
  const other = unionOf(failure) ?? boundOf(failure);
  if (other !== null) return other;
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

/** Explains what a field's values are bounded by beside its type, as in CUE: `int & >= 1`, `*3 | int`. */
function boundOf(failure: Failure) {
  const { token, index, itemStart } = failure;
  const [name, value] = [failure.at(itemStart).text, failure.at(index + 1)];
  if (token.text === "*" && failure.at(index - 1).text === ":" && valueType(value) !== null) {
    return explanation("VED1036", spanOf(token), { name, way: `write \`${name}: ${valueType(value)} = ${value.text}\`` });
  }
  if (!/^(?:&|[<>]=?|where)$/.test(token.text) || failure.at(itemStart + 1).text !== ":") return null;
  const way = `an invariant says it, as in \`invariant Bounds { ${name} >= 1 && ${name} <= 10 }\``;
  return explanation("VED1040", spanOf(token), { what: "A bound", where: "behind a field's type", way });
}

/** Explains unions as other languages write them: `enum("a", "b")`, `"a" or "b"`, `"a", "b"`. */
function unionOf(failure: Failure) {
  const { token, index } = failure;
  const before = failure.at(index - 1);
  const isJoined = token.kind === "string" && /^(?:or|,)$/.test(before.text) && failure.at(index - 2).kind === "string";
  if (isJoined) {
    const fix = { message: "Write `|`.", span: spanOf(before), replacement: "|" };
    return explanation("VED1009", spanOf(before), { found: before.text, ved: "|" }, { fix });
  }
  if (!/^[([{]$/.test(token.text) || !/^(?:enum|oneOf|one_of|union|literal)$/i.test(before.text)) return null;
  const members = failure.item().filter(({ kind }) => kind === "string");
  if (members.length === 0) return null;
  const replacement = members.map(({ start, end }) => failure.source.slice(start, end)).join(" | ");
  const span = failure.span(index - 1, failure.itemEnd - 1);
  const name = failure.at(failure.itemStart).text;
  const way = `write \`${name}: ${replacement}\``;
  return explanation("VED1036", span, { name, way }, { fix: { message: `Write \`${replacement}\`.`, span, replacement } });
}

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
