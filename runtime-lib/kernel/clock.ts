import type { Turn } from "./rules.js";
import { publish } from "./turn.js";

/**
 * Heeds a clock that was set back: nothing may end early for it, and nothing wait for ever. What began in the future begins now,
 * and no wait is longer than the longest there is.
 */
export function heedClock(turn: Turn): void {
  const { next, now, machine } = turn;
  let by = 0;
  const since = next.since.map((began) => {
    if (began === null || began <= now) return began;
    by = Math.max(by, began - now);
    return now;
  });
  const maxDelay = Math.max(machine.retry.max, ...[...machine.retryOf.values()].map(({ max }) => max));
  const cut = (at: number, max: number) => {
    if (at <= now + max) return at;
    by = Math.max(by, at - now - max);
    return now + max;
  };
  const backoffs = next.backoffs.map((backoff) => {
    const { transition, intents } = backoff;
    const cooldown = machine.transitions.find(({ name }) => name === transition)?.cooldown ?? 0;
    const until = cut(backoff.until, intents === null ? cooldown : maxDelay);
    return { ...backoff, until, forgottenAt: intents === null ? until : backoff.forgottenAt };
  });
  const activations = next.activations.map((one) => (one.dueAt === null ? one : { ...one, dueAt: cut(one.dueAt, maxDelay) }));
  const heldUntil = next.heldUntil === null ? null : cut(next.heldUntil, maxDelay);
  if (by === 0) return;
  Object.assign(next, { since, backoffs, activations, heldUntil });
  if (machine.publishes) publish(turn, { type: "clockWentBack", by });
}
