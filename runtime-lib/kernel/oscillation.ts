import { delay } from "./backoff.js";
import type { Turn } from "./rules.js";
import { publish } from "./turn.js";

/** A state reached this often by commits, with no observation between, shows a circle. */
const maxVisits = 3;

/** One event that causes this many commits is taken for a circle as well. */
const maxCommits = 1000;

/** Longer circles than this are not looked for: what is remembered is bounded. */
const maxReached = 1000;

/** Notes that a commit changed the state, and holds the instance back when it goes round in circles. */
export function noteReached(turn: Turn): void {
  const { next, machine } = turn;
  const { state, reached } = next;
  let visits = 1;
  for (const earlier of reached) if (machine.same(earlier, state)) visits += 1;
  next.reached = reached.length < maxReached ? [...reached, state] : [...reached.slice(1), state];
  if (visits >= maxVisits || turn.commits.length >= maxCommits) holdBack(turn);
}

/** Says whether nothing may start now. */
export function isHeldBack({ next, now }: Turn): boolean {
  return next.heldUntil !== null && next.heldUntil > now;
}

function holdBack(turn: Turn): void {
  const { next, now, machine } = turn;
  if (isHeldBack(turn)) return;
  next.oscillations += 1;
  next.heldUntil = now + Math.max(delay(turn, machine.retry, next.oscillations), 1);
  if (machine.publishes) publish(turn, { type: "oscillating", state: next.state, resumesAt: next.heldUntil });
}
