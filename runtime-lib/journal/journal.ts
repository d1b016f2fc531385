import type { KernelEvent } from "../kernel/event.js";

/**
 * Where the life of instances is written down before it has consequences: an observation is acknowledged, and an attempt
 * dispatched, only after the events that say so were appended.
 */
export interface Journal {
  /** Drawn when the journal is created and kept with it; part of every idempotency key. */
  readonly epoch: string;
  /** Resolves (or returns nothing) once the events are on stable storage. Calls are answered in order. */
  append(events: readonly KernelEvent[]): Promise<void> | undefined;
}
