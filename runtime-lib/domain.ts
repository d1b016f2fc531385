import { type Adapters, checkAdapters } from "./host/adapters.js";
import { type Clock, systemClock } from "./host/clock.js";
import { drawEpoch } from "./host/epoch.js";
import { type RetryOptions, readRetry } from "./host/retry.js";
import { Host, type Running } from "./host/running.js";
import { memoryJournal } from "./journal/memory.js";
import type { Definition, Transition } from "./kernel/definition.js";
import type { KernelEvent } from "./kernel/event.js";
import { type Machine, prepare } from "./kernel/machine.js";

/** A compiled goal: whether it holds in a state, and in which of its realities. @throws VedFault where it faults. */
export interface Goal<S, R extends string = string> {
  (state: Readonly<S>): boolean;
  /** The letter of the first reality that holds, or null. */
  readonly reality: (state: Readonly<S>) => R | null;
}

/** What a domain is started with. */
export interface StartOptions<E extends object> {
  /** The functions that carry the effects out. */
  readonly effects: E;
  /** Names the instance, when a program has several. */
  readonly key?: string;
  readonly retry?: RetryOptions;
  /** Real time when absent. */
  readonly clock?: Clock;
  /** For tests; drawn at random when absent. No two lives of an instance may share one. */
  readonly epoch?: string;
  /** Told everything that happens. If it throws, nothing else changes. */
  readonly onEvent?: (event: KernelEvent) => void;
}

/** A compiled domain: state `S`, effects `E`, the realities `G` of each goal, the transitions' names `T`. */
export interface Domain<S extends object, E extends object, G extends object, T extends string> {
  readonly name: string;
  readonly initial: Readonly<S>;
  readonly goals: { readonly [N in keyof G]: Goal<S, Extract<G[N], string>> };
  readonly transitions: { readonly [N in T]: Transition<S> };
  /** Starts an instance. @throws TypeError (as a rejection) for missing adapters or options out of range. */
  start(options: StartOptions<E>): Promise<Running<S>>;
}

/** What the generated code says of a domain. */
export interface DomainDefinition<S extends object, G extends object, T extends string> {
  readonly name: string;
  readonly initial: Readonly<S>;
  merge(state: Readonly<S>, changes: Readonly<Partial<S>>): S;
  same(a: Readonly<S>, b: Readonly<S>): boolean;
  readonly goals: { readonly [N in keyof G]: (state: Readonly<S>) => G[N] | null };
  readonly transitions: { readonly [N in T]: Transition<S> };
  readonly effects: readonly string[];
}

/** Makes a domain of its definition. Called by generated code. */
export function defineDomain<S extends object, E extends object, G extends object, T extends string>(
  definition: DomainDefinition<S, G, T>,
): Domain<S, E, G, T> {
  // The kernel sees states as plain records, whatever interface the generated code gives them.
  const untyped = definition as unknown as Definition;
  const { name, initial, transitions, effects } = definition;
  const paths = new Map(effects.map((effect) => [effect, effect.split(".")]));
  const silent = prepare(untyped, { publishes: false });
  const goals = Object.fromEntries(Object.entries(untyped.goals).map(([goal, reality]) => [goal, goalOf(reality)]));
  const start = async (options: StartOptions<E>): Promise<Running<S>> => {
    const { key = "default", epoch = drawEpoch(), clock = systemClock, onEvent } = options;
    checkName("key", key);
    checkName("epoch", epoch);
    const adapters: Adapters = options.effects ?? {};
    checkAdapters(name, adapters, paths);
    const machine = options.retry || onEvent ? machineFor(untyped, options) : silent;
    const host = new Host({ machine, adapters, paths, clock, journal: memoryJournal(epoch), onEvent }, key);
    // Its state has the fields and types of S: the definition's initial state, and writes and facts that were checked.
    return host as unknown as Running<S>;
  };
  // The definition has a goal for each name in G.
  return { name, initial: Object.freeze({ ...initial }), goals, transitions, start } as unknown as Domain<S, E, G, T>;
}

function goalOf(reality: Definition["goals"][string]): Goal<Definition["initial"]> {
  return Object.assign((state: Definition["initial"]) => reality(state) !== null, { reality });
}

function machineFor(definition: Definition, options: StartOptions<object>): Machine {
  const publishes = options.onEvent !== undefined;
  return prepare(definition, { ...readRetry(options.retry ?? {}, definition.effects), publishes });
}

function checkName(option: string, value: unknown): void {
  if (typeof value === "string" && value !== "" && !(option === "epoch" && value.includes("/"))) return;
  const shape = option === "epoch" ? "a string without a slash" : "a string";
  throw new TypeError(`${option} is ${shape} and not empty, not ${JSON.stringify(value) ?? String(value)}`);
}
