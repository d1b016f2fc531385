import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { spanOf } from "../token.js";
import { literalType } from "./literal.js";

/** Explains types of fields as other languages write them: unions, and bounds of the values. */
export const explainFieldType: Explainer = (failure) =>
  failure.block === "state" ? (unionOf(failure) ?? boundOf(failure)) : null;

/** Explains what a field's values are bounded by beside its type, as in CUE: `int & >= 1`, `*3 | int`. */
function boundOf(failure: Failure) {
  const { token, index, itemStart } = failure;
  const [name, value] = [failure.at(itemStart).text, failure.at(index + 1)];
  if (token.text === "*" && failure.at(index - 1).text === ":" && literalType(value) !== null) {
    return explanation("VED1036", spanOf(token), { name, way: `write \`${name}: ${literalType(value)} = ${value.text}\`` });
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
