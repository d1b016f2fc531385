import type * as ast from "../1-parse/ast.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { allInts, isWithin, nearestIn, type Range, rangeText, type TypeRef, typeOf, withArticle } from "../language/type.js";
import type { ExpressionContext, Vocabulary } from "./context.js";
import { evaluate, noFacts } from "./facts.js";
import { constantAt } from "./literal.js";
import type { Expression } from "./program.js";

/** Checks the range of a type. Gives the type with it; null when something in it was reported. */
export function checkRange(ref: TypeRef, node: ast.RangeNode, vocabulary: Vocabulary, findings: Findings): TypeRef | null {
  if (ref.type !== "int" || ref.range !== undefined) {
    const reason = ref.range === undefined ? `${withArticle(ref.type)} has none` : "this type has one already";
    findings.report("VED3025", node.span, { reason });
    return null;
  }
  const min = node.min === null ? allInts.min : endOf(node.min, vocabulary, findings);
  const max = node.max === null ? allInts.max : endOf(node.max, vocabulary, findings);
  if (min === null || max === null) return null;
  if (min <= max) return { ...ref, range: { min, max } };
  findings.report("VED3025", node.span, { reason: `${min} is more than ${max}` });
  return null;
}

/** Gives where a range ends; null where that is no int, which is reported. */
function endOf(node: ast.RangeEndNode, vocabulary: Vocabulary, findings: Findings): number | null {
  if (node.kind === "literal") return Number(node.value);
  const constant = constantAt(node, vocabulary);
  const name = node.names.map(({ text }) => text).join(".");
  if (constant === undefined) {
    findings.report("VED2028", node.span, { name }, { fix: suggest(name, vocabulary.constants, node.span) });
  }
  if (!constant) return null;
  if (constant.kind === "value" && typeof constant.value === "number") return constant.value;
  const found = constant.kind === "duration" ? "a duration" : withArticle(typeOf(constant.value));
  findings.report("VED3025", node.span, { reason: `\`${name}\` is ${found}` });
  return null;
}

/**
 * Fits an expression into the range of what it is given to; null where it can never be in it, which is reported.
 * @param saturates whether what is outside becomes what is nearest, and is no fault
 */
export function fitted(
  name: string,
  range: Range | undefined,
  value: Expression,
  { findings }: Pick<ExpressionContext, "findings">,
  saturates = false,
): Expression | null {
  if (range === undefined || value.type !== "int") return value;
  const known = evaluate(value, noFacts);
  if (known !== null) return reportOutside(name, range, Number(known), value.span, findings) ? null : value;
  if (value.range !== undefined && isWithin(value.range, range)) return value;
  return { kind: "ranged", operand: value, saturates, type: "int", range, span: value.span };
}

/** Reports an int that is not in a range. Says whether it did. */
export function reportOutside(name: string, range: Range, value: number, span: ast.Node["span"], findings: Findings): boolean {
  if (nearestIn(range, value) === value) return false;
  findings.report("VED3026", span, { name, value: String(value), range: rangeText(range) });
  return true;
}
