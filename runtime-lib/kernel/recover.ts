import { abandon, applyOutcome, settleIntent } from "./activation.js";
import { none, type Settlement } from "./instance.js";
import type { Turn } from "./rules.js";

/**
 * Goes on after a crash: what an operator has settled meanwhile counts, and an attempt without an outcome is unknown. They are gone through
 * in the order in which they began.
 */
export function recover(turn: Turn): void {
  const { next } = turn;
  const { settlements } = next;
  next.settlements = none;
  const begun = [...next.activations].sort((a, b) => a.order - b.order);
  for (const { number: activation, next: intent, attempt, mode } of begun) {
    if (mode !== "in flight" || settlements.some((said) => said.activation === activation && said.intent === intent)) continue;
    applyOutcome(turn, { activation, intent, attempt, outcome: "unknown", reason: "the process ended before an answer came" });
  }
  for (const settlement of settlements) settleIntent(turn, settlement);
  dropOrphans(turn);
}

/** Applies what an operator says of an intent. */
export function settle(turn: Turn, settlement: Settlement): void {
  settleIntent(turn, settlement);
  dropOrphans(turn);
}

/** Drops activations that wait and whose transitions the program no longer has: nobody would look at them again. */
function dropOrphans(turn: Turn): void {
  for (const activation of turn.next.activations) {
    const isOrphan = turn.machine.transitions.every(({ name }) => name !== activation.transition);
    if (isOrphan && activation.mode === "waiting") abandon(turn, activation, "no longer wanted");
  }
}
