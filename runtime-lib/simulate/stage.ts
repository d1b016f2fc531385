import { OutcomeUnknown } from "../errors.js";
import type { EffectCall } from "../host/call.js";
import type { HostOptions } from "../host/open.js";
import type { Address } from "../kernel/compiled.js";
import type { KernelEvent } from "../kernel/event.js";
import { nameOf } from "../kernel/mail.js";
import type { Value } from "../kernel/value.js";
import { wordsFor } from "../words.js";
import { adaptersFor } from "./adapters.js";
import { VirtualClock } from "./clock.js";
import type { Cue } from "./cue.js";
import type { Line } from "./simulated-run.js";

interface OpenCall {
  readonly of: Address;
  readonly activation: number;
  readonly resolve: (value: Value | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** The time until another attempt, in ms. */
export const delay = 1000;

/** Timers that may ring before the call comes that a cue is about. */
const maxTimers = 100;

/** So much may happen before it comes: where more does, messages go round without an end. */
const maxEvents = 5000;

/** The world of a story: its clock, and adapters that answer when the story says so. */
export class Stage {
  readonly clock = new VirtualClock();
  readonly lines: Line[] = [];
  readonly #began = this.clock.now();
  #open: OpenCall[] = [];
  /** The transitions of activations, by instance and number. */
  readonly #transitions = new Map<string, Map<number, string>>();
  readonly #isSystem: boolean;

  /** @param isSystem whether there are instances of several domains to be told apart */
  constructor(isSystem: boolean) {
    this.#isSystem = isSystem;
  }

  /** What a host is started with. @param effects the dotted names of all effects */
  optionsFor(effects: readonly string[]): HostOptions<never> {
    return {
      // There is an adapter for each effect, and a call is the last that each is given.
      effects: adaptersFor(
        effects,
        () =>
          (...all) =>
            this.#take(all.at(-1) as EffectCall),
      ) as never,
      clock: this.clock,
      epoch: "replay",
      retry: { initial: delay, factor: 1, max: delay, jitter: 0, timeout: 0 },
      onEvent: (event) => this.#note(event),
    };
  }

  #take({ activation, domain, instance }: EffectCall): Promise<Value | undefined> {
    const of = { domain, key: instance };
    return new Promise((resolve, reject) => this.#open.push({ of, activation, resolve, reject }));
  }

  #note(event: KernelEvent): void {
    if (event.type === "started") {
      this.#transitionsOf({ domain: event.domain, key: event.instance }).set(event.activation, event.transition);
    }
    const text = this.#isSystem ? `${event.domain}/${wordsFor(event)}` : wordsFor(event);
    this.lines.push({ at: this.clock.now() - this.#began, text });
  }

  /** Lets so many ms pass before any timer comes to ring. */
  dawdle(ms: number): void {
    this.clock.skip(ms);
  }

  /** Forgets the timers and the calls of a process that is gone. */
  clear(): void {
    this.clock.clear();
    this.#open = [];
  }

  /** Lets time pass until something is so. */
  async elapse(isOver: () => boolean): Promise<void> {
    for (const waits = this.#patience(); !isOver() && waits(); ) await this.#pass();
  }

  /**
   * Lets an attempt come to something, or time pass. @param of the instance that the cue is about
   * @throws Error where the story asks for the answer to a call that is not made
   */
  async act(cue: Exclude<Cue, { readonly kind: "start" | "observe" | "elapse" | "send" | "crash" }>, of: Address): Promise<void> {
    if (cue.kind === "resume") return this.#pass();
    if (cue.kind === "retry") return this.#retry(cue.transition, of);
    for (const waits = this.#patience(); this.#callOf(cue.transition, of) === undefined; await this.#pass()) {
      if (!waits()) throw new Error(`${cue.transition} calls nothing here`);
    }
    const call = this.#callOf(cue.transition, of);
    this.#open = this.#open.filter((other) => other !== call);
    const why = "as the story says";
    switch (cue.kind) {
      case "done":
        return call?.resolve(cue.value);
      case "failed":
        call?.reject(new Error(cue.reason ?? why));
        break;
      case "unknown":
        call?.reject(new OutcomeUnknown(cue.reason ?? why));
        break;
      default:
        cue satisfies never;
    }
    if (cue.isDelayOver === true) await this.#letDelayPass();
  }

  async #letDelayPass(): Promise<void> {
    await drained();
    this.clock.pass(delay);
    await drained();
  }

  /**
   * Lets time pass until a transition is tried again; for what nobody wants any more no timer is set, and time passes all the
   * same.
   */
  async #retry(transition: string, of: Address): Promise<void> {
    const isOpen = this.#callOf(transition, of) !== undefined;
    const before = this.#startsOf(transition, of);
    for (const waits = this.#patience(); !isOpen && waits(); ) {
      await this.#pass();
      if (this.#callOf(transition, of) !== undefined || this.#startsOf(transition, of) > before) return;
    }
    await this.#letDelayPass();
  }

  /** Says, whenever it is asked, whether it is worth while to wait for another timer. */
  #patience(): () => boolean {
    const before = this.lines.length;
    let left = maxTimers;
    return () => {
      left -= 1;
      return left >= 0 && this.lines.length - before < maxEvents && this.clock.next < Infinity;
    };
  }

  #transitionsOf(of: Address): Map<number, string> {
    const known = this.#transitions.get(nameOf(of)) ?? new Map<number, string>();
    this.#transitions.set(nameOf(of), known);
    return known;
  }

  /** How often a transition has started. */
  #startsOf(transition: string, of: Address): number {
    return [...this.#transitionsOf(of).values()].filter((other) => other === transition).length;
  }

  #callOf(transition: string, of: Address): OpenCall | undefined {
    const transitions = this.#transitionsOf(of);
    return this.#open.findLast((call) => nameOf(call.of) === nameOf(of) && transitions.get(call.activation) === transition);
  }

  async #pass(): Promise<void> {
    if (this.clock.next === Infinity) return;
    this.clock.pass(Math.max(this.clock.next - this.clock.now(), 0));
    await drained();
  }
}

/** Waits until all promises that can go on have done so. */
export function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
