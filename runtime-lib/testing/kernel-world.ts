import fc from "fast-check";
import { expect } from "vitest";
import type { Definition } from "../kernel/definition.js";
import type { Attempt, Input, KernelEvent, Outcome } from "../kernel/event.js";
import { type Activation, createInstance, type Instance, keyOf } from "../kernel/instance.js";
import { prepare } from "../kernel/machine.js";
import { type Reaction, react } from "../kernel/react.js";
import type { Machine } from "../kernel/rules.js";
import type { State, Value } from "../kernel/value.js";

/** Where a world writes down what happens, and what comes back of it after a crash. */
export interface Life {
  note(before: Instance | null, reaction: Reaction, input: Input): Promise<void>;
  /** Begins to write a reaction down, and crashes before that is done. Gives what came back. */
  crash(before: Instance, reaction: Reaction, input: Input, seed: number): Promise<Instance>;
}

/** One thing that happens; numbers choose among what is possible at the time. */
export type WorldStep =
  | { readonly kind: "observe"; readonly field: number; readonly value: number }
  | { readonly kind: "answer"; readonly which: number; readonly outcome: Outcome }
  | { readonly kind: "late"; readonly which: number }
  | { readonly kind: "wait"; readonly ms: number | null }
  | { readonly kind: "crash"; readonly seed: number; readonly field: number; readonly value: number };

/** Anything that may happen to an instance while its process lives. */
export const step: fc.Arbitrary<WorldStep> = fc.oneof(
  fc.record({ kind: fc.constant("observe" as const), field: fc.nat(9), value: fc.nat(9) }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("answer" as const),
      which: fc.nat(9),
      outcome: fc.constantFrom<Outcome>("done", "done", "failed", "unknown"),
    }),
  },
  fc.record({ kind: fc.constant("late" as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant("wait" as const), ms: fc.option(fc.nat(5000)) }),
);

/** A step in which the process dies. */
export const crash: fc.Arbitrary<WorldStep> = fc.record({
  kind: fc.constant("crash" as const),
  seed: fc.nat(),
  field: fc.nat(9),
  value: fc.nat(9),
});

const valuesOf: Record<string, readonly Value[]> = {
  string: ["a", "b", "", "healthy", "failed", "primary", "replica"],
  number: [0, 1, 2, -1, 7],
  boolean: [true, false],
};

/** A world that drives the kernel, keeps a model of its own of what happened, and checks every promise after each reaction. */
export class World {
  readonly #machine: Machine;
  readonly #life: Life | null;
  #instance: Instance;
  #now = 1_000_000;
  readonly #open: Attempt[] = [];
  readonly #timedOut: Attempt[] = [];
  readonly #intents = new Map<string, string>();
  /** Activations of which something happened, or may have. */
  readonly #happened = new Set<number>();
  readonly #ended = new Set<number>();
  #model: Record<string, Value>;
  readonly #writers = new Map<string, number>();

  constructor(machine: Machine, life: Life | null) {
    this.#machine = machine;
    this.#life = life;
    this.#model = { ...observable(machine.initial) };
    this.#instance = createInstance(machine, "k", "e");
  }

