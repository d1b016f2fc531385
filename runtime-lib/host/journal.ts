import type { Input } from "../kernel/event.js";
import type { Instance } from "../kernel/instance.js";
import type { Reaction } from "../kernel/react.js";
import type { Machine } from "../kernel/rules.js";
import type { Value } from "../kernel/value.js";

/** Writes of an activation to fields that its program no longer has: they were dropped. */
export interface DroppedWrites {
  readonly transition: string;
  readonly activation: number;
  readonly fields: readonly string[];
}

/** An instance as a journal has kept it, made one of the program that runs now. */
export interface Revived {
  readonly domain: string;
  readonly instance: Instance;
  readonly dropped: readonly DroppedWrites[];
}

/** An operator's word on an intent. */
export interface SettleRequest {
  /** The intent's idempotency key. */
  readonly key: string;
  readonly happened: boolean;
  readonly by: string;
  readonly why: string;
  /** What the effect came to, where a handler asks for it. */
  readonly value?: Value;
}

/** A message by who has sent it, and its number there. */
export interface TakenMessage {
  readonly domain: string;
  readonly key: string;
  readonly number: number;
}

/** What a journal needs of the host that opens it. */
export interface JournalOwner {
  /** The domains whose instances it keeps. */
  readonly machines: readonly Machine[];
  /** The epoch of a journal that does not exist yet. */
  readonly epoch: string;
  /** Whether there is an adapter for an effect, perhaps one for what the program no longer has. */
  canCarryOut(domain: string, effect: string): boolean;
  /** The instances as they are now, of each domain in the order of `machines`. */
  instances(): readonly Iterable<Instance>[];
  /** Epoch ms. */
  now(): number;
  /** Settles an intent for an operator who reaches the journal and not the host. Rejects with the reason where it cannot. */
  resolve(request: SettleRequest): Promise<void>;
}

/**
 * What a host writes down before it has consequences: an observation is acknowledged, and an attempt dispatched, only after
 * the reaction that says so was appended.
 */
export interface Journal {
  /**
   * Takes the journal for one host, and gives what it has kept. Nothing of the program has run by then.
   * @throws (as a rejection) when it is in use or damaged, or when the program cannot take over what it holds.
   */
  open(owner: JournalOwner): Promise<{ readonly epoch: string; readonly revived: readonly Revived[] }>;
  /**
   * Writes a reaction down; `before` is null for a new instance, `taken` is the message of another that it has taken. Resolves
   * once that, and all before it, is on stable storage; null: there is nothing to write. Reactions that are written together
   * share one promise.
   */
  append(machine: Machine, before: Instance | null, reaction: Reaction, input: Input, taken?: TakenMessage): Promise<void> | null;
  /** Resolves once everything is on stable storage and the journal may be opened again. */
  close(): Promise<void>;
}
