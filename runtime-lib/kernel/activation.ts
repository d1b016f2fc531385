import { at } from "./at.js";
import { noteDone, noteFailure, policyOf } from "./backoff.js";
import { commit } from "./commit.js";
import type { Intent, Plan } from "./compiled.js";
import type { OutcomeInput } from "./event.js";
import { planIn } from "./faults.js";
import { hasEffects, hasLaterSteps } from "./features.js";
import { type Activation, none, type Settlement } from "./instance.js";
import type { Turn } from "./rules.js";
import { aboutActivation, aboutAttempt, publish } from "./turn.js";
import type { Value } from "./value.js";

/** Starts an activation; one without intents commits at once. Gives whether it committed. */
export function start(
  turn: Turn,
  transition: string,
  { intents, writes, sends = none }: Plan,
  step = 0,
  args: readonly Value[] | null = null,
): boolean {
  const { next, machine } = turn;
  next.number += 1;
  next.order += 1;
  const activation: Activation = {
    number: next.number,
    transition,
    order: next.order,
    step,
    intents,
    writes,
    sends,
    args,
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
  if (!hasEffects || first === undefined) {
    finish(turn, activation);
    return true;
  }
  next.activations = next.activations.length === 0 ? [activation] : [...next.activations, activation];
  dispatch(turn, activation, first);
  return false;
}

/**
 * Commits an activation, and goes on with the next of its transition's steps that has something to do, in the state of this
 * moment. Where a step faults, it ends at the checkpoint before.
 */
function finish(turn: Turn, activation: Activation): void {
  const steps = commit(turn, activation)?.laterSteps;
  if (!hasLaterSteps || steps === undefined) return;
  const { transition, args } = activation;
  for (let index = activation.step; index < steps.length; index += 1) {
    const ask = steps[index];
    if (ask === undefined) return;
    const { faults } = turn.next;
    const plan = planIn(turn, transition, args === null ? ask : (state) => ask(state, ...args));
    if (plan !== null) return void start(turn, transition, plan, index + 1, args);
    // It has noted a fault; one that was noted before, of another run, ends nothing.
    if (turn.next.faults !== faults) return;
  }
}

/** Tries an activation again that waited: a start, on the writes of now. */
export function restart(turn: Turn, activation: Activation, { writes, sends = none }: Plan): void {
  turn.next.order += 1;
  tryAgain(turn, { ...activation, order: turn.next.order, writes, sends, overtaken: none, observed: none, holdsUp: none });
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
export function applyOutcome(turn: Turn, { activation: number, intent, attempt, outcome, reason, value }: AttemptOutcome): void {
  const activation = turn.next.activations.find((other) => other.number === number);
  if (activation === undefined || activation.next !== intent || attempt > activation.attempt) return;
  if (outcome === "done") {
    const mismatch = turn.machine.handlers?.mismatch(intentOf(activation).effect, value) ?? null;
    // It has happened, and nobody knows what it came to: it is asked again, under the same key.
    if (mismatch === null) return applyDone(turn, activation, attempt, value);
    return applyVain(turn, activation, attempt, "unknown", `what its adapter returned is wrong: ${mismatch}`);
  }
  applyVain(turn, activation, attempt, outcome, reason);
}

function applyVain(turn: Turn, activation: Activation, attempt: number, outcome: "failed" | "unknown", reason: string): void {
  if (activation.mode !== "in flight" || activation.attempt !== attempt) return;
  const dueAt = noteFailure(turn, activation, intentOf(activation));
  const unsure = activation.unsure || outcome === "unknown";
  if (turn.machine.publishes) {
    publish(turn, { type: outcome, ...aboutAttempt(turn, activation, intentOf(activation), attempt), reason, retryAt: dueAt });
  }
  const mode = unsure || hasBegun(activation) ? "carried" : "waiting";
  replace(turn, { ...activation, mode, unsure, dueAt });
  turn.machine.handlers?.run(turn, intentOf(activation).effect, outcome, reason);
}

/** Says whether something of an activation has happened: an intent before the current one, or a step. */
function hasBegun({ next, step }: Activation): boolean {
  return next > 0 || step > 0;
}

/**
 * Applies an operator's word on an activation's current intent, as the last word: if it did not happen, it is as if it had
 * never been tried.
 */
export function settleIntent(turn: Turn, { activation: number, intent, happened, by, why, value }: Settlement): void {
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
  if (happened) return applyDone(turn, activation, activation.attempt, value);
  replace(turn, { ...activation, mode: hasBegun(activation) ? "carried" : "waiting", unsure: false, dueAt: turn.now });
}

function applyDone(turn: Turn, before: Activation, attempt: number, value: unknown): void {
  const { handlers, contracts } = turn.machine;
  noteDone(turn, before);
  if (turn.machine.publishes) publish(turn, { type: "done", ...aboutAttempt(turn, before, intentOf(before), attempt) });
  handlers?.run(turn, intentOf(before).effect, "done", value);
  contracts?.expect(turn, intentOf(before).effect);
  // The handler may have changed what the activation will overwrite.
  const changed = handlers === null ? undefined : turn.next.activations.find(({ number }) => number === before.number);
  const activation = changed ?? before;
  const { intents, next } = activation;
  if (next + 1 === intents.length) finish(turn, activation);
  else flyAgain(turn, { ...activation, next: next + 1, attempt: 1, mode: "in flight", dueAt: null });
}

/** Asks the host for an attempt. */
function dispatch(turn: Turn, activation: Activation, intent: Intent): void {
  const { number, next: index, attempt } = activation;
  turn.attempts.push({ activation: number, index, intent, attempt, timeout: policyOf(turn, intent).timeout });
  if (turn.machine.publishes) publish(turn, { type: "dispatched", ...aboutAttempt(turn, activation, intent, attempt) });
}

function intentOf({ intents, next }: Activation): Intent {
  return at(intents, next);
}

function replace({ next }: Turn, activation: Activation): void {
  next.activations = next.activations.map((other) => (other.number === activation.number ? activation : other));
}