  /** Brings the instance to life. */
  start(): Promise<void> {
    return this.react({ type: "started", now: this.#now }, null);
  }

  /** Takes the next step of the world. */
  async take(next: WorldStep): Promise<void> {
    switch (next.kind) {
      case "observe": {
        await this.react(this.#observation(next));
        break;
      }
      case "answer": {
        const attempt = this.#open[next.which % this.#open.length];
        if (attempt === undefined) return;
        this.#open.splice(this.#open.indexOf(attempt), 1);
        if (next.outcome === "unknown") this.#timedOut.push(attempt);
        await this.answer(attempt, next.outcome);
        break;
      }
      case "late": {
        const attempt = this.#timedOut[next.which % this.#timedOut.length];
        if (attempt !== undefined) await this.answer(attempt, "done");
        break;
      }
      case "wait":
        await this.wait(next.ms);
        break;
      case "crash":
        await this.#crash(next);
        break;
      default:
        next satisfies never;
    }
  }

  #observation({ field: which, value }: { readonly field: number; readonly value: number }): Input {
    const fields = Object.keys(observable(this.#instance.state));
    const field = fields[which % fields.length] ?? "";
    const type = this.#machine.narrowed.get(field);
    const values = Array.isArray(type) ? type : (valuesOf[typeof this.#instance.state[field]] ?? []);
    return { type: "observation", now: this.#now, facts: { [field]: values[value % values.length] } };
  }

  /** Kills the process while an observation is being written down: it is kept whole, or not at all. */
  async #crash(next: Extract<WorldStep, { kind: "crash" }>): Promise<void> {
    if (this.#life === null) return;
    const before = this.#instance;
    const input = this.#observation(next);
    const reaction = react(this.#machine, before, input);
    const back = await this.#life.crash(before, reaction, input, next.seed);
    if (back.state !== before.state && JSON.stringify(back.state) !== JSON.stringify(before.state)) {
      this.#instance = reaction.instance;
      for (const event of reaction.events) this.#note(event, reaction);
    }
    expect(observable(back.state)).toEqual(observable(this.#instance.state));
    // What was under way may have happened.
    for (const { number, mode } of back.activations) if (mode === "in flight") this.#happened.add(number);
    this.#timedOut.push(...this.#open.splice(0));
    this.#instance = back;
    await this.react({ type: "recovered", now: this.#now });
  }

  /** Lets time pass: so many ms, or until the timer rings. */
  async wait(ms: number | null): Promise<void> {
    const { wakeAt } = this.#instance;
    const until = ms === null ? (wakeAt ?? this.#now) : this.#now + ms;
    this.#now = Math.max(this.#now, until);
    if (wakeAt !== null && wakeAt <= this.#now) await this.react({ type: "timer", now: this.#now });
  }

  /** Answers an attempt, if it is still asked for. */
  answer({ activation, index, attempt }: Attempt, outcome: Outcome): Promise<void> {
    const isCurrent = this.#instance.activations.some(({ number, next }) => number === activation && next === index);
    if (isCurrent && outcome !== "failed") this.#happened.add(activation);
    return this.react({
      type: "outcome",
      now: this.#now,
      activation,
      intent: index,
      attempt,
      outcome,
      reason: outcome === "done" ? "" : "x",
      value: "told",
    });
  }

  /** Lets everything succeed from now on, and nothing be observed; gives whether it came to an end of some kind in time. */
  async calmDown(): Promise<boolean> {
    for (let steps = 0; steps < 400; steps += 1) {
      const [attempt] = this.#open;
      if (attempt !== undefined) {
        this.#open.shift();
        await this.answer(attempt, "done");
      } else if (this.#instance.phase !== "working") return true;
      else await this.wait(null);
    }
    // Waiting for an observation with effects that change nothing, or counting on and on, effect by effect.
    return this.#instance.backoffs.length > 0 || this.#instance.reached.length > 20;
  }

  /** Gives the instance an input, and checks what the kernel makes of it. */
  async react(input: Input, known: Instance | null = this.#instance): Promise<void> {
    const before = this.#instance;
    const reaction = react(this.#machine, before, input);
    // A thousand commits in one event are not compared one by one.
    if (reaction.events.length < 100) expect(react(this.#machine, before, input)).toEqual(reaction);
    await this.#life?.note(known, reaction, input);
    this.#instance = reaction.instance;
    this.#open.push(...reaction.attempts);
    for (const event of reaction.events) {
      this.#note(event, reaction);
      // A condition may fall and come back within one reaction.
      this.#noteHeld({ ...reaction.instance.state, ...this.#model });
    }
    expect(observable(reaction.instance.state)).toEqual(this.#model);
    this.#checkDurations(reaction.instance);
    this.#checkInstance(reaction);
  }

  #note(event: KernelEvent, { instance }: Reaction): void {
    // Other events change nothing that is compared: where one should have, the state is another than it is here.
    switch (event.type) {
      case "observed":
        Object.assign(this.#model, event.facts);
        break;
      case "handled":
        Object.assign(this.#model, event.writes);
        break;
      case "dispatched": {
        const intent = JSON.stringify(event.intent);
        expect(this.#intents.get(event.key) ?? intent).toBe(intent);
        this.#intents.set(event.key, intent);
        expect(event.key).toBe(keyOf(event.domain, "k", "e", event.activation, Number(event.key.split("/").at(-1))));
        expect(this.#ended.has(event.activation)).toBe(false);
        break;
      }
      case "abandoned":
        expect(this.#happened.has(event.activation)).toBe(false);
        this.#ended.add(event.activation);
        break;
      case "committed": {
        this.#ended.add(event.activation);
        const order = this.#orderOf(event.activation, instance);
        for (const [field, value] of Object.entries(event.writes)) {
          if (value === undefined || (this.#writers.get(field) ?? 0) > order) continue;
          this.#writers.set(field, order);
          this.#model = { ...this.#model, [field]: value };
        }
        break;
      }
    }
  }

  readonly #orders = new Map<number, number>();
  readonly #heldSince = new Map<string, number>();

  /**
   * Gives the position of a committed activation in the order of starts, as last seen; one that committed at once is the latest.
   */
  #orderOf(number: number, instance: Instance): number {
    return this.#orders.get(number) ?? instance.order;
  }

  #checkInstance({ instance, attempts }: Reaction): void {
    const { phase, activations, wakeAt, realities } = instance;
    for (const { number, order } of activations) this.#orders.set(number, order);
    expect(new Set(activations.map(({ transition }) => transition)).size).toBe(activations.length);
    this.#checkWaits(activations);
    const isTimeless = this.#machine.durations === null && this.#machine.contracts === null;
    if (phase === "resting") {
      expect([activations, realities.includes(null)]).toEqual([[], false]);
      if (isTimeless) expect(wakeAt).toBeNull();
      for (const number of this.#happened) expect(this.#ended.has(number)).toBe(true);
    }
    if (phase === "stuck") expect(activations).toEqual([]);
    if (phase === "stuck" && isTimeless) expect(wakeAt).toBeNull();
    if (phase === "oscillating") expect(wakeAt).not.toBeNull();
    if (phase === "working") expect(wakeAt !== null || activations.some(({ mode }) => mode === "in flight")).toBe(true);
    if (!realities.includes(null)) expect(activations.some(({ mode }) => mode === "waiting")).toBe(false);
    for (const activation of activations) {
      expect(activation.mode === "in flight").toBe(activation.dueAt === null);
      if (activation.next > 0 || activation.step > 0 || activation.unsure) expect(activation.mode).not.toBe("waiting");
    }
    expect(
      attempts.every(({ activation }) => activations.some(({ number, mode }) => number === activation && mode === "in flight")),
    ).toBe(true);
    expect(instance.reached.length).toBeLessThanOrEqual(1000);
    expect(instance.backoffs.length).toBeLessThanOrEqual(64);
  }

  /** Notes since when conditions have held without a break. */
  #noteHeld(state: State): void {
    for (const { name, holds } of this.#machine.durations?.all ?? []) {
      if (!isHolding(holds, state)) this.#heldSince.delete(name);
      else if (!this.#heldSince.has(name)) this.#heldSince.set(name, this.#now);
    }
  }

  /** Checks that a duration is over if and only if its condition has held for so long, as far as the world has seen it. */
  #checkDurations({ state, wakeAt }: Instance): void {
    this.#noteHeld(state);
    for (const { name, ms, holds } of this.#machine.durations?.all ?? []) {
      const held = isHolding(holds, state);
      const since = this.#heldSince.get(name) ?? this.#now;
      expect(state[name], name).toBe(held && this.#now - since >= ms);
      if (held && state[name] === false) expect(wakeAt ?? Infinity).toBeLessThanOrEqual(since + ms);
    }
  }

  /** Checks that of two activations in flight the later one does not wait for the earlier. */
  #checkWaits(activations: readonly Activation[]): void {
    const flying = activations.filter(({ mode }) => mode !== "waiting");
    for (const later of flying) {
      const waitsFor = this.#machine.transitions.find(({ name }) => name === later.transition)?.waitsFor ?? [];
      for (const earlier of flying) if (earlier.order < later.order) expect(waitsFor).not.toContain(earlier.transition);
    }
  }
}

/** Gives a state without what the runtime keeps itself. */
function observable(state: State): State {
  return Object.fromEntries(Object.entries(state).filter(([field]) => !field.includes(" ") && field !== "self"));
}

function isHolding(holds: (state: State) => boolean, state: State): boolean {
  try {
    return holds(state);
  } catch {
    return false;
  }
}

/** Plays steps in a world of a domain, and lets it calm down. */
export async function keepsItsPromises(
  definition: Definition<State>,
  steps: readonly WorldStep[],
  lifeOf: (machine: Machine) => Promise<Life | null>,
) {
  const machine = prepare(definition);
  const world = new World(machine, await lifeOf(machine));
  await world.start();
  for (const next of steps) await world.take(next);
  expect(await world.calmDown()).toBe(true);
}

/** A program with several intents in a step, and with conflicts. */
export const busy = `domain Busy {
    state { want: int, a: int, b: int, c: string, hot: bool }
    goal G { predicate a == want && b == want && !hot }
    goal H { predicate c == "a" || want > 1 }
    transition A { step { if a != want { emit One(want) emit Two(want) a = want hot = true } } }
    transition B { step { if b != want { emit Two(want) b = want c = "b" } } }
    transition C { step { if c != "a" { emit Three() c = "a" } } }
    transition Cool { step { if hot { hot = false } } }
  }`;
