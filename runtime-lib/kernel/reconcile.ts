import { abandon, carryOn, restart, start } from "./activation.js";
import { backingOffUntil, sameIntents } from "./backoff.js";
import { planOf, realityOf } from "./faults.js";
import type { Activation } from "./instance.js";
import { isHeldBack } from "./oscillation.js";
import type { Turn } from "./turn.js";

/** Does what the state asks for: nothing while all goals hold, else every transition that may start, starts. */
export function reconcile(turn: Turn): void {
  const { next, machine } = turn;
  carryOnWhatIsDue(turn);
  const count = machine.transitions.length;
  let index = next.cursor;
  // A whole round in which nothing committed ends it.
  for (let idle = 0; idle < count; ) {
    if (allGoalsHold(turn)) return abandonWaiting(turn);
    const committed = consider(turn, index);
    idle = committed ? 0 : idle + 1;
    index = (index + 1) % count;
  }
  allGoalsHold(turn);
}

/** Evaluates the goals where the state has changed since they last were. */
export function allGoalsHold(turn: Turn): boolean {
  const { next, machine } = turn;
  if (turn.evaluated === next.state) return turn.allHold;
  const realities = machine.goals.map((_, index) => realityOf(turn, index));
  next.realities = realities;
  turn.evaluated = next.state;
  turn.allHold = !realities.includes(null);
  return turn.allHold;
}

/** Starts, retries or abandons what this transition has to do. Gives whether it committed. */
function consider(turn: Turn, index: number): boolean {
  const { activations } = turn.next;
  const activation = activations.length === 0 ? undefined : activations.find((other) => other.transition === index);
  if (activation !== undefined) {
    if (activation.mode !== "waiting" || considerWaiting(turn, activation)) return false;
  }
  if (isHeldBack(turn) || mustWait(turn, index)) return false;
  const plan = planOf(turn, index);
  if (plan === null) return false;
  const until = backingOffUntil(turn, index, plan.intents);
  if (until > turn.now) {
    turn.backoffEnds = Math.min(turn.backoffEnds, until);
    return false;
  }
  return start(turn, index, plan);
}

/** Checks an activation again that waits for its next attempt. Gives whether it is still there. */
function considerWaiting(turn: Turn, activation: Activation): boolean {
  const plan = planOf(turn, activation.transition);
  if (plan === null || !sameIntents(plan.intents, activation.intents)) {
    abandon(turn, activation, "no longer wanted");
    return false;
  }
  const isDue = activation.dueAt !== null && activation.dueAt <= turn.now;
  if (isDue && !isHeldBack(turn) && !mustWait(turn, activation.transition)) restart(turn, activation, plan);
  return true;
}

/** Whether an activation in flight holds a transition up. */
function mustWait({ next, machine }: Turn, index: number): boolean {
  if (next.activations.length === 0) return false;
  const waitsFor = machine.transitions[index]?.waitsFor ?? [];
  return next.activations.some(({ mode, transition }) => mode !== "waiting" && waitsFor.includes(transition));
}

function carryOnWhatIsDue(turn: Turn): void {
  for (const activation of turn.next.activations) {
    if (activation.mode === "carried" && activation.dueAt !== null && activation.dueAt <= turn.now) carryOn(turn, activation);
  }
}

function abandonWaiting(turn: Turn): void {
  for (const activation of turn.next.activations) if (activation.mode === "waiting") abandon(turn, activation, "goals hold");
}
