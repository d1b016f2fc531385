import type { Definition, Invariant, State, Transition } from "./definition.js";

/** When an intent is tried again, and how long one attempt may take. */
export interface RetryPolicy {
  /** The first delay, in ms. */
  readonly initial: number;
  /** By how much each delay is longer than the one before. */
  readonly factor: number;
  /** The longest delay, in ms. */
  readonly max: number;
  /** The part of a delay, from 0 to 1, that chance may take off it. */
  readonly jitter: number;
  /** How long an attempt may take, in ms; 0: as long as it likes. */
  readonly timeout: number;
}

/** The policy of every effect that has none of its own. */
export const defaultRetry: RetryPolicy = { initial: 1000, factor: 2, max: 60_000, jitter: 0.2, timeout: 30_000 };

/** A transition with its name. */
export interface NamedTransition extends Transition {
  readonly name: string;
}

/** A definition prepared for `react`: everything in order, and how to retry. */
export interface Machine {
  readonly domain: string;
  readonly initial: State;
  readonly merge: Definition["merge"];
  readonly same: Definition["same"];
  readonly goals: readonly { readonly name: string; readonly reality: (state: State) => string | null }[];
  readonly transitions: readonly NamedTransition[];
  readonly invariants: readonly { readonly name: string; readonly holds: Invariant }[];
  readonly retry: RetryPolicy;
  readonly retryOf: ReadonlyMap<string, RetryPolicy>;
  /** Whether reactions carry events; without listeners they would be made for nothing. */
  readonly publishes: boolean;
}

/** How a machine differs from the plain one. */
export interface MachineOptions {
  readonly retry?: RetryPolicy;
  readonly retryOf?: ReadonlyMap<string, RetryPolicy>;
  readonly publishes?: boolean;
}

/** Prepares a definition. */
export function prepare(definition: Definition, options: MachineOptions = {}): Machine {
  return {
    domain: definition.name,
    initial: definition.initial,
    merge: definition.merge,
    same: definition.same,
    goals: Object.entries(definition.goals).map(([name, reality]) => ({ name, reality })),
    transitions: Object.entries(definition.transitions).map(([name, transition]) => ({ name, ...transition })),
    invariants: Object.entries(definition.invariants ?? {}).map(([name, holds]) => ({ name, holds })),
    retry: options.retry ?? defaultRetry,
    retryOf: options.retryOf ?? new Map(),
    publishes: options.publishes ?? true,
  };
}
