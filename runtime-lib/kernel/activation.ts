import { noteDone, noteFailure, policyOf } from "./backoff.js";
import { commit } from "./commit.js";
import type { Plan } from "./definition.js";
import type { Input } from "./event.js";
import { type Activation, none } from "./instance.js";
import { aboutActivation, aboutAttempt, publish, remove, replace, type Turn } from "./turn.js";

/** Starts an activation; one without intents commits at once. Gives whether it committed. */
export function start(turn: Turn, transition: number, plan: Plan): boolean {
  const { next, machine } = turn;
  next.number += 1;
  next.order += 1;
  const activation: Activation = {
    number: next.number,
    transition,
    order: next.order,
    intents: plan.intents,
    writes: plan.writes,
    next: 0,
    attempt: 0,
    mode: "in flight",
    unsure: false,
    dueAt: null,
    overtaken: none,
    observed: none,
  };
  if (machine.publishes) {
    publish(turn, { type: "started", ...aboutActivation(turn, activation), intents: plan.intents, writes: plan.writes });
  }
  if (plan.intents.length === 0) {
    commit(turn, activation);
    return true;
  }
  next.activations = [...next.activations, dispatched(turn, activation)];
  return false;
}

/** Tries an activation again that waited: a start, on the writes of now. */
export function restart(turn: Turn, activation: Activation, plan: Plan): void {
  turn.next.order += 1;
  const anew = { ...activation, order: turn.next.order, writes: plan.writes, overtaken: none, observed: none };
  replace(turn, dispatched(turn, anew));
}

/** Tries an activation again that is carried through. */
export function carryOn(turn: Turn, activation: Activation): void {
  replace(turn, dispatched(turn, activation));
}

/** Ends an activation of which nothing has happened. */
export function abandon(turn: Turn, activation: Activation, reason: "goals hold" | "no longer wanted"): void {
  remove(turn, activation);
  if (turn.machine.publishes) publish(turn, { type: "abandoned", ...aboutActivation(turn, activation), reason });
}

/** Asks the host for an attempt of the current intent. */
function dispatched(turn: Turn, activation: Activation): Activation {
  const intent = activation.intents[activation.next];
  // Every caller has an intent left to try.
  if (intent === undefined) throw new Error("a dispatch without an intent");
  const attempt = activation.attempt + 1;
  const { timeout } = policyOf(turn, intent);
  turn.attempts.push({ activation: activation.number, index: activation.next, intent, attempt, timeout });
  const flying: Activation = { ...activation, attempt, mode: "in flight", dueAt: null };
  if (turn.machine.publishes) publish(turn, { type: "dispatched", ...aboutAttempt(turn, flying) });
  return flying;
}

/**
 * Applies what an attempt came to. A late `done` counts, whichever attempt of the current intent says so; anything else
 * counts only from the attempt that is under way.
 */
export function applyOutcome(turn: Turn, input: Extract<Input, { type: "outcome" }>): void {
  const activation = turn.next.activations.find((other) => other.number === input.activation);
  if (activation === undefined || activation.next !== input.intent || input.attempt > activation.attempt) return;
  if (input.outcome === "done") return applyDone(turn, { ...activation, attempt: input.attempt });
  if (activation.mode !== "in flight" || activation.attempt !== input.attempt) return;
  const dueAt = noteFailure(turn, activation);
  const unsure = activation.unsure || input.outcome === "unknown";
  const mode = unsure || activation.next > 0 ? "carried" : "waiting";
  if (turn.machine.publishes) {
    publish(turn, { type: input.outcome, ...aboutAttempt(turn, activation), reason: input.reason, retryAt: dueAt });
  }
  replace(turn, { ...activation, mode, unsure, dueAt });
}

function applyDone(turn: Turn, activation: Activation): void {
  noteDone(turn, activation);
  if (turn.machine.publishes) publish(turn, { type: "done", ...aboutAttempt(turn, activation) });
  if (activation.next + 1 === activation.intents.length) commit(turn, activation);
  else replace(turn, dispatched(turn, { ...activation, next: activation.next + 1, attempt: 0 }));
}
