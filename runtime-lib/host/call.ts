import type { Attempt } from "../kernel/event.js";
import { keyOf } from "../kernel/instance.js";

/** `AbortSignal` where the reader's types have it, else the part of it that everybody needs. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } }
  ? S
  : {
      readonly aborted: boolean;
      readonly reason: unknown;
      addEventListener(type: "abort", listener: () => void): void;
      removeEventListener(type: "abort", listener: () => void): void;
    };

interface AbortControllerLike {
  readonly signal: Signal;
  abort(reason: unknown): void;
}

// The runtime is compiled without the types of Node or of browsers; this exists in both.
declare const AbortController: new () => AbortControllerLike;

/** What an adapter gets to know of the attempt that it makes. `key` and `signal` cost nothing unless they are read. */
export interface EffectCall {
  /** The idempotency key: the same for each attempt of this intent, and never that of another. */
  readonly key: string;
  /** From 1. */
  readonly attempt: number;
  /** The activation's number: it only grows, and may serve as a fencing token. */
  readonly activation: number;
  /** Aborted when the attempt times out, is no longer needed, or the instance stops. */
  readonly signal: Signal;
  readonly domain: string;
  /** The instance's key. */
  readonly instance: string;
  /** Observes facts of the instance, as its own `observe` does. */
  observe(facts: object): Promise<void>;
}

/** What an attempt needs of the host that makes it. */
export interface Caller {
  readonly domain: string;
  readonly epoch: string;
  observe(instance: string, facts: unknown): Promise<void>;
}

/** An attempt under way, as its adapter sees it. */
export class Call implements EffectCall {
  readonly #caller: Caller;
  readonly #made: Attempt;
  readonly instance: string;
  #controller: AbortControllerLike | null = null;
  #aborted: Error | null = null;

  constructor(caller: Caller, instance: string, made: Attempt) {
    this.#caller = caller;
    this.instance = instance;
    this.#made = made;
  }

  /** Gives the attempt that a call makes. */
  static madeBy(call: Call): Attempt {
    return call.#made;
  }

  /** Says whether a call was given up: what its adapter throws from now on says nothing. */
  static isAborted(call: Call): boolean {
    return call.#aborted !== null;
  }

  /** Gives a call up. */
  static abort(call: Call, reason: string): void {
    if (call.#aborted !== null) return;
    call.#aborted = new Error(reason);
    call.#aborted.name = "AbortError";
    call.#controller?.abort(call.#aborted);
  }

  get key(): string {
    const { domain, epoch } = this.#caller;
    return keyOf(domain, this.instance, epoch, this.#made.activation, this.#made.index);
  }

  get attempt(): number {
    return this.#made.attempt;
  }

  get activation(): number {
    return this.#made.activation;
  }

  get domain(): string {
    return this.#caller.domain;
  }

  get signal(): Signal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#aborted !== null) this.#controller.abort(this.#aborted);
    }
    return this.#controller.signal;
  }

  observe(facts: object): Promise<void> {
    const accepted = this.#caller.observe(this.instance, facts);
    // An adapter that does not wait for the answer must not bring the process down; the refusal is published.
    accepted.catch(() => {});
    return accepted;
  }
}
