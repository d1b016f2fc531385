import { at } from "./at.js";
import type { Intent, RealitiesByGoal } from "./compiled.js";
import { hasEffects } from "./features.js";
import { type Activation, type Expectation, type Faulted, type Instance, keyOf, type Mode, type Phase } from "./instance.js";
import type { Machine } from "./rules.js";
import { holdsUp } from "./waits.js";

/** How a goal with the realities `R` stands. */
export interface GoalStatus<R extends string = string> {
  readonly holds: boolean;
  /** The name of the reality that holds, or null. */
  readonly reality: R | null;
}

/** How an activation of one of the transitions `T` stands, which use the effects `F`. */
export interface ActivationStatus<T extends string = string, F extends string = string> {
  readonly transition: T;
  /** The idempotency key of its current intent. */
  readonly key: string;
  /** The intent that is carried out now. */
  readonly intent: Intent<F>;
  readonly attempt: number;
  readonly mode: Mode;
  /** When the next attempt is due (epoch ms); null while one is under way. */
  readonly nextAt: number | null;
  /** The transitions that it holds up. */
  readonly blocks: readonly T[];
}

/** What faulted in the current state, and why. */
export type FaultStatus<G extends object = RealitiesByGoal, T extends string = string> = Faulted<G, T> & {
  readonly reason: string;
};

/**
 * How an instance stands, as plain data: the realities `G` of each goal, the transitions' names `T`, and the effects' names `F`.
 */
export interface Status<G extends object = RealitiesByGoal, T extends string = string, F extends string = string> {
  readonly phase: Phase | "stopped";
  readonly goals: { readonly [N in keyof G & string]: GoalStatus<Extract<G[N], string>> };
  readonly activations: readonly ActivationStatus<T, F>[];
  readonly faults: readonly FaultStatus<G, T>[];
  /** What the world is expected to show, as effects with a contract have happened; absent where there is nothing. */
  readonly expected?: readonly Expectation<F>[];
  /** How many messages wait in its mailbox; absent where there are none. */
  readonly mailbox?: number;
  /**
   * What it has sent and no mailbox has taken, as they are full: it starts nothing until they have. Absent where there is
   * nothing.
   */
  readonly sending?: readonly { readonly to: string; readonly message: string }[];
}

/** Gives the status of an instance. */
export function statusOf(machine: Machine, instance: Instance): Status {
  const { phase, realities, activations, faults, expected, post } = instance;
  const { inbox, outgoing } = post;
  const goals: Record<string, GoalStatus> = {};
  let index = 0;
  for (const { name } of machine.goals) {
    const reality = realities[index++] ?? null;
    goals[name] = { holds: reality !== null, reality };
  }
  return {
    phase,
    goals,
    activations: !hasEffects || activations.length === 0 ? [] : activationsOf(machine, instance),
    faults: faults.length === 0 ? [] : faults.map(({ kind, name, reason }) => ({ kind, name, reason })),
    ...(expected.length === 0 ? {} : { expected }),
    ...(inbox.length === 0 ? {} : { mailbox: inbox.length }),
    ...(outgoing.length === 0
      ? {}
      : { sending: outgoing.map(({ to, name }) => ({ to: to === null ? "" : `${to.domain}/${to.key}`, message: name })) }),
  };
}

function activationsOf(machine: Machine, { activations, key, epoch }: Instance): ActivationStatus[] {
  return activations.map((activation) => activationOf(machine, key, epoch, activation));
}

function activationOf(machine: Machine, instance: string, epoch: string, activation: Activation): ActivationStatus {
  const { number, transition, intents, next, attempt, mode, dueAt } = activation;
  const heldUp = machine.transitions.filter((other) => holdsUp(activation, other));
  return {
    transition,
    key: keyOf(machine.domain, instance, epoch, number, next),
    intent: at(intents, next),
    attempt,
    mode,
    nextAt: dueAt,
    blocks: mode === "waiting" ? [] : heldUp.map(({ name }) => name),
  };
}
