import { notesOnType } from "../../language/foreign-type.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { replaced, spanOf } from "../token.js";
import { literalType } from "./literal.js";
import { isIntType, rangeOfBounds } from "./ranges.js";

/** Explains types of fields as other languages write them: unions, and bounds of the values. */
export const explainFieldType: Explainer = (failure) =>
  failure.block === "state" ? (unionOf(failure) ?? boundOf(failure) ?? genericOf(failure)) : null;

/** Explains what a field's values are bounded by beside its type, as in CUE and SQL: `int & >= 1`, `int where n > 0`, `*3 | int`. */
function boundOf(failure: Failure) {
  const { token, index, itemStart } = failure;
  const [name, value] = [failure.at(itemStart).text, failure.at(index + 1)];
  if (token.text === "*" && failure.at(index - 1).text === ":" && literalType(value) !== null) {
    return explanation("VED1036", spanOf(token), { name, way: `write \`${name}: ${literalType(value)} = ${value.text}\`` });
  }
  // `where` could be the name of the next field.
  const at = failure.at(index - 1).text === "where" ? index - 2 : itemStart + 2;
  if (failure.at(at - 1).text !== ":" || !isIntType(failure.at(at)) || !/^(?:&|[<>]=?|where)$/.test(failure.at(at + 1).text))
    return null;
  const end = boundsEnd(failure, at + 1);
  const span = failure.span(at, end);
  const range = rangeOfBounds(failure.tokens.slice(at + 1, end + 1));
  const ved = `int ${range ?? "1..10"}`;
  const fix = range === null ? null : { message: `Write \`${ved}\`.`, span, replacement: ved };
  const way = `write \`${ved}\`${range === null ? ", or whatever its ends are" : ""}`;
  return explanation(
    "VED1042",
    span,
    { found: failure.text(at, end), way },
    { fix, repair: replaced(failure.masked, span, "int") },
  );
}

/** Gives the last token of the bounds that begin at one. */
function boundsEnd(failure: Failure, from: number): number {
  let at = from;
  while (/^(?:word|number)$/.test(failure.at(at + 1).kind) || /^(?:[&<>-]|[<>]=|&&)$/.test(failure.at(at + 1).text)) {
    if (failure.layout.beginsLine(at + 1) || failure.at(at + 2).text === ":") break;
    at += 1;
  }
  return at;
}

/** Explains types with types in them: `Option<bool>`, `Box<int>`. */
function genericOf(failure: Failure) {
  const { token, index } = failure;
  const name = failure.at(index - 1);
  if (!/^[<(]$/.test(token.text) || name.kind !== "word" || isIntType(name) || failure.at(index - 2).text !== ":") return null;
  const end = failure.tokens.findIndex(({ text }, at) => at > index && text === (token.text === "<" ? ">" : ")"));
  const span = failure.span(index - 1, end < 0 ? index : end);
  const repair = replaced(failure.masked, span, "int");
  if (/^(?:option|optional|maybe|nullable)$/i.test(name.text)) {
    return explanation("VED1028", span, { found: name.text }, { repair });
  }
  const type = failure.text(index - 1, end < 0 ? index : end);
  return explanation("VED2004", span, { type }, { notes: notesOnType(name.text), repair });
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
