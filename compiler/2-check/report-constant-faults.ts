import type { Findings } from "../diagnostics/diagnostic.js";
import { canFault, evaluate, noFacts } from "./facts.js";
import type { Arithmetic, Domain, Expression } from "./program.js";
import { allExpressions, operandsOf } from "./traverse.js";

/** Reports arithmetic on constants that can only fault: a division by zero, a result that no `int` holds. */
export function reportConstantFaults(domain: Domain, findings: Findings): void {
  for (const expression of allExpressions(domain)) reportConstantFault(expression, findings);
}

/** Reports what in an expression can only fault. */
export function reportConstantFault(expression: Expression, findings: Findings): void {
  for (const operand of operandsOf(expression)) reportConstantFault(operand, findings);
  if (expression.kind === "arithmetic") report(expression, findings);
}

/** Reports the first operation, from the left, that can only fault. */
function report({ first, rest, type, span: whole, called }: Arithmetic, findings: Findings): void {
  let known = canFault(first) ? null : evaluate(first, noFacts);
  for (const { rule, operand } of rest) {
    // What stands for a name was written somewhere else, as a whole.
    const span = called === undefined ? { start: whole.start, end: operand.span.end } : whole;
    const right = evaluate(operand, noFacts);
    if ((rule.operator === "/" || rule.operator === "%") && right === 0)
      return findings.report("VED3009", span, { reason: "It divides by zero" });
    const result = known === null || right === null ? null : rule.evaluate(known, right);
    if (known !== null && right !== null && result === null) {
      const reason = type === "int" ? "Its result is outside the range of `int`" : "Its result is too long a string";
      return findings.report("VED3009", span, { reason });
    }
    known = result;
  }
}
