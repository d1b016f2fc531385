import type { Intent, RealitiesByGoal } from "./compiled.js";
import type { Faulted, Settlement } from "./instance.js";
import type { State, Value } from "./value.js";

/** What an attempt came to. */
export type Outcome = "done" | "failed" | "unknown";

/** What may happen to an instance; `now` is in epoch ms, the only way in for time. */
export type Input =
  /** `state`: with what it begins instead of its defaults. */
  | { readonly type: "started"; readonly now: number; readonly state?: Partial<State> }
  | { readonly type: "observation"; readonly now: number; readonly facts: unknown }
  | { readonly type: "timer"; readonly now: number }
  /** The instance was taken over from a journal. */
  | { readonly type: "recovered"; readonly now: number }
  | ({ readonly type: "settled"; readonly now: number } & Settlement)
  /** All that it has sent has arrived. */
  | { readonly type: "delivered"; readonly now: number }
  | MessageInput
  | OutcomeInput;

/** A message that arrived, or an event. */
export interface MessageInput {
  readonly type: "message";
  readonly now: number;
  /** The name of the instance that has sent it; null: it comes from outside. */
  readonly from: string | null;
  readonly name: string;
  readonly args: readonly unknown[];
  readonly isEvent: boolean;
  readonly isHigh: boolean;
}

/** What an attempt came to, as an input. */
export interface OutcomeInput {
  readonly type: "outcome";
  readonly now: number;
  readonly activation: number;
  /** The index of the intent. */
  readonly intent: number;
  readonly attempt: number;
  readonly outcome: Outcome;
  /** What the adapter threw, in words; empty when it is done. */
  readonly reason: string;
  /** What the adapter returned, where a handler asks for it. */
  readonly value?: unknown;
}

/** An attempt that the host is to make. */
export interface Attempt {
  readonly activation: number;
  /** The intent's index in its activation. */
  readonly index: number;
  readonly intent: Intent;
  readonly attempt: number;
  /** In ms; 0: none. */
  readonly timeout: number;
}

interface About<D extends string> {
  readonly domain: D;
  /** The instance's key. */
  readonly instance: string;
  /** Epoch ms. */
  readonly at: number;
}

interface AboutActivation<D extends string, T extends string> extends About<D> {
  readonly transition: T;
  /** The activation's number. */
  readonly activation: number;
  /** Which of the transition's later steps it is at, from 1; absent at the first. */
  readonly step?: number;
}

interface AboutAttempt<D extends string, T extends string, F extends string> extends AboutActivation<D, T> {
  /** The idempotency key. */
  readonly key: string;
  readonly intent: Intent<F>;
  readonly attempt: number;
}

/**
 * Something that happened to an instance, as it is published: of a domain `D` with the state `S`, the realities `G` of each goal,
 * the transitions' names `T` and the effects' names `F`. What a program took over from an older one goes by its old name.
 */
export type KernelEvent<
  S extends object = State,
  G extends object = RealitiesByGoal,
  T extends string = string,
  F extends string = string,
  D extends string = string,
> =
  | (About<D> & {
      readonly type: "observed";
      readonly facts: Readonly<Partial<S>>;
      readonly changed: readonly (keyof S & string)[];
    })
  | (About<D> & { readonly type: "refused"; readonly reason: string })
  | (AboutActivation<D, T> & {
      readonly type: "started";
      readonly intents: readonly Intent<F>[];
      readonly writes: Readonly<Partial<S>>;
    })
  | (AboutAttempt<D, T, F> & { readonly type: "dispatched" })
  | (AboutAttempt<D, T, F> & { readonly type: "done" })
  | (AboutAttempt<D, T, F> & { readonly type: "failed" | "unknown"; readonly reason: string; readonly retryAt: number })
  | (AboutAttempt<D, T, F> & { readonly type: "settled"; readonly happened: boolean; readonly by: string; readonly why: string })
  /** It was taken over from a journal: what follows is what that led to. */
  | (About<D> & { readonly type: "recovered"; readonly state: Readonly<S> })
  /** A pending activation of an older program would have written fields that this one no longer has. */
  | (AboutActivation<D, string> & { readonly type: "dropped"; readonly fields: readonly string[] })
  | (AboutActivation<D, T> & { readonly type: "abandoned"; readonly reason: "goals hold" | "no longer wanted" })
  | (AboutActivation<D, T> & {
      readonly type: "committed";
      readonly writes: Readonly<Partial<S>>;
      /** Writes that were dropped: an activation that started later had written the field already. */
      readonly dropped: readonly (keyof S & string)[];
      readonly state: Readonly<S>;
    })
  | (AboutActivation<D, T> & {
      readonly type: "overridden";
      readonly field: keyof S & string;
      readonly observed: Value;
      readonly written: Value;
    })
  | (AboutActivation<D, T> & { readonly type: "invariantBroken"; readonly invariant: string })
  | (About<D> & { readonly type: "faulted"; readonly reason: string } & Faulted<G, T>)
  /** A handler ran: what became of an effect has changed the state. */
  | (About<D> & {
      readonly type: "handled";
      readonly effect: F;
      readonly outcome: Outcome;
      readonly writes: Readonly<Partial<S>>;
    })
  /** A commit has sent a message, or (`to` is null) broadcast an event. */
  | (About<D> & { readonly type: "sent"; readonly to: string | null; readonly message: string; readonly args: readonly Value[] })
  /** The turn of a message has come; `from` is null where it comes from outside. */
  | (About<D> & {
      readonly type: "received";
      readonly from: string | null;
      readonly message: string;
      readonly args: readonly Value[];
    })
  /** A condition has held for long enough: the field that says so. */
  | (About<D> & { readonly type: "elapsed"; readonly duration: keyof S & string })
  /** The world did not show in time what an effect that happened was expected to bring about. */
  | (About<D> & { readonly type: "notShown"; readonly effect: F })
  /** The clock is behind a time at which something had begun already, or a wait is longer than any: by so many ms. */
  | (About<D> & { readonly type: "clockWentBack"; readonly by: number })
  | (About<D> & {
      readonly type: "rested";
      readonly state: Readonly<S>;
      readonly realities: { readonly [N in keyof G & string]: Extract<G[N], string> };
    })
  | (About<D> & { readonly type: "stuck"; readonly state: Readonly<S>; readonly unmet: readonly (keyof G & string)[] })
  | (About<D> & { readonly type: "oscillating"; readonly state: Readonly<S>; readonly resumesAt: number })
  /** `reason` is why it stopped by itself: a failed write; empty when it was asked to. */
  | (About<D> & { readonly type: "stopped"; readonly reason: string });
