import { abandon, restart, start, tryAgain } from "./activation.js";
import { backingOffUntil, sameIntents } from "./backoff.js";
import { planOf, realityOf } from "./faults.js";
import type { Activation } from "./instance.js";
import { isHeldBack } from "./oscillation.js";
import type { Turn } from "./turn.js";

/** Does what the state asks for: nothing while all goals hold, else every transition that may start, starts. */
export function reconcile(turn: Turn): void {
  const { next, machine } = turn;
  for (const activation of next.activations)
    if (activation.mode === "carried" && isDue(turn, activation)) tryAgain(turn, activation);
  const count = machine.transitions.length;
  let index = next.cursor;
  // A whole round in which nothing committed ends it.
  for (let idle = 0; idle < count && !allGoalsHold(turn); idle += 1) {
    if (consider(turn, index)) idle = -1;
    index = index + 1 === count ? 0 : index + 1;
  }
  if (!allGoalsHold(turn)) return;
  for (const activation of next.activations) if (activation.mode === "waiting") abandon(turn, activation, "goals hold");
}

/** Evaluates the goals where the state has changed since they last were. */
function allGoalsHold(turn: Turn): boolean {
  const { next, machine } = turn;
  if (turn.evaluated !== next.state) {
    turn.evaluated = next.state;
    turn.allHold = true;
    const realities: (string | null)[] = [];
    for (const goal of machine.goals) {
      const reality = realityOf(turn, goal);
      realities.push(reality);
      if (reality === null) turn.allHold = false;
    }
    next.realities = realities;
  }
  return turn.allHold;
}

/** Starts, retries or abandons what a transition has to do. Gives whether it committed. */
function consider(turn: Turn, index: number): boolean {
  const own = turn.next.activations.find(({ transition }) => transition === index);
  if (own !== undefined) return own.mode === "waiting" && considerWaiting(turn, own);
  if (isHeldBack(turn) || isHeldUp(turn, index)) return false;
  const plan = planOf(turn, index);
  if (plan === null) return false;
  const until = backingOffUntil(turn, index, plan.intents);
  if (until <= turn.now) return start(turn, index, plan);
  turn.backoffEnds = Math.min(turn.backoffEnds, until);
  return false;
}

/** Checks an activation again that waits for its next attempt. */
function considerWaiting(turn: Turn, activation: Activation): boolean {
  const { transition } = activation;
  const plan = planOf(turn, transition);
  if (plan === null || !sameIntents(plan.intents, activation.intents)) {
    abandon(turn, activation, "no longer wanted");
    return consider(turn, transition);
  }
  if (isDue(turn, activation) && !isHeldBack(turn) && !isHeldUp(turn, transition)) restart(turn, activation, plan);
  return false;
}

function isDue({ now }: Turn, { dueAt }: Activation): boolean {
  return dueAt !== null && dueAt <= now;
}

/** Whether an activation in flight holds a transition up. */
function isHeldUp({ next, machine }: Turn, index: number): boolean {
  const waitsFor = machine.transitions[index]?.waitsFor ?? [];
  return next.activations.some(({ mode, transition }) => mode !== "waiting" && waitsFor.includes(transition));
}
