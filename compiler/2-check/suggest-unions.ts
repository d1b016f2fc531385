import type { Findings } from "../diagnostics/diagnostic.js";
import { declaredFields } from "./own-key.js";
import type { Domain, Expression, Field, Program } from "./program.js";
import { allExpressions, assignmentsIn, bodiesOf, fieldsReadBy, operandsOf } from "./traverse.js";

/** A union with more members than this is no help to whoever reads it. */
const mostMembers = 12;

/** Nor is one that is longer, in UTF-16 code units. */
const mostText = 400;

/**
 * Suggests a union for strings that are only ever compared with literals, and set to some: their values are known, and their type
 * could say so.
 */
export function suggestUnions({ domains }: Program, findings: Findings): void {
  for (const domain of domains) {
    for (const field of declaredFields(domain)) {
      if (field.type !== "string" || field.members !== undefined) continue;
      const values = valuesOf(field, domain);
      if (values === null) continue;
      const union = values.map((value) => JSON.stringify(value)).join(" | ");
      if (union.length > mostText) continue;
      const fix = { message: `Write \`${field.name}: ${union}\`.`, span: field.typeSpan, replacement: union };
      findings.report("VED4101", field.span, { name: field.name }, { fix });
    }
  }
}

/** Gives the strings that a field is compared with and set to, the one it begins with first; null where it is used otherwise. */
function valuesOf(field: Field, domain: Domain): string[] | null {
  const compared = allExpressions(domain).map((expression) => comparedWith(expression, field.name));
  const assigned = bodiesOf(domain)
    .flatMap(({ statements }) => assignmentsIn(statements))
    .filter(({ field: name }) => name === field.name);
  const isKnown = compared.every((values) => values !== null) && assigned.every(({ value }) => value.kind === "literal");
  const literals = compared.flatMap((values) => values ?? []);
  if (!isKnown || literals.length === 0) return null;
  const set = assigned.flatMap(({ value }) => (value.kind === "literal" ? [String(value.value)] : []));
  const values = [...new Set([String(field.initial), ...literals, ...set])];
  return values.length > 1 && values.length <= mostMembers ? values : null;
}

/** Gives the literals that a field is compared with in an expression; null where it stands for something else. */
function comparedWith(expression: Expression, name: string): string[] | null {
  if (fieldsReadBy(expression).includes(name)) return null;
  if (expression.kind === "comparison" && expression.rule.operands === "string") {
    const { left, right } = expression;
    const literal = isField(left, name) ? right : isField(right, name) ? left : null;
    if (literal?.kind === "literal") return [String(literal.value)];
  }
  const found = operandsOf(expression).map((operand) => comparedWith(operand, name));
  return found.some((each) => each === null) ? null : found.flatMap((each) => each ?? []);
}

function isField(expression: Expression, name: string): boolean {
  return expression.kind === "field" && expression.field === name;
}
