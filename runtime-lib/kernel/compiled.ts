import type { State, Value, ValueType } from "./value.js";

// What generated code is made of: its transitions and what they plan, its handlers, receivers and conditions.

/** The names of realities, by goals whose names are not known. */
export type RealitiesByGoal = Readonly<Record<string, string>>;

/** One `emit` of a plan, by one of the effects `F`. Arguments by name are one object. */
export interface Intent<F extends string = string> {
  readonly effect: F;
  readonly args: readonly unknown[];
}

/** An instance, by its domain and key. */
export interface Address {
  readonly domain: string;
  readonly key: string;
}

/** What a plan sends: a message to an instance, or an event to whoever listens to it. */
export interface Send {
  /** Null: to all who listen. */
  readonly to: Address | null;
  /** The message's name, or the event's. */
  readonly name: string;
  readonly args: readonly Value[];
  /** It goes before those that are not. */
  readonly isHigh: boolean;
}

/** What is done about a message or an event: a commit of its own. */
export interface Receiver<S = State> {
  /** The message's name, or the event's. */
  readonly name: string;
  /** The types of what it is given. */
  readonly parameters: readonly ValueType[];
  /** What it writes and sends. @throws VedFault where it faults. */
  plan(state: Readonly<S>, ...args: readonly Value[]): Plan<S> | null;
}

/** What a step would do in a state: its intents in program order, and all that it assigns. */
export interface Plan<S = State> {
  readonly intents: readonly Intent[];
  readonly writes: Readonly<Partial<S>>;
  /** What it sends once it commits; absent where it sends nothing. */
  readonly sends?: readonly Send[];
}

/** A compiled transition; `A` is what a message gives it. */
export interface Transition<S = State, A extends readonly Value[] = readonly Value[]> {
  /** The types of what a message gives it; absent where it has no parameter list, and runs by itself. */
  readonly parameters?: readonly ValueType[];
  /** The transitions whose activations in flight hold this one up. */
  readonly waitsFor: readonly string[];
  /** The fields and effects that the step depends on: they say which activations of an older program hold it up. */
  readonly reads: readonly string[];
  readonly uses: readonly string[];
  /** The fields of the invariants of which it writes a field; absent where there are none. */
  readonly guards?: readonly string[];
  /** Its place among those that are enabled, higher numbers first; 100 when absent. */
  readonly priority?: number;
  /** The goals that it serves; absent where it serves all. */
  readonly serves?: readonly string[];
  /** The time between two of its commits, in ms; absent where there is none. */
  readonly cooldown?: number;
  /** The guard: whether `plan` would give a plan. @throws VedFault where the step faults. */
  enabled(state: Readonly<S>, ...args: A): boolean;
  /** What the step would do, or null when it is not enabled. @throws VedFault where the step faults. */
  plan(state: Readonly<S>, ...args: A): Plan<S> | null;
  /** What the steps after the first would do, each in the state of its moment. @throws VedFault where the step faults. */
  readonly laterSteps?: readonly ((state: Readonly<S>, ...args: A) => Plan<S> | null)[];
}

/** What has to hold for some time. */
export interface Duration<S = State> {
  /** The condition in one spelling: versions of a program that agree in it share the clock. */
  readonly condition: string;
  readonly ms: number;
  holds(state: Readonly<S>): boolean;
}

/** What is done about what became of an effect, in the same commit. */
export interface Handler<S = State> {
  readonly effect: string;
  readonly outcome: "done" | "failed" | "unknown";
  /** The type of its payload; absent where it has none. */
  readonly payload?: ValueType;
  /** What it writes. @throws VedFault where it faults. */
  writes(state: Readonly<S>, payload: Value): Readonly<Partial<S>>;
}

/** What the world is expected to show once an effect has happened. */
export interface Contract<S = State> {
  /** In ms. */
  readonly within: number;
  shown(state: Readonly<S>): boolean;
}

/** A condition that no commit may break. */
export type Invariant<S = State> = (state: Readonly<S>) => boolean;
