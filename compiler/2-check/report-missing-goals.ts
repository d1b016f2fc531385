import type { Findings } from "../diagnostics/diagnostic.js";
import type { Program } from "./program.js";

/** Reports a file without a domain, and a domain without a goal: neither has anything to reconcile. */
export function reportMissingGoals({ source, domains }: Program, findings: Findings): void {
  if (domains.length === 0) findings.report("VED4008", { start: 0, end: Math.min(1, source.text.length) }, {});
  for (const { name, span, goals, receivers, transitions } of domains) {
    // One that answers messages has something to do without a goal.
    const isAsked = receivers.length > 0 || transitions.some(({ parameters }) => parameters !== null);
    if (goals.length === 0 && !isAsked) findings.report("VED4006", span, { name });
  }
}
