import type { Address } from "../kernel/compiled.js";
import type { Phase } from "../kernel/instance.js";
import type { State, Value } from "../kernel/value.js";
import type { Line } from "./simulated-run.js";

/** One thing that happens to an instance; transitions are given by what `T` is. */
export type Happening<T = string> =
  /** It is asked for the first time, with nothing observed; or the system starts. */
  | { readonly kind: "start" }
  | { readonly kind: "observe"; readonly facts: State }
  /** The effect that a transition has in flight happened; the value is what its adapter returns, where a handler asks for it. */
  | { readonly kind: "done"; readonly transition: T; readonly value?: Value }
  /** It failed, or nobody knows. */
  | {
      readonly kind: "failed" | "unknown";
      readonly transition: T;
      readonly reason?: string;
      /** Whether the time in which the transition is not tried again passes at once: it is free to start by then. */
      readonly isDelayOver?: boolean;
    }
  /** Time passes until something has held for long enough: the field that says so. */
  | { readonly kind: "elapse"; readonly duration: string }
  /** Time passes until the transition is tried again. */
  | { readonly kind: "retry"; readonly transition: T }
  /** Time passes until an instance that went round in circles goes on. */
  | { readonly kind: "resume" }
  /** The process is killed and starts again: of what was under way nobody knows whether it happened. */
  | { readonly kind: "crash" };

/** A message that is sent from outside. */
export interface Sending {
  readonly kind: "send";
  readonly message: string;
  readonly args: readonly Value[];
}

/** One step of a story, as `vedc verify --format json` gives it. */
export type Cue = (Happening | Sending) & {
  /**
   * To which instance it happens; absent where the system starts, and in a domain by itself to which it makes no difference what its
   * instances are called.
   */
  readonly of?: Address;
  /**
   * What else is over by then, though its timer has not rung yet: the fields that say what has held for long enough, and the transitions that
   * may be tried again.
   */
  readonly overdue?: readonly string[];
};

/** How an instance of a system stands: at work may also be who only waits until the mailbox of another has room. */
export type Standing = Phase | "stopped" | "waiting for room";

/** Where a replay has come to after a cue. */
export interface Played {
  /** Of a system: `working` where one of its instances is at work, else `stuck` where one is. */
  readonly phase: Phase | "stopped";
  /** Of a system each field behind the name of its instance: `Shop/default.want`. */
  readonly state: State;
  /** Of a system how each of its instances stands, by its name: `Shop/default`. */
  readonly instances?: Readonly<Record<string, Standing>>;
}

/** What came of a replay. */
export interface Replayed {
  /** After each cue. */
  readonly played: readonly Played[];
  /** What happened, in virtual time. */
  readonly timeline: readonly Line[];
}
