import type * as ast from "../1-parse/ast.js";
import type { Comments } from "../1-parse/comments.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { remarksOf } from "./context.js";
import { withArticle } from "./expression.js";
import { type Field, type Type, type TypeRef, typeOf, type Value } from "./program.js";
import { listed, suggestMember } from "./union.js";

const typeNames: ReadonlyMap<string, Type> = new Map([
  ["int", "int"],
  ["Int", "int"],
  ["Integer", "int"],
  ["bool", "bool"],
  ["Bool", "bool"],
  ["Boolean", "bool"],
  ["string", "string"],
  ["String", "string"],
]);

const defaults: Readonly<Record<Type, Value>> = { int: 0, bool: false, string: "" };

/** What other languages call Ved's types. */
const foreignTypes: ReadonlyMap<string, string> = new Map([
  ["boolean", "bool"],
  ["str", "string"],
  ["text", "string"],
  ["number", "int"],
  ["integer", "int"],
  ["i32", "int"],
  ["i64", "int"],
]);

/** A type; null when it is unknown, which is reported. */
export function checkType(type: ast.TypeNode, findings: Findings): TypeRef | null {
  if (type.kind === "union") return checkUnion(type, findings);
  const known = typeNames.get(type.text);
  if (known !== undefined) return { type: known };
  const foreign = foreignTypes.get(type.text);
  const fix = foreign
    ? { message: `Did you mean \`${foreign}\`?`, span: type.span, replacement: foreign }
    : suggest(type.text, typeNames.keys(), type.span);
  findings.report("VED2004", type.span, { type: type.text }, { fix, notes: ["The types are `int`, `bool` and `string`."] });
  return null;
}

function checkUnion({ members }: ast.UnionNode, findings: Findings): TypeRef {
  const values = members.map(({ value }) => String(value));
  values.forEach((value, index) => {
    const span = members[index]?.span;
    if (span !== undefined && values.indexOf(value) < index)
      findings.report("VED2003", span, { what: `\`${JSON.stringify(value)}\` in this type` });
  });
  return { type: "string", members: [...new Set(values)] };
}

/** A declared field, whether or not it is observed being known later. */
export function checkField(
  node: ast.FieldNode,
  ref: TypeRef | null,
  comments: Comments,
  findings: Findings,
): Omit<Field, "observed"> | null {
  const value = node.default === null ? null : literalValue(node.default);
  if (node.default !== null && value === null) {
    findings.report("VED3005", node.default.span, { name: node.name.text });
  }
  if (ref === null) return null;
  const { type, members } = ref;
  if (node.default !== null && value !== null && typeOf(value) !== type) {
    const values = { name: node.name.text, type: withArticle(type), found: withArticle(typeOf(value)) };
    findings.report("VED3004", node.default.span, values);
  } else if (node.default !== null && members !== undefined && !members.includes(String(value))) {
    const values = { name: node.name.text, found: `\`${JSON.stringify(value)}\``, members: listed(members) };
    findings.report("VED3013", node.default.span, values, { fix: suggestMember(String(value), members, node.default.span) });
  }
  const initial = value ?? members?.[0] ?? defaults[type];
  return {
    name: node.name.text,
    ...ref,
    typeSpan: node.type.span,
    initial,
    span: node.name.span,
    remarks: remarksOf(comments, node.span),
  };
}

function literalValue(node: ast.ExpressionNode): Value | null {
  if (node.kind === "literal") return node.value;
  const isNegative = node.kind === "unary" && node.operator === "-" && node.operand.kind === "literal";
  // `0 - x` and not `-x`: there is no negative zero.
  return isNegative && typeof node.operand.value === "number" ? 0 - node.operand.value : null;
}
