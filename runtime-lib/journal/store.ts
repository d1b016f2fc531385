import type { SettleRequest, TakenMessage } from "../host/journal.js";
import type { Plan } from "../kernel/compiled.js";
import type { Input, OutcomeInput } from "../kernel/event.js";
import type { State } from "../kernel/value.js";
import type { Changes } from "./image.js";

/** What happened, as it is kept: an input of the kernel, or that this is a whole image. `now` is in epoch ms. */
export type RecordedInput =
  | Exclude<Input, { readonly type: "observation" | "outcome" }>
  | RecordedOutcome
  | { readonly type: "observation"; readonly now: number; readonly facts: State }
  | { readonly type: "snapshot"; readonly now: number };

/** What an attempt came to; what is absent is 0, 1 and nothing. */
export interface RecordedOutcome extends Pick<OutcomeInput, "type" | "now" | "activation" | "outcome"> {
  readonly intent?: number;
  readonly attempt?: number;
  readonly reason?: string;
}

/** The commit of an activation that began and ended in one reaction. */
export interface RecordedCommit {
  readonly transition: string;
  readonly activation: number;
  readonly writes: Plan["writes"];
}

/** One reaction of an instance as plain data: what happened, and what became of the instance. It is kept whole or not at all. */
export interface JournalRecord {
  readonly domain: string;
  /** The instance's key. */
  readonly key: string;
  readonly input: RecordedInput;
  /** What handlers of the outcome wrote; absent where none ran. */
  readonly handled?: Partial<State>;
  /** The activations that committed, in order: by number those that were pending. */
  readonly commits?: readonly (number | RecordedCommit)[];
  /** The message that this has taken of another instance, which has it on its way no longer; absent where it has taken none. */
  readonly taken?: TakenMessage;
  /** What of the instance's image has changed; in its first record and in a snapshot the whole image. */
  readonly changes: Changes;
}

/** What a store needs of whoever opens it. */
export interface StoreOwner {
  /** The epoch of a store that does not exist yet. */
  readonly epoch: string;
  /** Given every record that is kept, in the order in which they were appended. If it throws, opening fails with that. */
  replay(record: JournalRecord): void;
  /** A snapshot record for each instance as it is now: with them a store may forget all records before. */
  snapshot(): Iterable<JournalRecord>;
  /** Settles an intent for an operator who reaches the store and not the host. Rejects with the reason where it cannot. */
  resolve(request: SettleRequest): Promise<void>;
}

/**
 * Where records are kept. Anything will do that keeps them in order: see `memory.ts` for all that it takes, and
 * `conformance.ts` for what is expected of it.
 */
export interface Store {
  /**
   * Takes the store for one owner, replays what it holds, and gives its epoch, which was drawn when it was created.
   * @throws (as a rejection) when it is in use, or damaged.
   */
  open(owner: StoreOwner): Promise<string>;
  /**
   * Resolves once the record, and all before it, are on stable storage. Once it has rejected, it rejects for ever: nobody
   * knows what of that write is kept. Records that are written together may share one promise.
   */
  append(record: JournalRecord): Promise<void>;
  /** Resolves once everything is on stable storage and the store may be opened again. */
  close(): Promise<void>;
}
