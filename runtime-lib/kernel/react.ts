// The kernel. `react` is the one definition of how a domain behaves; the host, the simulator and the verifier differ only
// in who supplies the inputs. What it guarantees:
//
//  1. It is a pure function: no clock, no randomness, no I/O, no promises, and it never throws.
//  2. Nothing starts while all goals hold; an activation of which nothing has happened is abandoned then.
//  3. A transition has at most one activation, and does not start while one that it waits for is in flight.
//  4. Intents of one activation are dispatched one after the other; each is tried until an attempt is done.
//  5. Once one intent has happened, or may have, the activation is carried through to its commit: there is no
//     half-finished state.
//  6. Activations count in the order of their starts: a commit never overwrites what a later one has written.
//  7. A fault discards what faulted before anything is dispatched, and hinders nothing else.
//  8. At rest there is no activation, and no timer but for what has yet to hold for some time or to be shown by the world.
//  9. An intent keeps its key for all of its attempts, and no other intent ever has that key.
// 10. A duration never ends early, whatever the clock does, and outlasts a restart.
// 11. A message is part of the commit that sends it. Those of one sender are run in order, and each once.
// 12. What is remembered is bounded by the program and its recent history, not by the age of the instance.

import { applyOutcome } from "./activation.js";
import { changeState } from "./change.js";
import { heedClock } from "./clock.js";
import type { Attempt, Input, KernelEvent } from "./event.js";
import { dropOldFaults } from "./faults.js";
import { hasEffects } from "./features.js";
import { type Activation, type Instance, none, type Phase } from "./instance.js";
import { observe } from "./observation.js";
import { isHeldBack } from "./oscillation.js";
import { reconcile } from "./reconcile.js";
import { recover, settle } from "./recover.js";
import type { Machine, Turn } from "./rules.js";
import { begin, publish } from "./turn.js";
import type { State } from "./value.js";

/** The next instance, and what the host is to do about it. */
export interface Reaction {
  readonly instance: Instance;
  readonly attempts: readonly Attempt[];
  /** The activations that committed, in order. */
  readonly commits: readonly Activation[];
  /** What happened, in order; empty where the machine does not publish. */
  readonly events: readonly KernelEvent[];
  /** What handlers wrote; null where none ran. */
  readonly handled: Partial<State> | null;
  /** The facts of an observation that was accepted, as they were read: once. */
  readonly facts: State | null;
  /** Why the observation was refused; null when it was not. */
  readonly refused: string | null;
}

/** Gives what an input makes of an instance. The timer is to be set for the next instance's `wakeAt`, whenever that differs. */
export function react(machine: Machine, instance: Instance, input: Input): Reaction {
  const turn = begin(machine, instance, input.now);
  if (instance.wakeAt !== null || instance.since.length > 0) heedClock(turn);
  switch (input.type) {
    case "observation": {
      const result = observe(turn, input.facts);
      if (typeof result === "string") return refuse(turn, instance, result);
      // What changes nothing wakes nothing, but an instance that has not come to life yet.
      if (!result && instance.realities.length > 0) return reactionOf(turn, instance, null);
      break;
    }
    case "outcome":
      if (hasEffects) applyOutcome(turn, input);
      break;
    case "timer":
      turn.next.wakeAt = null;
      break;
    case "started":
      if (input.state !== undefined) changeState(turn, input.state);
      break;
    case "message": {
      const refused = machine.mail === null ? "it is not part of a system" : machine.mail.accept(turn, input);
      if (refused !== null) return refuse(turn, instance, refused);
      break;
    }
    case "delivered":
      break;
    case "recovered":
      if (machine.publishes) publish(turn, { type: "recovered", state: turn.next.state });
      if (hasEffects) recover(turn);
      break;
    case "settled":
      if (hasEffects) settle(turn, input);
      break;
    default:
      input satisfies never;
  }
  machine.durations?.keep(turn);
  reconcile(turn);
  conclude(turn, instance);
  return reactionOf(turn, turn.next, null);
}

function reactionOf({ attempts, commits, events, handled, facts }: Turn, instance: Instance, refused: string | null): Reaction {
  return { instance, attempts, commits, events, handled, facts, refused };
}

function refuse(turn: Turn, instance: Instance, refused: string): Reaction {
  if (turn.machine.publishes) publish(turn, { type: "refused", reason: refused });
  return reactionOf(turn, instance, refused);
}

/** Names the phase, sets the timer, forgets what no longer matters. */
function conclude(turn: Turn, before: Instance): void {
  const { next } = turn;
  dropOldFaults(turn);
  turn.machine.contracts?.check(turn);
  next.phase = phaseOf(turn);
  // With nothing left to come, nobody is owed a turn.
  if (next.phase === "resting" || next.phase === "stuck") next.cursor = 0;
  if (next.phase === "resting") {
    next.reached = none;
    next.oscillations = 0;
    next.heldUntil = null;
  } else if (!isHeldBack(turn)) next.heldUntil = null;
  next.wakeAt = wakeTime(turn);
  const isNews = next.phase !== before.phase || next.state !== before.state || before.realities.length === 0;
  if (isNews && turn.machine.publishes) publishPhase(turn);
}

function phaseOf(turn: Turn): Phase {
  const { activations, post } = turn.next;
  // What waits to be received or delivered is work yet to be done.
  if (post.inbox.length > 0 || post.outgoing.length > 0) return "working";
  if (turn.allHold && activations.length === 0) return "resting";
  if (isHeldBack(turn)) return "oscillating";
  if (activations.length > 0 || turn.backoffEnds < Infinity) return "working";
  return durationEnds(turn) < Infinity ? "working" : "stuck";
}

function durationEnds(turn: Turn): number {
  return turn.machine.durations?.ends(turn) ?? Infinity;
}

function wakeTime(turn: Turn): number | null {
  const { next, now, backoffEnds, allHold, mailDue } = turn;
  let at = Math.min(next.heldUntil ?? (allHold ? Infinity : backoffEnds), durationEnds(turn), mailDue);
  for (const { until } of next.expected) at = Math.min(at, until);
  for (const { dueAt, mode } of next.activations) {
    // One that waits and is due was held up, and is looked at again when that ends.
    if (dueAt !== null && (mode === "carried" || dueAt > now)) at = Math.min(at, dueAt);
  }
  return at === Infinity ? null : at;
}

function publishPhase(turn: Turn): void {
  const { machine, next } = turn;
  const { state, phase, realities } = next;
  const goals = machine.goals.map(({ name }, index) => ({ name, reality: realities[index] ?? null }));
  if (phase === "resting") {
    const entries = goals.flatMap(({ name, reality }) => (reality === null ? [] : [[name, reality] as const]));
    publish(turn, { type: "rested", state, realities: Object.fromEntries(entries) });
  }
  if (phase === "stuck") {
    const unmet = goals.filter(({ reality }) => reality === null).map(({ name }) => name);
    publish(turn, { type: "stuck", state, unmet });
  }
}
