import type { EffectName } from "./host/adapters.js";
import type { Host } from "./host/host.js";
import { defaultKey, Handle, type Instance, type Running, type SettledOptions } from "./host/instance.js";
import { checkName, type HostOptions, openHosts } from "./host/open.js";
import { allSettled } from "./host/settled.js";
import { at } from "./kernel/at.js";
import type { Receiver, Transition } from "./kernel/compiled.js";
import type { Definition } from "./kernel/definition.js";
import type { KernelEvent } from "./kernel/event.js";
import { prepare } from "./kernel/machine.js";
import type { Status } from "./kernel/status.js";
import type { Value } from "./kernel/value.js";

/** A compiled goal: whether it holds in a state, and in which of its realities. @throws VedFault where it faults. */
export interface Goal<S, R extends string = string> {
  (state: Readonly<S>): boolean;
  /** The name of the first reality that holds, or null. */
  readonly reality: (state: Readonly<S>) => R | null;
}

/** What a single instance is started with. */
export interface StartOptions<E extends object, V = KernelEvent> extends HostOptions<E, V> {
  /** Names the instance, when a program has several. */
  readonly key?: string;
}

/** The running instances of a domain. */
export interface DomainHost<S extends object, Q extends Status = Status> {
  /**
   * An instance by its key, `default` where none is given; it comes to life when it is first observed, and costs next to nothing
   * at rest.
   */
  instance(key?: string): Instance<S, Q>;
  /** The keys of the instances that have come to life. */
  keys(): Iterable<string>;
  /** Resolves once no instance is at work. Rejects with the signal's reason when that aborts. */
  settled(options?: SettledOptions): Promise<void>;
  /** Starts nothing any more, aborts running adapters, clears the timers, and closes the journal. */
  stop(): Promise<void>;
}

/** What a message gives a transition. */
type Given<M, N> = N extends keyof M ? Extract<M[N], readonly Value[]> : [];

/**
 * A compiled domain: state `S`, effects `E`, the realities `G` of each goal, the transitions' names `T`, and what messages give
 * by their names, `M`.
 */
export interface Domain<S extends object, E extends object, G extends object, T extends string, M extends object = object> {
  readonly name: string;
  readonly initial: Readonly<S>;
  readonly goals: { readonly [N in keyof G]: Goal<S, Extract<G[N], string>> };
  readonly transitions: { readonly [N in T]: Transition<S, Given<M, N>> };
  /** The dotted names of the effects. */
  readonly effects: readonly string[];
  /** What the compiler made of it, for the tools. */
  readonly definition: Definition<S>;
  /**
   * Starts an instance.
   * @throws TypeError (as a rejection) for missing adapters, options out of range, or a journal that this program cannot take
   * over; and whatever the journal says when it cannot be opened.
   */
  start(options: StartOptions<E, KernelEvent<S, G, T, EffectName<E>>>): Promise<Running<S, Status<G, T, EffectName<E>>>>;
  /** Starts a host of many instances. @throws the same as `start` */
  host(options: HostOptions<E, KernelEvent<S, G, T, EffectName<E>>>): Promise<DomainHost<S, Status<G, T, EffectName<E>>>>;
}

/** The status of a domain's instances: `StatusOf<typeof DatabaseRouting>`. */
export type StatusOf<D> = D extends Domain<infer _S, infer E, infer G, infer T, infer _M> ? Status<G, T, EffectName<E>> : never;

/** What happens to a domain's instances: `EventOf<typeof DatabaseRouting>`; in a system the domain has a name, `N`. */
export type EventOf<D, N extends string = string> =
  D extends Domain<infer S, infer E, infer G, infer T, infer _M> ? KernelEvent<S, G, T, EffectName<E>, N> : never;

/** What the generated code says of a domain. */
export interface DomainDefinition<S extends object, G extends object, T extends string, M extends object = object> {
  readonly name: string;
  readonly initial: Readonly<S>;
  merge(state: Readonly<S>, changes: Readonly<Partial<S>>): S;
  same(a: Readonly<S>, b: Readonly<S>): boolean;
  readonly goals: { readonly [N in keyof G]: (state: Readonly<S>) => G[N] | null };
  readonly transitions: { readonly [N in T]: Transition<S, Given<M, N>> };
  readonly effects: readonly string[];
  readonly invariants?: Definition<S>["invariants"];
  readonly unions?: Definition<S>["unions"];
  readonly ranges?: Definition<S>["ranges"];
  readonly durations?: Definition<S>["durations"];
  readonly handlers?: Definition<S>["handlers"];
  readonly contracts?: Definition<S>["contracts"];
  readonly receives?: readonly Receiver<S>[];
  readonly hears?: readonly Receiver<S>[];
  readonly sends?: Definition<S>["sends"];
}

/** Makes a domain of its definition. Called by generated code. */
export function defineDomain<S extends object, E extends object, G extends object, T extends string, M extends object = object>(
  // The types are those that the generated code declares.
  definition: NoInfer<DomainDefinition<S, G, T, M>>,
): Domain<S, E, G, T, M> {
  // The kernel sees states as plain records, whatever interface the generated code gives them.
  const untyped = definition as unknown as Definition;
  const { name, initial, transitions, effects } = definition;
  const silent = prepare(untyped, { publishes: false });
  const goals = Object.fromEntries(Object.entries(untyped.goals).map(([goal, reality]) => [goal, goalOf(reality)]));
  const open = async (options: HostOptions<E>): Promise<Host> => {
    if (talks(untyped)) throw new TypeError(`${name} talks to others: start the system with \`start\` of its module`);
    return at(await openHosts([{ definition: untyped, mail: null, silent }], options, null), 0);
  };
  const handle = (host: Host, key: string): Running<S> => {
    checkName("key", key);
    // Its state has the fields and types of S: the definition's initial state, and writes and facts that were checked.
    return new Handle(host, key) as unknown as Running<S>;
  };
  const start = async ({ key = defaultKey, ...options }: StartOptions<E>): Promise<Running<S>> => {
    checkName("key", key);
    const opened = await open(options as HostOptions<E>);
    opened.start(key);
    return handle(opened, key);
  };
  const host = async (options: HostOptions<E>): Promise<DomainHost<S>> => {
    const opened = await open(options);
    return {
      instance: (key = defaultKey) => handle(opened, key),
      keys: () => opened.keys(),
      settled: (settledOptions) => allSettled([opened], settledOptions),
      stop: () => opened.stop(),
    };
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
  } as unknown as Domain<S, E, G, T, M>;
}

function goalOf(reality: Definition["goals"][string]): Goal<Definition["initial"]> {
  return Object.assign((state: Definition["initial"]) => reality(state) !== null, { reality });
}

/** Says whether a domain has something to do with others. */
function talks({ receives, hears, sends, transitions }: Definition): boolean {
  const isAsked = Object.values(transitions).some(({ parameters }) => parameters !== undefined);
  return receives !== undefined || hears !== undefined || sends !== undefined || isAsked;
}
