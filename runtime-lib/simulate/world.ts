import { OutcomeUnknown } from "../errors.js";
import type { EffectCall } from "../host/call.js";
import { Violation } from "./violation.js";

/** What a call may come to. `lost`: the effect happened, but the answer did not arrive. */
export type Answer = "done" | "failed" | "unknown" | "lost" | "twice";

/** A call of an adapter that has not been answered. */
export interface OpenCall {
  readonly call: EffectCall;
  readonly effect: string;
  readonly args: readonly unknown[];
  readonly life: number;
  resolve(): void;
  reject(error: Error): void;
}

/** An effect that happened. */
export interface Happened {
  readonly effect: string;
  readonly instance: string;
  readonly activation: number;
  /** Which journal's life it belongs to. */
  readonly life: number;
}

interface Seen {
  readonly intent: string;
  readonly life: number;
}

/** The world that effects change: a receiver that honours idempotency keys and forgets nothing. */
export class World {
  /** Effects that happened, by their keys. */
  readonly happened = new Map<string, Happened>();
  /** Calls that nobody has answered yet, the oldest first; also of processes that are gone. */
  open: OpenCall[] = [];
  /** Grows when a journal is lost and another one begins. */
  life = 1;
  readonly #seen = new Map<string, Seen>();

  /** Takes a call. @throws Violation where its key was another intent's. */
  take(effect: string, args: readonly unknown[], call: EffectCall): Promise<void> {
    const intent = JSON.stringify([effect, args]);
    const seen = this.#seen.get(call.key);
    if (seen !== undefined && (seen.intent !== intent || seen.life !== this.life)) {
      const other = seen.life === this.life ? "another intent" : "another life of the instance";
      throw new Violation(`the key ${call.key} was used before, by ${other}`);
    }
    this.#seen.set(call.key, { intent, life: this.life });
    return new Promise((resolve, reject) => {
      this.open.push({ call, effect, args, life: this.life, resolve, reject });
    });
  }

  /** Answers a call. */
  answer(open: OpenCall, answer: Answer): void {
    this.open = this.open.filter((other) => other !== open);
    if (answer === "failed") return open.reject(new Error("503 Service Unavailable"));
    if (answer !== "unknown") this.#happen(open);
    if (answer === "lost" || answer === "unknown") return open.reject(new OutcomeUnknown("the connection broke"));
    open.resolve();
    if (answer === "twice") open.reject(new Error("a second answer"));
  }

  #happen({ call: { key, instance, activation }, effect, life }: OpenCall): void {
    if (!this.happened.has(key)) this.happened.set(key, { effect, instance, activation, life });
  }
}
