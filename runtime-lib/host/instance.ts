import type { Status } from "../kernel/status.js";
import type { Signal } from "./call.js";
import type { Host } from "./host.js";
import type { SettleRequest } from "./journal.js";

/** What of a state is observable: all but what the runtime keeps itself. */
export type Observable<S extends object> = {
  [N in keyof S as N extends "self" | `${string} for ${string}` ? never : N]: S[N];
};

/** The key of an instance that is given none. */
export const defaultKey = "default";

/** How to wait until something has settled. */
export interface SettledOptions {
  /** Ends the waiting: it rejects with the signal's reason. */
  readonly signal?: Signal;
}

/** One instance of a domain, by its key: its state `S`, and its status `Q`. It comes to life when it is first observed. */
export interface Instance<S extends object = object, Q extends Status = Status> {
  readonly key: string;
  /** The state: plain and frozen. */
  readonly state: Readonly<S>;
  /** How it stands, as plain data. */
  readonly status: Q;
  /**
   * Observes facts of it. Resolves once they are accepted, and kept where there is a journal.
   * @throws ObservationError (as a rejection) for a field or a value that the state does not have; nothing is applied.
   */
  observe(facts: Partial<Observable<S>>): Promise<void>;
  /** The status once it rests, is stuck, oscillates or is stopped. Rejects with the signal's reason when that aborts. */
  settled(options?: SettledOptions): Promise<Q>;
  /**
   * Settles a pending intent by hand, when nobody else will ever report its outcome.
   * @param key its idempotency key, as `status` shows it
   * @param note who says so and why; and, where a handler asks for it, what the effect came to
   * @throws ObservationError (as a rejection) where no pending intent has the key, or the value is missing.
   */
  resolve(
    key: string,
    outcome: "happened" | "did not happen",
    note?: Partial<Pick<SettleRequest, "by" | "why" | "value">>,
  ): Promise<void>;
}

/** A started domain: a host of one instance. */
export interface Running<S extends object = object, Q extends Status = Status> extends Instance<S, Q> {
  /** Starts nothing any more, aborts running adapters and clears the timers; observations are rejected from now on. */
  stop(): Promise<void>;
}

/** What users hold of an instance: a name for it, and the way to its host. */
export class Handle implements Running {
  readonly #host: Host;
  readonly key: string;

  constructor(host: Host, key: string) {
    this.#host = host;
    this.key = key;
  }

  get state(): object {
    return Object.freeze(this.#host.find(this.key).state);
  }

  get status(): Status {
    return this.#host.statusOf(this.key);
  }

  observe(facts: unknown): Promise<void> {
    return this.#host.observe(this.key, facts);
  }

  settled(options?: SettledOptions): Promise<Status> {
    return this.#host.settled(this.key, options?.signal);
  }

  resolve(key: string, outcome: "happened" | "did not happen", note: Partial<SettleRequest> = {}): Promise<void> {
    const { by = "", why = "", value } = note;
    const said = { key, happened: outcome === "happened", by, why };
    return this.#host.resolve(value === undefined ? said : { ...said, value });
  }

  stop(): Promise<void> {
    return this.#host.stop();
  }
}
