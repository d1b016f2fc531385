import type { Findings } from "../diagnostics/diagnostic.js";
import type { Domain, Expression, Statement } from "./program.js";
import { blocksIn, expressionsOf, fieldsAssignedBy, fieldsIn, operandsOf, stepsOf } from "./traverse.js";

/** Reports durations of conditions whose fields the step has assigned just before: time passes between steps, not within one. */
export function reportLateDurations({ transitions }: Domain, findings: Findings): void {
  for (const body of transitions.flatMap(stepsOf)) visit(body, new Set(), findings);
}

function visit(body: readonly Statement[], written: Set<string>, findings: Findings): void {
  for (const statement of body) {
    for (const field of fieldsAssignedBy(statement)) written.add(field);
    for (const expression of expressionsOf(statement)) look(expression, written, findings);
    for (const block of blocksIn(statement)) visit(block, written, findings);
  }
}

function look(expression: Expression, written: ReadonlySet<string>, findings: Findings): void {
  for (const operand of operandsOf(expression)) look(operand, written, findings);
  if (expression.kind !== "timed") return;
  const name = fieldsIn(expression.condition).find((field) => written.has(field));
  if (name !== undefined) findings.report("VED3015", expression.span, { name });
}
