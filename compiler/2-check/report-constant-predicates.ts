import type { Findings } from "../diagnostics/diagnostic.js";
import { evaluate, noFacts } from "./facts.js";
import type { Goal, Program } from "./program.js";

/** Goals that always hold or never can, and realities in which a domain can never rest. */
export function reportConstantPredicates({ domains }: Program, findings: Findings): void {
  for (const { goals } of domains) for (const goal of goals) reportGoal(goal, findings);
}

function reportGoal({ name, predicate, realities }: Goal, findings: Findings): void {
  const value = evaluate(predicate, noFacts);
  if (value !== null) {
    const consequence = value === true ? "it can never be broken" : "the domain can never rest";
    findings.report("VED4001", predicate.span, { name, value: String(value), consequence });
    return;
  }
  for (const { letter, condition } of realities) {
    if (evaluate(condition, noFacts) === false) findings.report("VED4007", condition.span, { name, letter });
  }
}
