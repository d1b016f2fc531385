import { noteDone, noteFailure, policyOf } from "./backoff.js";
import { commit } from "./commit.js";
import type { Intent, Plan } from "./definition.js";
import type { OutcomeInput } from "./event.js";
import { type Activation, none, type Settlement } from "./instance.js";
import { aboutActivation, aboutAttempt, publish, type Turn } from "./turn.js";

/** Starts an activation; one without intents commits at once. Gives whether it committed. */
export function start(turn: Turn, transition: string, { intents, writes }: Plan): boolean {
  const { next, machine } = turn;
  next.number += 1;
  next.order += 1;
  const activation: Activation = {
    number: next.number,
    transition,
    order: next.order,
    intents,
    writes,
    next: 0,
    attempt: 1,
    mode: "in flight",
    unsure: false,
    dueAt: null,
    overtaken: none,
    observed: none,
    holdsUp: none,
  };
  if (machine.publishes) publish(turn, { type: "started", ...aboutActivation(activation), intents, writes });
  const [first] = intents;
  if (first === undefined) {
    commit(turn, activation);
    return true;
  }
  next.activations = next.activations.length === 0 ? [activation] : [...next.activations, activation];
  dispatch(turn, activation, first);
  return false;
}

/** Tries an activation again that waited: a start, on the writes of now. */
export function restart(turn: Turn, activation: Activation, { writes }: Plan): void {
  turn.next.order += 1;
  tryAgain(turn, { ...activation, order: turn.next.order, writes, overtaken: none, observed: none, holdsUp: none });
}

/** Makes the next attempt at an activation's current intent. */
export function tryAgain(turn: Turn, activation: Activation): void {
  flyAgain(turn, { ...activation, attempt: activation.attempt + 1, mode: "in flight", dueAt: null });
}

function flyAgain(turn: Turn, activation: Activation): void {
  replace(turn, activation);
  dispatch(turn, activation, intentOf(activation));
}

/** Ends an activation of which nothing has happened. */
export function abandon(turn: Turn, activation: Activation, reason: "goals hold" | "no longer wanted"): void {
  const { next, machine } = turn;
  next.activations = next.activations.filter((other) => other !== activation);
  if (machine.publishes) publish(turn, { type: "abandoned", ...aboutActivation(activation), reason });
}

/** What an attempt came to. */
type AttemptOutcome = Omit<OutcomeInput, "type" | "now">;

/**
 * Applies what an attempt came to. A late `done` counts, whichever attempt of the current intent says so; anything else
 * counts only from the attempt that is under way.
 */
export function applyOutcome(turn: Turn, { activation: number, intent, attempt, outcome, reason }: AttemptOutcome): void {
  const activation = turn.next.activations.find((other) => other.number === number);
  if (activation === undefined || activation.next !== intent || attempt > activation.attempt) return;
  if (outcome === "done") return applyDone(turn, activation, attempt);
  if (activation.mode !== "in flight" || activation.attempt !== attempt) return;
  const dueAt = noteFailure(turn, activation, intentOf(activation));
  const unsure = activation.unsure || outcome === "unknown";
  if (turn.machine.publishes) {
    publish(turn, { type: outcome, ...aboutAttempt(turn, activation, intentOf(activation), attempt), reason, retryAt: dueAt });
  }
  replace(turn, { ...activation, mode: unsure || intent > 0 ? "carried" : "waiting", unsure, dueAt });
}

/**
 * Applies an operator's word on an activation's current intent, as the last word: if it did not happen, it is as if it had
 * never been tried.
 */
export function settleIntent(turn: Turn, { activation: number, intent, happened, by, why }: Settlement): void {
  const activation = turn.next.activations.find((other) => other.number === number);
  if (activation === undefined || activation.next !== intent) return;
  if (turn.machine.publishes) {
    publish(turn, {
      type: "settled",
      ...aboutAttempt(turn, activation, intentOf(activation), activation.attempt),
      happened,
      by,
      why,
    });
  }
  if (happened) return applyDone(turn, activation, activation.attempt);
  replace(turn, { ...activation, mode: intent > 0 ? "carried" : "waiting", unsure: false, dueAt: turn.now });
}

function applyDone(turn: Turn, activation: Activation, attempt: number): void {
  const { intents, next } = activation;
  noteDone(turn, activation);
  if (turn.machine.publishes) publish(turn, { type: "done", ...aboutAttempt(turn, activation, intentOf(activation), attempt) });
  if (next + 1 === intents.length) commit(turn, activation);
  else flyAgain(turn, { ...activation, next: next + 1, attempt: 1, mode: "in flight", dueAt: null });
}

/** Asks the host for an attempt. */
function dispatch(turn: Turn, activation: Activation, intent: Intent): void {
  const { number, next: index, attempt } = activation;
  turn.attempts.push({ activation: number, index, intent, attempt, timeout: policyOf(turn, intent).timeout });
  if (turn.machine.publishes) publish(turn, { type: "dispatched", ...aboutAttempt(turn, activation, intent, attempt) });
}

function intentOf({ intents, next }: Activation): Intent {
  // An activation is always at an intent that it has.
  return intents[next] as Intent;
}

function replace({ next }: Turn, activation: Activation): void {
  next.activations = next.activations.map((other) => (other.number === activation.number ? activation : other));
}
