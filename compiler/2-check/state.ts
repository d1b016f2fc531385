import type * as ast from "../1-parse/ast.js";
import type { Comments } from "../1-parse/comments.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { defaultOf, type TypeRef, typeOf, type Value, withArticle } from "../language/type.js";
import { remarksOf } from "./context.js";
import { reportForeignValue } from "./foreign-value.js";
import type { Field } from "./program.js";
import { listed, suggestMember } from "./union.js";

/** Checks a declared field; whether it is observed is known later. */
export function checkField(
  node: ast.FieldNode,
  ref: TypeRef | null,
  comments: Comments,
  findings: Findings,
): Omit<Field, "observed"> | null {
  const value = node.default === null ? null : literalValue(node.default);
  if (node.default !== null && value === null && !isForeign(node.default, findings)) {
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
  const initial = value ?? defaultOf(ref);
  return {
    name: node.name.text,
    ...ref,
    typeSpan: node.type.span,
    initial,
    span: node.name.span,
    remarks: remarksOf(comments, node.span),
  };
}

/** Says whether a default is a value of another language, which is reported. */
function isForeign(node: ast.ExpressionNode, findings: Findings): boolean {
  const name = node.kind === "path" && node.names.length === 1 ? node.names[0] : undefined;
  return name !== undefined && reportForeignValue(name, { findings });
}

function literalValue(node: ast.ExpressionNode): Value | null {
  if (node.kind === "literal") return node.value;
  const isNegative = node.kind === "unary" && node.operator === "-" && node.operand.kind === "literal";
  // `0 - x` and not `-x`: there is no negative zero.
  return isNegative && typeof node.operand.value === "number" ? 0 - node.operand.value : null;
}
