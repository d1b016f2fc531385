// The promises of the kernel, under arbitrary interleavings of observations, outcomes and timers, over the seed's program and
// generated ones.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { arbitraryDomain } from "../../compiler/testing/arbitrary-program.js";
import { loadDefinitions } from "../../compiler/testing/load.js";
import type { Definition, State, Value } from "./definition.js";
import type { Attempt, Input, KernelEvent, Outcome } from "./event.js";
import { type Activation, createInstance, type Instance, keyOf } from "./instance.js";
import { type Machine, prepare } from "./machine.js";
import { type Reaction, react } from "./react.js";

/** One thing that happens; numbers choose among what is possible at the time. */
type Step =
  | { readonly kind: "observe"; readonly field: number; readonly value: number }
  | { readonly kind: "answer"; readonly which: number; readonly outcome: Outcome }
  | { readonly kind: "late"; readonly which: number }
  | { readonly kind: "wait"; readonly ms: number | null };

const step: fc.Arbitrary<Step> = fc.oneof(
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

const valuesOf: Record<string, readonly Value[]> = {
  string: ["a", "b", "", "healthy", "failed", "primary", "replica"],
  number: [0, 1, 2, -1, 7],
  boolean: [true, false],
};

/** Drives the kernel, keeps its own books of what happened, and checks every promise after each reaction. */
class World {
  readonly #machine: Machine;
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

  constructor(definition: Definition) {
    this.#machine = prepare(definition);
    this.#model = { ...definition.initial };
    this.#instance = createInstance(this.#machine, "k", "e");
    this.react({ type: "started", now: this.#now });
  }

  take(next: Step): void {
    switch (next.kind) {
      case "observe": {
        const fields = Object.keys(this.#instance.state);
        const field = fields[next.field % fields.length] ?? "";
        const values = valuesOf[typeof this.#instance.state[field]] ?? [];
        const facts = { [field]: values[next.value % values.length] };
        this.react({ type: "observation", now: this.#now, facts });
        break;
      }
      case "answer": {
        const attempt = this.#open[next.which % this.#open.length];
        if (attempt === undefined) return;
        this.#open.splice(this.#open.indexOf(attempt), 1);
        if (next.outcome === "unknown") this.#timedOut.push(attempt);
        this.answer(attempt, next.outcome);
        break;
      }
      case "late": {
        const attempt = this.#timedOut[next.which % this.#timedOut.length];
        if (attempt !== undefined) this.answer(attempt, "done");
        break;
      }
      case "wait":
        this.wait(next.ms);
    }
  }

  /** Lets time pass: so many ms, or until the timer rings. */
  wait(ms: number | null): void {
    const { wakeAt } = this.#instance;
    const until = ms === null ? (wakeAt ?? this.#now) : this.#now + ms;
    this.#now = Math.max(this.#now, until);
    if (wakeAt !== null && wakeAt <= this.#now) this.react({ type: "timer", now: this.#now });
  }

  answer({ activation, index, attempt }: Attempt, outcome: Outcome): void {
    const isCurrent = this.#instance.activations.some(({ number, next }) => number === activation && next === index);
    if (isCurrent && outcome !== "failed") this.#happened.add(activation);
    this.react({
      type: "outcome",
      now: this.#now,
      activation,
      intent: index,
      attempt,
      outcome,
      reason: outcome === "done" ? "" : "x",
    });
  }

  /** From now on everything succeeds and nothing is observed; gives whether it came to an end of some kind in time. */
  calmDown(): boolean {
    for (let steps = 0; steps < 400; steps += 1) {
      const [attempt] = this.#open;
      if (attempt !== undefined) {
        this.#open.shift();
        this.answer(attempt, "done");
      } else if (this.#instance.phase !== "working") return true;
      else this.wait(null);
    }
    // Waiting for an observation with effects that change nothing, or counting on and on, effect by effect.
    return this.#instance.backoffs.length > 0 || this.#instance.reached.length > 20;
  }

  react(input: Input): void {
    const before = this.#instance;
    const reaction = react(this.#machine, before, input);
    // A thousand commits in one event are not compared one by one.
    if (reaction.events.length < 100) expect(react(this.#machine, before, input)).toEqual(reaction);
    this.#instance = reaction.instance;
    this.#open.push(...reaction.attempts);
    for (const event of reaction.events) this.#note(event, reaction);
    expect(reaction.instance.state).toEqual(this.#model);
    this.#checkInstance(reaction);
  }

  #note(event: KernelEvent, { instance }: Reaction): void {
    switch (event.type) {
      case "observed":
        Object.assign(this.#model, event.facts);
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

  /** The place of a committed activation in the order of starts, as last seen; one that committed at once is the latest. */
  #orderOf(number: number, instance: Instance): number {
    return this.#orders.get(number) ?? instance.order;
  }

  #checkInstance({ instance, attempts }: Reaction): void {
    const { phase, activations, wakeAt, realities } = instance;
    for (const { number, order } of activations) this.#orders.set(number, order);
    expect(new Set(activations.map(({ transition }) => transition)).size).toBe(activations.length);
    this.#checkWaits(activations);
    if (phase === "resting") {
      expect([activations, wakeAt, realities.includes(null)]).toEqual([[], null, false]);
      for (const number of this.#happened) expect(this.#ended.has(number)).toBe(true);
    }
    if (phase === "stuck") expect([activations, wakeAt]).toEqual([[], null]);
    if (phase === "oscillating") expect(wakeAt).not.toBeNull();
    if (phase === "working") expect(wakeAt !== null || activations.some(({ mode }) => mode === "in flight")).toBe(true);
    if (!realities.includes(null)) expect(activations.some(({ mode }) => mode === "waiting")).toBe(false);
    for (const activation of activations) {
      expect(activation.mode === "in flight").toBe(activation.dueAt === null);
      if (activation.next > 0 || activation.unsure) expect(activation.mode).not.toBe("waiting");
    }
    expect(
      attempts.every(({ activation }) => activations.some(({ number, mode }) => number === activation && mode === "in flight")),
    ).toBe(true);
    expect(instance.reached.length).toBeLessThanOrEqual(1000);
    expect(instance.backoffs.length).toBeLessThanOrEqual(64);
  }

  /** Of two activations in flight the later one does not wait for the earlier. */
  #checkWaits(activations: readonly Activation[]): void {
    const flying = activations.filter(({ mode }) => mode !== "waiting");
    for (const later of flying) {
      const waitsFor = this.#machine.transitions.find(({ name }) => name === later.transition)?.waitsFor ?? [];
      for (const earlier of flying) if (earlier.order < later.order) expect(waitsFor).not.toContain(earlier.transition);
    }
  }
}

function keepsItsPromises(definition: Definition<State>, steps: readonly Step[]): void {
  const world = new World(definition);
  for (const next of steps) world.take(next);
  expect(world.calmDown()).toBe(true);
}

it("keeps its promises on the seed's program", async () => {
  const { DatabaseRouting } = await loadDefinitions(readFileSync("fixtures/failover.ved", "utf8"));
  if (DatabaseRouting === undefined) throw new Error("the fixture declares DatabaseRouting");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => keepsItsPromises(DatabaseRouting, steps)),
    { numRuns: 400 },
  );
});

it("keeps its promises on a program with several intents in a step, and with conflicts", async () => {
  const { Busy } = await loadDefinitions(`domain Busy {
    state { want: int, a: int, b: int, c: string, hot: bool }
    goal G { predicate a == want && b == want && !hot }
    goal H { predicate c == "a" || want > 1 }
    transition A { step { if a != want { emit One(want) emit Two(want) a = want hot = true } } }
    transition B { step { if b != want { emit Two(want) b = want c = "b" } } }
    transition C { step { if c != "a" { emit Three() c = "a" } } }
    transition Cool { step { if hot { hot = false } } }
  }`);
  if (Busy === undefined) throw new Error("the program declares Busy");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => keepsItsPromises(Busy, steps)),
    { numRuns: 400 },
  );
});

it("keeps its promises on generated programs", async () => {
  const count = 12;
  const programs = fc.tuple(...Array.from({ length: count }, (_, index) => arbitraryDomain(`D${index}`)));
  // Always the same programs, since compiling them anew is slow and some take long to run in circles; the events vary.
  const text = fc.sample(programs, { numRuns: 1, seed: 7 })[0]?.join("\n") ?? "";
  const definitions = Object.values(await loadDefinitions(text)).filter((each) => typeof each === "object");
  expect(definitions).toHaveLength(count);
  for (const definition of definitions) {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => keepsItsPromises(definition, steps)),
      { numRuns: 10 },
    );
  }
});
