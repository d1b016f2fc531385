import type { Intent } from "./compiled.js";
import type { FaultKind, Settlement } from "./instance.js";
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

/** A message arrived, or an event. */
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

/** An attempt came to something. */
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

interface About {
  readonly domain: string;
  /** The instance's key. */
  readonly instance: string;
  /** Epoch ms. */
  readonly at: number;
}

interface AboutActivation extends About {
  readonly transition: string;
  /** The activation's number. */
  readonly activation: number;
  /** Which of the transition's later steps it is at, from 1; absent at the first. */
  readonly step?: number;
}

interface AboutAttempt extends AboutActivation {
  /** The idempotency key. */
  readonly key: string;
  readonly intent: Intent;
  readonly attempt: number;
}

/** Something that happened to an instance, as it is published. */
export type KernelEvent =
  | (About & { readonly type: "observed"; readonly facts: State; readonly changed: readonly string[] })
  | (About & { readonly type: "refused"; readonly reason: string })
  | (AboutActivation & { readonly type: "started"; readonly intents: readonly Intent[]; readonly writes: Partial<State> })
  | (AboutAttempt & { readonly type: "dispatched" })
  | (AboutAttempt & { readonly type: "done" })
  | (AboutAttempt & { readonly type: "failed" | "unknown"; readonly reason: string; readonly retryAt: number })
  | (AboutAttempt & { readonly type: "settled"; readonly happened: boolean; readonly by: string; readonly why: string })
  /** It was taken over from a journal: what follows is what that led to. */
  | (About & { readonly type: "recovered"; readonly state: State })
  /** A pending activation of an older program would have written fields that this one no longer has. */
  | (AboutActivation & { readonly type: "dropped"; readonly fields: readonly string[] })
  | (AboutActivation & { readonly type: "abandoned"; readonly reason: "goals hold" | "no longer wanted" })
  | (AboutActivation & {
      readonly type: "committed";
      readonly writes: Partial<State>;
      /** Writes that were dropped: an activation that started later had written the field already. */
      readonly dropped: readonly string[];
      readonly state: State;
    })
  | (AboutActivation & { readonly type: "overridden"; readonly field: string; readonly observed: Value; readonly written: Value })
  | (AboutActivation & { readonly type: "invariantBroken"; readonly invariant: string })
  | (About & { readonly type: "faulted"; readonly kind: FaultKind; readonly name: string; readonly reason: string })
  /** A handler ran: what became of an effect has changed the state. */
  | (About & { readonly type: "handled"; readonly effect: string; readonly outcome: Outcome; readonly writes: Partial<State> })
  /** A commit has sent a message, or (`to` is null) broadcast an event. */
  | (About & { readonly type: "sent"; readonly to: string | null; readonly message: string; readonly args: readonly Value[] })
  /** The turn of a message has come; `from` is null where it comes from outside. */
  | (About & {
      readonly type: "received";
      readonly from: string | null;
      readonly message: string;
      readonly args: readonly Value[];
    })
  /** A condition has held for long enough: the field that says so. */
  | (About & { readonly type: "elapsed"; readonly duration: string })
  /** The world did not show in time what an effect that happened was expected to bring about. */
  | (About & { readonly type: "notShown"; readonly effect: string })
  /** The clock is behind a time at which something had begun already, or a wait is longer than any: by so many ms. */
  | (About & { readonly type: "clockWentBack"; readonly by: number })
  | (About & { readonly type: "rested"; readonly state: State; readonly realities: Readonly<Record<string, string>> })
  | (About & { readonly type: "stuck"; readonly state: State; readonly unmet: readonly string[] })
  | (About & { readonly type: "oscillating"; readonly state: State; readonly resumesAt: number })
  /** `reason` is why it stopped by itself: a failed write; empty when it was asked to. */
  | (About & { readonly type: "stopped"; readonly reason: string });
