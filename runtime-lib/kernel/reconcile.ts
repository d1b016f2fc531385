import { abandon, restart, start, tryAgain } from "./activation.js";
import { backingOffUntil, sameIntents } from "./backoff.js";
import type { Plan } from "./compiled.js";
import { planIn, planOf, realityOf } from "./faults.js";
import { hasCooldowns, hasEffects, hasMessages } from "./features.js";
import type { Activation } from "./instance.js";
import { positionIn, sharedRealities } from "./machine.js";
import { isHeldBack } from "./oscillation.js";
import type { NamedTransition, PriorityClass, Turn } from "./rules.js";
import type { Value } from "./value.js";
import { isHeldUp } from "./waits.js";

/**
 * Does what the state asks for: nothing while all goals hold, else every transition that may start, starts. What a message asks for may
 * wait behind what ends meanwhile: then the mailbox is looked at again.
 */
export function reconcile(turn: Turn): void {
  const { next, machine } = turn;
  if (hasEffects) goOn(turn);
  for (;;) {
    machine.mail?.receive(turn);
    const { activations, state } = next;
    considerAll(turn);
    if (!hasMessages || next.post.inbox.length === 0) return;
    if (next.activations === activations && next.state === state) return;
  }
}

/** Considers every transition, the most important ones first, and gives up what nobody wants once all goals hold. */
function considerAll(turn: Turn): void {
  const { next, machine } = turn;
  const { classes } = machine;
  for (let at = 0; at < classes.length; at += 1) {
    const own = classes[at];
    // Once something less important has committed, what is more important is looked at again.
    if (own !== undefined && roundRobin(turn, own) && at > 0) at = -1;
  }
  const isCalm = allGoalsHold(turn);
  if (!hasEffects || !isCalm) return;
  for (const activation of next.activations) if (isForGoals(activation)) abandon(turn, activation, "goals hold");
}

/** Tries what is carried through again once it is due, and looks again at what waits and messages have asked for. */
function goOn(turn: Turn): void {
  for (const activation of turn.next.activations)
    if (activation.mode === "carried" && isDue(turn, activation)) tryAgain(turn, activation);
  if (!hasMessages) return;
  for (const activation of turn.next.activations)
    if (activation.mode === "waiting" && activation.args !== null) considerAsked(turn, activation, activation.args);
}

/** Says whether it waits with nothing done, and no message asked for it. */
function isForGoals({ mode, args }: Activation): boolean {
  return mode === "waiting" && args === null;
}

/** Checks an activation again that a message asked for: whether goals hold has no say in it. */
function considerAsked(turn: Turn, activation: Activation, args: readonly Value[]): void {
  const transition = turn.machine.transitions.find(({ name }) => name === activation.transition);
  // What has no transition any more was given up when it was taken over.
  if (transition === undefined) return;
  const plan = planIn(turn, transition.name, (state) => transition.plan(state, ...args));
  if (plan === null || !sameIntents(plan.intents, activation.intents)) abandon(turn, activation, "no longer wanted");
  else if (isDue(turn, activation) && !mustWait(turn, plan) && !isHeldUp(turn, transition)) restart(turn, activation, plan);
}

/** Considers the transitions of one priority, each in its turn. Gives whether one committed. */
function roundRobin(turn: Turn, own: PriorityClass): boolean {
  const { members } = own;
  const { transitions } = turn.machine;
  let hasCommitted = false;
  let position = positionIn(own, turn.next.cursor);
  // A whole round in which nothing committed ends it.
  for (let idle = 0; idle < members.length && !allGoalsHold(turn); idle += 1) {
    const transition = transitions[members[position] ?? -1];
    if (transition !== undefined && consider(turn, transition)) {
      idle = -1;
      hasCommitted = true;
    }
    position = position + 1 < members.length ? position + 1 : 0;
  }
  return hasCommitted;
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
    if (realities.some((reality, index) => reality !== next.realities[index]))
      next.realities = sharedRealities(machine, realities);
  }
  return turn.allHold;
}

/** Starts, retries or abandons what a transition has to do. Gives whether it committed. */
function consider(turn: Turn, transition: NamedTransition): boolean {
  const { name } = transition;
  // It runs for messages only.
  if (transition.parameters !== undefined) return false;
  if (hasEffects) {
    const own = turn.next.activations.find((activation) => activation.transition === name);
    if (own !== undefined) return isForGoals(own) && considerWaiting(turn, own, transition);
  }
  if (isHeldBack(turn) || (hasEffects && isHeldUp(turn, transition))) return false;
  const plan = planOf(turn, transition);
  if (plan === null || mustWait(turn, plan)) return false;
  if (!hasEffects && !hasMessages && !hasCooldowns) return start(turn, name, plan);
  const until = backingOffUntil(turn, name, plan.intents);
  if (until <= turn.now) return start(turn, name, plan);
  turn.backoffEnds = Math.min(turn.backoffEnds, until);
  return false;
}

/** Checks an activation again that waits for its next attempt. */
function considerWaiting(turn: Turn, activation: Activation, transition: NamedTransition): boolean {
  const plan = planOf(turn, transition);
  if (plan === null || !sameIntents(plan.intents, activation.intents)) {
    abandon(turn, activation, "no longer wanted");
    return consider(turn, transition);
  }
  if (isDue(turn, activation) && !isHeldBack(turn) && !mustWait(turn, plan) && !isHeldUp(turn, transition))
    restart(turn, activation, plan);
  return false;
}

function isDue({ now }: Turn, { dueAt }: Activation): boolean {
  return dueAt !== null && dueAt <= now;
}

/** Says whether a plan would send something while what was sent before is still on its way. */
function mustWait({ next }: Turn, { sends }: Plan): boolean {
  return next.post.outgoing.length > 0 && sends !== undefined && sends.length > 0;
}
