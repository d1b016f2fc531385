import type { Findings } from "../diagnostics/diagnostic.js";
import { type Expression, operandsOf, type Program, type Statement, stepsOf } from "./program.js";
import { fieldsIn } from "./usage.js";

/** Durations of conditions whose fields the step has assigned just before: time passes between steps, not within one. */
export function reportLateDurations({ domains }: Program, findings: Findings): void {
  for (const { transitions } of domains) {
    for (const transition of transitions) for (const body of stepsOf(transition)) visit(body, new Set(), findings);
  }
}

function visit(body: readonly Statement[], written: Set<string>, findings: Findings): void {
  for (const statement of body) {
    if (statement.kind === "assign") written.add(statement.field);
    if (statement.kind !== "if") continue;
    for (const { condition } of statement.branches) look(condition, written, findings);
    for (const branch of statement.branches) visit(branch.body, written, findings);
    visit(statement.otherwise ?? [], written, findings);
  }
}

function look(expression: Expression, written: ReadonlySet<string>, findings: Findings): void {
  for (const operand of operandsOf(expression)) look(operand, written, findings);
  if (expression.kind !== "timed") return;
  const name = fieldsIn(expression.condition).find((field) => written.has(field));
  if (name !== undefined) findings.report("VED3015", expression.span, { name });
}
