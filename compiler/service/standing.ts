import type { Instance } from "../../runtime-lib/kernel/instance.js";

/** How an instance stands, as an operator asks it: at work, or waiting between attempts or for time. */
export type Standing = "resting" | "working" | "waiting" | "stuck" | "oscillating";

/** All standings: what needs attention first. */
export const standings: readonly Standing[] = ["stuck", "oscillating", "waiting", "working", "resting"];

/** Says how an instance stands: one that works while no attempt is under way waits, for the next attempt or for time. */
export function standingOf({ phase, activations }: Pick<Instance, "phase" | "activations">): Standing {
  if (phase !== "working") return phase;
  return activations.some(({ mode }) => mode === "in flight") ? "working" : "waiting";
}
