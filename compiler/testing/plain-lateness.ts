// Timers ring a little late: what happens may come at a moment at which some of what is waited for is over already, and what is over at
// the same time is over at once.
import type { Input } from "../../runtime-lib/kernel/event.js";
import type { Activation, Backoff, Instance } from "../../runtime-lib/kernel/instance.js";
import type { Machine } from "../../runtime-lib/kernel/rules.js";
import { later } from "./plain-situation.js";

/** Something that only time ends: the instance once it is over. */
type Wait = (instance: Instance) => Instance;

/** Of more waits than this only each and all are over at once. */
const maxCombined = 4;

/**
 * Gives an instance at each moment at which an input may come: nothing of what it waits for is over, or some of it.
 * @param due only waits that end then may be over
 */
export function momentsOf(machine: Machine, instance: Instance, input: Input, due: number): Instance[] {
  // What is known already wakes nobody: the timer has yet to ring.
  if (input.type === "observation" && isKnown(instance, input.facts)) return [instance];
  const clocks = clocksIn(machine, instance).filter((clock) => instance.since[clock] === due - later);
  const waits = [...pausesIn(instance, due), ...clocks.map(ringing), ...holdIn(instance, due)];
  return combinationsOf(waits).map((some) => some.reduce((moment, over) => over(moment), instance));
}

function isKnown({ state, realities }: Instance, facts: unknown): boolean {
  return realities.length > 0 && Object.entries(facts ?? {}).every(([field, value]) => state[field] === value);
}

function combinationsOf(waits: readonly Wait[]): Wait[][] {
  if (waits.length > maxCombined) return [[], ...waits.map((wait) => [wait]), [...waits]];
  return Array.from({ length: 2 ** waits.length }, (_, bits) => waits.filter((_, index) => (bits >> index) & 1));
}

/** Each transition that waits: for its next attempt, or until it has cooled down. */
function pausesIn({ activations, backoffs }: Instance, due: number): Wait[] {
  const waiting = [...activations.filter(({ dueAt }) => dueAt === due), ...backoffs.filter(({ until }) => until === due)];
  const transitions = new Set(waiting.map(({ transition }) => transition));
  return [...transitions].map((transition) => (instance) => ({
    ...instance,
    activations: instance.activations.map((one) =>
      one.transition === transition && one.dueAt === due ? { ...one, dueAt: 0 } : one,
    ),
    backoffs: instance.backoffs.filter((backoff) => backoff.transition !== transition || backoff.until !== due),
  }));
}

/** Gives the waits of an instance, and what is different once each of them is over. */
export function wakesOf(machine: Machine, instance: Instance): [string, Partial<Instance>][] {
  const { activations, backoffs, heldUntil } = instance;
  const retries = activations
    .filter(({ dueAt }) => dueAt === later)
    .map((one): [string, Partial<Instance>] => [
      `retry ${one.transition}`,
      {
        activations: activations.map((other) => (other === one ? { ...one, dueAt: 0 } : other)),
        backoffs: backoffs.filter((backoff) => !isOf(backoff, one)),
      },
    ]);
  const pauses = backoffs
    .filter((backoff) => !activations.some((activation) => isOf(backoff, activation)))
    .map((one): [string, Partial<Instance>] => [
      `pause ${one.transition} ${JSON.stringify(one.intents)}`,
      { backoffs: backoffs.filter((other) => other !== one) },
    ]);
  const clocks = clocksIn(machine, instance).map((clock): [string, Partial<Instance>] => [
    `clock ${clock}`,
    ringing(clock)(instance),
  ]);
  return [
    ...retries,
    ...pauses,
    ...clocks,
    ...(heldUntil === null ? [] : [["hold", { heldUntil: null }] satisfies [string, Partial<Instance>]]),
  ];
}

/** Says whether a backoff is the wait of an activation's next attempt. */
export function isOf(backoff: Backoff, { transition, intents }: Activation): boolean {
  return backoff.transition === transition && JSON.stringify(backoff.intents) === JSON.stringify(intents);
}

/** Gives the clocks of an instance that are running, by their indices. */
export function clocksIn({ durations }: Machine, { state, since }: Instance): number[] {
  return (durations?.all ?? []).flatMap(({ name }, index) =>
    state[name] === true || (since[index] ?? null) === null ? [] : [index],
  );
}

/** Lets a clock ring. */
export function ringing(clock: number): Wait {
  return (instance) => ({ ...instance, since: instance.since.map((began, index) => (index === clock ? -later : began)) });
}

function holdIn({ heldUntil }: Instance, due: number): Wait[] {
  return heldUntil !== due ? [] : [(instance) => ({ ...instance, heldUntil: null })];
}
