import type * as ast from "../1-parse/ast.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { defaultOf, type TypeRef, typeOf, withArticle } from "../language/type.js";
import { type Context, remarksOf } from "./context.js";
import { reportForeignValue } from "./foreign-value.js";
import { constantAt, literalValue } from "./literal.js";
import type { Field } from "./program.js";
import { reportOutside } from "./range.js";
import { listed, memberFix, suggestMember } from "./union.js";

/** Checks a declared field; whether it is observed is known later. */
export function checkField(
  node: ast.FieldNode,
  ref: TypeRef | null,
  { vocabulary, comments, findings }: Pick<Context, "vocabulary" | "comments" | "findings">,
): Omit<Field, "observed"> | null {
  const value = node.default === null ? null : literalValue(node.default, vocabulary);
  // Beside a type that there is not, such as `duration`, it may be what was meant.
  const follows = ref === null && /^(?:duration|call)$/.test(node.default?.kind ?? "");
  if (node.default !== null && value === null && !follows && !isForeign(node.default, findings))
    reportDefault(node.name.text, node.default, ref, { vocabulary, findings });
  if (ref === null) return null;
  const { type, members, range } = ref;
  if (node.default !== null && value !== null && typeOf(value) !== type) {
    const values = { name: node.name.text, type: withArticle(type), found: withArticle(typeOf(value)) };
    findings.report("VED3004", node.default.span, values);
  } else if (node.default !== null && value !== null && members !== undefined && !members.includes(String(value))) {
    const values = { name: node.name.text, found: `\`${JSON.stringify(value)}\``, members: listed(members) };
    findings.report("VED3013", node.default.span, values, { fix: suggestMember(String(value), members, node.default.span) });
  }
  if (node.default !== null && range !== undefined && typeof value === "number") {
    reportOutside(node.name.text, range, value, node.default.span, findings);
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

function reportDefault(
  name: string,
  node: ast.ExpressionNode,
  ref: TypeRef | null,
  { vocabulary, findings }: Pick<Context, "vocabulary" | "findings">,
): void {
  // A constant that is wrong was reported where it stands.
  if (constantAt(node, vocabulary) === null) return;
  const names = node.kind === "path" ? node.names : node.kind === "event" ? [node.name] : [];
  const member = memberFix(names.at(-1)?.text ?? "", node.span, ref?.members);
  const written = names.map(({ text }) => text).join(".");
  findings.report("VED3005", node.span, { name }, { fix: member ?? suggest(written, vocabulary.constants, node.span) });
}

/** Says whether a default is a value of another language, which is reported. */
function isForeign(node: ast.ExpressionNode, findings: Findings): boolean {
  const name = node.kind === "path" && node.names.length === 1 ? node.names[0] : undefined;
  return name !== undefined && reportForeignValue(name, { findings });
}
