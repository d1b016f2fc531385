import type { State } from "./definition.js";
import type { Attempt, KernelEvent } from "./event.js";
import { type Activation, type Instance, keyOf } from "./instance.js";
import type { Machine } from "./machine.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One call of `react` while it works: a copy of the instance that may be changed, and what was decided so far. */
export interface Turn {
  readonly machine: Machine;
  readonly now: number;
  readonly next: Mutable<Instance>;
  readonly attempts: Attempt[];
  readonly events: KernelEvent[];
  /** The state for which `next.realities` was worked out; null: none yet. */
  evaluated: State | null;
  allHold: boolean;
  commits: number;
  /** The earliest time at which a transition that is enabled stops backing off. */
  backoffEnds: number;
}

/** Begins a turn. */
export function begin(machine: Machine, instance: Instance, now: number): Turn {
  return {
    machine,
    now,
    next: { ...instance },
    attempts: [],
    events: [],
    evaluated: null,
    allHold: false,
    commits: 0,
    backoffEnds: Infinity,
  };
}

type Body<E> = E extends KernelEvent ? Omit<E, "domain" | "instance" | "at"> : never;

/** Publishes an event. */
export function publish(turn: Turn, body: Body<KernelEvent>): void {
  // Listeners get the state itself, and must not be able to change it.
  if ("state" in body) Object.freeze(body.state);
  const about = { domain: turn.machine.domain, instance: turn.next.key, at: turn.now };
  // Body<E> is E without what `about` adds.
  turn.events.push({ ...about, ...body } as KernelEvent);
}

/** What an event says about an activation. */
export function aboutActivation({ machine }: Turn, activation: Activation): { transition: string; activation: number } {
  return { transition: machine.transitions[activation.transition]?.name ?? "", activation: activation.number };
}

/** What an event says about the attempt of an activation's current intent. */
export function aboutAttempt(turn: Turn, activation: Activation) {
  const { key, epoch } = turn.next;
  const intent = activation.intents[activation.next];
  // An activation is only ever tried at an intent that it has.
  if (intent === undefined) throw new Error("an attempt without an intent");
  return {
    ...aboutActivation(turn, activation),
    key: keyOf(turn.machine.domain, key, epoch, activation.number, activation.next),
    intent,
    attempt: activation.attempt,
  };
}

/** Puts an activation in the place of its former self. */
export function replace({ next }: Turn, activation: Activation): void {
  next.activations = next.activations.map((other) => (other.number === activation.number ? activation : other));
}

/** Takes an activation out. */
export function remove({ next }: Turn, activation: Activation): void {
  next.activations = next.activations.filter((other) => other.number !== activation.number);
}
