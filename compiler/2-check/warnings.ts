import { Findings, type Kept, kept, type Source } from "../diagnostics/diagnostic.js";
import type { Domain } from "./program.js";
import { reportConstantFaults } from "./report-constant-faults.js";
import { reportConstantPredicates } from "./report-constant-predicates.js";
import { reportCountedSuccesses } from "./report-counted-successes.js";
import { reportIdleSteps } from "./report-idle-steps.js";
import { reportLateDurations } from "./report-late-durations.js";
import { reportMissingGoal } from "./report-missing-goal.js";
import { reportOverwrittenHandlers } from "./report-overwritten-handlers.js";
import { reportSaturation } from "./report-saturation.js";
import { reportUnreadFields } from "./report-unread-fields.js";

/** Looks at a domain, and perhaps at the messages that are sent to it. */
type Pass = (domain: Domain, findings: Findings, sent: ReadonlySet<string>) => void;

/** What is looked at in each domain once a program is known to be well typed. */
const passes: readonly Pass[] = [
  reportMissingGoal,
  reportConstantFaults,
  reportConstantPredicates,
  reportIdleSteps,
  reportLateDurations,
  reportOverwrittenHandlers,
  reportCountedSuccesses,
  reportSaturation,
  reportUnreadFields,
];

/**
 * Gives what in a domain is well typed and still cannot be meant.
 * @param sent the messages that domains of its file, or of others, send to it
 */
export function warningsOf(domain: Domain, sent: ReadonlySet<string>, source: Source): readonly Kept[] {
  const findings = new Findings(source);
  for (const pass of passes) pass(domain, findings, sent);
  return kept(findings.all());
}
