import type { Findings } from "../diagnostics/diagnostic.js";
import { evaluate, type Facts, factsOf } from "./facts.js";
import type { Domain, Goal } from "./program.js";

/** Reports goals that always hold or never can, and realities in which a domain can never rest. */
export function reportConstantPredicates({ goals, fields }: Domain, findings: Findings): void {
  for (const goal of goals) reportGoal(goal, factsOf(fields), findings);
}

function reportGoal({ name, predicate, realities }: Goal, facts: Facts, findings: Findings): void {
  const value = evaluate(predicate, facts);
  if (value !== null) {
    const consequence = value === true ? "it can never be broken" : "the domain can never rest";
    findings.report("VED4001", predicate.span, { name, value: String(value), consequence });
    return;
  }
  for (const { name: reality, condition } of realities) {
    if (evaluate(condition, facts) === false) findings.report("VED4007", condition.span, { name, reality });
  }
}
