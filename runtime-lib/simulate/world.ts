import { OutcomeUnknown } from "../errors.js";
import type { EffectCall } from "../host/call.js";
import { seedOf } from "../kernel/random.js";
import type { ValueType } from "../kernel/value.js";
import { Violation } from "./violation.js";

/** What a call may come to. `lost`: the effect happened, but the answer did not arrive. */
export type Answer = "done" | "failed" | "unknown" | "lost" | "twice";

/** A call of an adapter that has not been answered. */
export interface OpenCall {
  readonly call: EffectCall;
  readonly effect: string;
  readonly args: readonly unknown[];
  readonly life: number;
  /** What is wrong with it: its key was another intent's. */
  readonly broken: Violation | null;
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

  /** Takes a call; it is open until it is answered. */
  take(effect: string, args: readonly unknown[], call: EffectCall): { readonly open: OpenCall; readonly answer: Promise<void> } {
    let [resolve, reject]: [() => void, (error: Error) => void] = [() => {}, () => {}];
    const answer = new Promise<void>((onResolve, onReject) => {
      [resolve, reject] = [onResolve, onReject];
    });
    const open = { call, effect, args, life: this.life, broken: this.#look(effect, args, call.key), resolve, reject };
    this.open.push(open);
    return { open, answer };
  }

  /** Finds out whether a key was used before, by another intent or another life of the instance; null: it was not. */
  #look(effect: string, args: readonly unknown[], key: string): Violation | null {
    const intent = JSON.stringify([effect, args]);
    const seen = this.#seen.get(key);
    this.#seen.set(key, { intent, life: this.life });
    if (seen === undefined || (seen.intent === intent && seen.life === this.life)) return null;
    const other = seen.life === this.life ? "another intent" : "another life of the instance";
    return new Violation(`the key ${key} was used before, by ${other}`);
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

/** Gives what an adapter returns: the same for each attempt, but that the first now and then is not what it should be. */
export function answerOf(type: ValueType | undefined, { key, attempt }: EffectCall): unknown {
  if (type === undefined) return undefined;
  const seed = seedOf(key);
  if (seed % 20 === 0 && attempt === 1) return null;
  if (type === "int") return seed % 5;
  if (type === "bool") return seed % 2 === 0;
  if (type === "string") return `id${seed % 3}`;
  return "min" in type ? Math.min(type.min + (seed % 5), type.max) : type[seed % type.length];
}
