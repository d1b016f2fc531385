import type { Findings } from "../diagnostics/diagnostic.js";
import { canFault, evaluate, noFacts } from "./facts.js";
import { type Expression, operandsOf, type Program } from "./program.js";
import { expressionsOf } from "./usage.js";

/** Arithmetic on constants that can only fault: a division by zero, a result that no `int` holds. */
export function reportConstantFaults({ domains }: Program, findings: Findings): void {
  for (const domain of domains) for (const expression of expressionsOf(domain)) visit(expression, findings);
}

function visit(expression: Expression, findings: Findings): void {
  for (const operand of operandsOf(expression)) visit(operand, findings);
  if (expression.kind !== "binary" || !expression.rule.canFault) return;
  const [left, right] = [evaluate(expression.left, noFacts), evaluate(expression.right, noFacts)];
  const { operator } = expression.rule;
  if ((operator === "/" || operator === "%") && right === 0) {
    findings.report("VED3009", expression.span, { reason: "It divides by zero" });
  } else if (left !== null && right !== null && !canFault(expression.left) && expression.rule.evaluate(left, right) === null) {
    findings.report("VED3009", expression.span, {
      reason: expression.type === "int" ? "Its result is outside the range of `int`" : "Its result is too long a string",
    });
  }
}
