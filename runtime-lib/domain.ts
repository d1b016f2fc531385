import { type Adapters, canCarryOut, routesTo } from "./host/adapters.js";
import { type Clock, systemClock } from "./host/clock.js";
import { drawEpoch } from "./host/epoch.js";
import { type Concurrency, Gates } from "./host/gates.js";
import { Host } from "./host/host.js";
import { Handle, type Instance, type Running } from "./host/instance.js";
import type { Journal } from "./host/journal.js";
import { type RetryOptions, readRetry } from "./host/retry.js";
import type { Definition, Transition } from "./kernel/definition.js";
import type { KernelEvent } from "./kernel/event.js";
import { type Machine, prepare } from "./kernel/machine.js";

/** A compiled goal: whether it holds in a state, and in which of its realities. @throws VedFault where it faults. */
export interface Goal<S, R extends string = string> {
  (state: Readonly<S>): boolean;
  /** The letter of the first reality that holds, or null. */
  readonly reality: (state: Readonly<S>) => R | null;
}

/** What a host of a domain's instances is started with. */
export interface HostOptions<E extends object> {
  /** The functions that carry the effects out. */
  readonly effects: E;
  /** Where the instances' lives are written down; without it they live in memory, and end with the host. */
  readonly journal?: Journal;
  /** The functions for effects that the program no longer has, and which activations in the journal have yet to carry out. */
  readonly legacyEffects?: object;
  readonly retry?: RetryOptions;
  /** How many calls of an effect may be under way at once, over all instances; as many as there are when absent. */
  readonly concurrency?: Concurrency;
  /** Real time when absent. */
  readonly clock?: Clock;
  /** For tests; drawn at random when absent. A journal keeps its own. No two lives of an instance may share one. */
  readonly epoch?: string;
  /** Told everything that happens. If it throws, nothing else changes. */
  readonly onEvent?: (event: KernelEvent) => void;
}

/** What a single instance is started with. */
export interface StartOptions<E extends object> extends HostOptions<E> {
  /** Names the instance, when a program has several. */
  readonly key?: string;
}

/** The running instances of a domain. */
export interface DomainHost<S extends object> {
  /** An instance by its key; it comes to life when it is first observed, and costs next to nothing at rest. */
  instance(key: string): Instance<S>;
  /** The keys of the instances that have come to life. */
  keys(): Iterable<string>;
  /** Starts nothing any more, aborts running adapters, clears the timers, and closes the journal. */
  stop(): Promise<void>;
}

/** A compiled domain: state `S`, effects `E`, the realities `G` of each goal, the transitions' names `T`. */
export interface Domain<S extends object, E extends object, G extends object, T extends string> {
  readonly name: string;
  readonly initial: Readonly<S>;
  readonly goals: { readonly [N in keyof G]: Goal<S, Extract<G[N], string>> };
  readonly transitions: { readonly [N in T]: Transition<S> };
  /** The dotted names of the effects. */
  readonly effects: readonly string[];
  /** What the compiler made of it, for the tools. */
  readonly definition: Definition<S>;
  /**
   * Starts an instance. @throws TypeError (as a rejection) for missing adapters, options out of range, or a journal that
   * this program cannot take over; and whatever the journal says when it cannot be opened.
   */
  start(options: StartOptions<E>): Promise<Running<S>>;
  /** Starts a host of many instances. @throws the same as `start` */
  host(options: HostOptions<E>): Promise<DomainHost<S>>;
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
  readonly invariants?: Definition<S>["invariants"];
  readonly unions?: Definition<S>["unions"];
  readonly durations?: Definition<S>["durations"];
  readonly handlers?: Definition<S>["handlers"];
  readonly contracts?: Definition<S>["contracts"];
}

/** Makes a domain of its definition. Called by generated code. */
export function defineDomain<S extends object, E extends object, G extends object, T extends string>(
  // The types are those that the generated code declares.
  definition: NoInfer<DomainDefinition<S, G, T>>,
): Domain<S, E, G, T> {
  // The kernel sees states as plain records, whatever interface the generated code gives them.
  const untyped = definition as unknown as Definition;
  const { name, initial, transitions, effects } = definition;
  const silent = prepare(untyped, { publishes: false });
  const goals = Object.fromEntries(Object.entries(untyped.goals).map(([goal, reality]) => [goal, goalOf(reality)]));
  const open = async (options: HostOptions<E>): Promise<Host> => {
    const { epoch = drawEpoch(), clock = systemClock, journal = null, concurrency, onEvent } = options;
    checkName("epoch", epoch);
    const adapters: Adapters = options.effects ?? {};
    const routes = routesTo(name, adapters, effects);
    const gates = concurrency === undefined ? null : new Gates(concurrency, effects);
    const machine = options.retry || onEvent ? machineFor(untyped, options) : silent;
    const host = new Host({ machine, routes, clock, gates, journal, onEvent });
    const kept = await journal?.open({
      machine,
      epoch,
      canCarryOut: (effect) => canCarryOut(routes, options.legacyEffects, effect),
      instances: () => host.instances(),
      now: () => clock.now(),
      resolve: (request) => host.resolve(request),
    });
    host.begin(kept?.epoch ?? epoch, kept?.revived ?? []);
    return host;
  };
  const handle = (host: Host, key: string): Running<S> => {
    checkName("key", key);
    // Its state has the fields and types of S: the definition's initial state, and writes and facts that were checked.
    return new Handle(host, key) as unknown as Running<S>;
  };
  const start = async ({ key = "default", ...options }: StartOptions<E>): Promise<Running<S>> => {
    checkName("key", key);
    const opened = await open(options as HostOptions<E>);
    opened.start(key);
    return handle(opened, key);
  };
  const host = async (options: HostOptions<E>): Promise<DomainHost<S>> => {
    const opened = await open(options);
    return { instance: (key) => handle(opened, key), keys: () => opened.keys(), stop: () => opened.stop() };
  };
  // The definition has a goal for each name in G.
  return {
    name,
    initial: Object.freeze({ ...initial }),
    goals,
    transitions,
    effects,
    definition,
    start,
    host,
  } as unknown as Domain<S, E, G, T>;
}

function goalOf(reality: Definition["goals"][string]): Goal<Definition["initial"]> {
  return Object.assign((state: Definition["initial"]) => reality(state) !== null, { reality });
}

function machineFor(definition: Definition, options: HostOptions<object>): Machine {
  const publishes = options.onEvent !== undefined;
  return prepare(definition, { ...readRetry(options.retry ?? {}, definition.effects), publishes });
}

function checkName(option: string, value: unknown): void {
  if (typeof value === "string" && value !== "" && !(option === "epoch" && value.includes("/"))) return;
  const shape = option === "epoch" ? "a string without a slash" : "a string";
  throw new TypeError(`${option} is ${shape} and not empty, not ${JSON.stringify(value) ?? String(value)}`);
}
