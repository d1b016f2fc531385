import type { Findings } from "../diagnostics/diagnostic.js";
import type { Domain } from "./program.js";

/** Reports a domain without a goal: it has nothing to reconcile. */
export function reportMissingGoal({ name, span, goals, receivers, transitions }: Domain, findings: Findings): void {
  // One that answers messages has something to do without a goal.
  const isAsked = receivers.length > 0 || transitions.some(({ parameters }) => parameters !== null);
  if (goals.length === 0 && !isAsked) findings.report("VED4006", span, { name });
}
