import type { Findings } from "../diagnostics/diagnostic.js";
import type { Program } from "./program.js";
import { reportConstantFaults } from "./report-constant-faults.js";
import { reportConstantPredicates } from "./report-constant-predicates.js";
import { reportCountedSuccesses } from "./report-counted-successes.js";
import { reportIdleSteps } from "./report-idle-steps.js";
import { reportLateDurations } from "./report-late-durations.js";
import { reportMissingGoals } from "./report-missing-goals.js";
import { reportOverwrittenHandlers } from "./report-overwritten-handlers.js";
import { reportSaturation } from "./report-saturation.js";
import { reportUnreadFields } from "./report-unread-fields.js";

type Pass = (program: Program, findings: Findings) => void;

/** What is looked at once a program is known to be well typed. */
const passes: readonly Pass[] = [
  reportMissingGoals,
  reportConstantFaults,
  reportConstantPredicates,
  reportIdleSteps,
  reportLateDurations,
  reportOverwrittenHandlers,
  reportCountedSuccesses,
  reportSaturation,
  reportUnreadFields,
];

/** Reports what is well typed and still cannot be meant. */
export function warn(program: Program, findings: Findings): void {
  for (const pass of passes) pass(program, findings);
}
