import { OutcomeUnknown } from "../errors.js";
import type { EffectCall } from "../host/call.js";
import type { Instance } from "../host/instance.js";
import type { KernelEvent } from "../kernel/event.js";
import type { Phase } from "../kernel/instance.js";
import type { Status } from "../kernel/status.js";
import type { State, Value } from "../kernel/value.js";
import { wordsFor } from "../words.js";
import { adaptersFor } from "./adapters.js";
import { VirtualClock } from "./clock.js";
import type { Line } from "./simulated-run.js";
import type { SimulatedDomain } from "./subject.js";

/** One thing that happens, as `vedc verify --format json` gives it with each step of a story: transitions by name. */
export type Cue<T = string> =
  /** It is asked for the first time, with nothing observed. */
  | { readonly kind: "start" }
  | { readonly kind: "observe"; readonly facts: State }
  /** The effect that a transition has in flight happened; the value is what its adapter returns, where a handler asks for it. */
  | { readonly kind: "done"; readonly transition: T; readonly value?: Value }
  /** It failed, or nobody knows. */
  | { readonly kind: "failed" | "unknown"; readonly transition: T; readonly reason?: string }
  /** Time passes until something has held for long enough: the field that says so. */
  | { readonly kind: "elapse"; readonly duration: string }
  /** Time passes until the transition is tried again. */
  | { readonly kind: "retry"; readonly transition: T }
  /** Time passes until an instance that went round in circles goes on. */
  | { readonly kind: "resume" };

/** Where a replay has come to after a cue. */
export interface Played {
  readonly phase: Phase | "stopped";
  readonly state: State;
}

/** What came of a replay. */
export interface Replayed {
  /** After each cue. */
  readonly played: readonly Played[];
  /** What happened, in virtual time. */
  readonly timeline: readonly Line[];
}

interface OpenCall {
  readonly activation: number;
  readonly resolve: (value: Value | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** The time until another attempt, in ms. */
const delay = 1000;

/** Timers that may ring before the call comes that a cue is about. */
const maxTimers = 100;

/**
 * Plays a story through the real host, under a virtual clock and with adapters that answer when the story says so.
 * @throws Error where the story asks for the answer to a call that is not made
 */
export async function replay(domain: SimulatedDomain, cues: readonly Cue[]): Promise<Replayed> {
  const stage = new Stage();
  const host = await domain.host({
    // There is an adapter for each effect.
    effects: adaptersFor(
      domain.effects,
      () =>
        (...all) =>
          stage.take(all.at(-1) as EffectCall),
    ) as never,
    clock: stage.clock,
    epoch: "replay",
    retry: { initial: delay, factor: 1, max: delay, jitter: 0, timeout: 0 },
    onEvent: (event) => stage.note(event),
  });
  const instance = host.instance("it");
  const played: Played[] = [];
  for (const cue of cues) {
    if (cue.kind === "start") bringToLife(instance);
    else if (cue.kind === "observe") await instance.observe(cue.facts);
    else if (cue.kind === "elapse") await stage.elapse(() => (instance.state as State)[cue.duration] === true);
    else await stage.act(cue);
    await drained();
    const { phase }: Status = instance.status;
    // Its fields are values.
    played.push({ phase, state: instance.state as State });
  }
  await host.stop();
  return { played, timeline: stage.lines };
}

/** Brings to life an instance that nothing has been observed of, as it is once somebody waits for it. */
function bringToLife(instance: Instance<object>): void {
  const leave = new AbortController();
  instance.settled({ signal: leave.signal }).catch(() => {});
  leave.abort();
}

class Stage {
  readonly clock = new VirtualClock();
  readonly lines: Line[] = [];
  readonly #began = this.clock.now();
  #open: OpenCall[] = [];
  readonly #transitions = new Map<number, string>();

  take({ activation }: EffectCall): Promise<Value | undefined> {
    return new Promise((resolve, reject) => this.#open.push({ activation, resolve, reject }));
  }

  note(event: KernelEvent): void {
    if (event.type === "started") this.#transitions.set(event.activation, event.transition);
    this.lines.push({ at: this.clock.now() - this.#began, text: wordsFor(event) });
  }

  /** Lets time pass until something is so. */
  async elapse(isOver: () => boolean): Promise<void> {
    for (let timers = 0; !isOver() && timers < maxTimers && this.clock.next < Infinity; timers += 1) await this.#pass();
  }

  async act(cue: Exclude<Cue, { readonly kind: "start" | "observe" | "elapse" }>): Promise<void> {
    if (cue.kind === "resume") return this.#pass();
    if (cue.kind === "retry") return this.#retry(cue.transition);
    for (let timers = 0; this.#callOf(cue.transition) === undefined; timers += 1) {
      if (timers >= maxTimers || this.clock.next === Infinity) throw new Error(`${cue.transition} calls nothing here`);
      await this.#pass();
    }
    const call = this.#callOf(cue.transition);
    this.#open = this.#open.filter((other) => other !== call);
    const why = "as the story says";
    switch (cue.kind) {
      case "done":
        return call?.resolve(cue.value);
      case "failed":
        return call?.reject(new Error(cue.reason ?? why));
      case "unknown":
        return call?.reject(new OutcomeUnknown(cue.reason ?? why));
      default:
        cue satisfies never;
    }
  }

  /**
   * Lets time pass until a transition is tried again; for what nobody wants any more no timer is set, and time passes all the
   * same.
   */
  async #retry(transition: string): Promise<void> {
    const isOpen = this.#callOf(transition) !== undefined;
    for (let timers = 0; !isOpen && timers < maxTimers && this.clock.next < Infinity; timers += 1) {
      await this.#pass();
      if (this.#callOf(transition) !== undefined) return;
    }
    this.clock.pass(delay);
    await drained();
  }

  #callOf(transition: string): OpenCall | undefined {
    return this.#open.findLast(({ activation }) => this.#transitions.get(activation) === transition);
  }

  async #pass(): Promise<void> {
    this.clock.pass(Math.max(this.clock.next - this.clock.now(), 0));
    await drained();
  }
}

/** Waits until all promises that can go on have done so. */
function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
