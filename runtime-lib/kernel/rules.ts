import type { Contract, Duration, Handler, Invariant, Send, Transition } from "./compiled.js";
import type { Attempt, KernelEvent, MessageInput, Outcome } from "./event.js";
import type { Activation, Instance } from "./instance.js";
import type { State, ValueType } from "./value.js";

// What the parts of the kernel know of each other. A domain that has no durations, handlers, contracts or messages does without
// the code for them: the kernel sees these parts as interfaces, and an artifact contains those that its program brings along.

/** When an intent is tried again, and how long one attempt may take. */
export interface RetryPolicy {
  /** The first delay, in ms. */
  readonly initial: number;
  /** By how much each delay is longer than the one before. */
  readonly factor: number;
  /** The longest delay, in ms. */
  readonly max: number;
  /** The part of a delay, from 0 to 1, that chance may take off it. */
  readonly jitter: number;
  /** How long an attempt may take, in ms; 0: as long as it likes. */
  readonly timeout: number;
}

/** A transition with its name. */
export interface NamedTransition extends Transition {
  readonly name: string;
  /** The goals that it serves, by index; null: all. */
  readonly served: readonly number[] | null;
}

/** Transitions of one priority, by index in the order of their declaration: they are considered round robin. */
export interface PriorityClass {
  readonly members: readonly number[];
  /** Where each class goes on is kept in one number, of mixed radix: this is the weight of this class's digit. */
  readonly weight: number;
}

/** A definition prepared for `react`: everything in order, and how to retry. */
export interface Machine {
  readonly domain: string;
  readonly initial: State;
  merge(state: State, changes: Partial<State>): State;
  same(a: State, b: State): boolean;
  readonly goals: readonly { readonly name: string; readonly reality: (state: State) => string | null }[];
  readonly transitions: readonly NamedTransition[];
  /** The most important ones first. */
  readonly classes: readonly PriorityClass[];
  /** The types of fields that say more than their values do: the strings of unions, the ranges of ints. */
  readonly narrowed: ReadonlyMap<string, ValueType>;
  readonly durations: DurationRules | null;
  readonly handlers: HandlerRules | null;
  readonly contracts: ContractRules | null;
  /** Null: the domain talks to nobody. */
  readonly mail: MailRules | null;
  readonly invariants: readonly { readonly name: string; readonly holds: Invariant }[];
  /** Lists of realities that were met: instances that rest in the same share one. A mere memo. */
  readonly realities: (readonly (string | null)[])[];
  readonly retry: RetryPolicy;
  readonly retryOf: ReadonlyMap<string, RetryPolicy>;
  /** Whether reactions carry events; without listeners they would be made for nothing. */
  readonly publishes: boolean;
}

/** A copy of an instance that may be changed. */
export type Draft = { -readonly [K in keyof Instance]: Instance[K] };

/** One call of `react` while it works: a draft of the next instance, and what was decided so far. */
export interface Turn {
  readonly machine: Machine;
  readonly now: number;
  readonly next: Draft;
  readonly attempts: Attempt[];
  /** The facts of the observation that was accepted, as they were read. */
  facts: State | null;
  /** What a handler wrote. */
  handled: Partial<State> | null;
  readonly events: KernelEvent[];
  /** The state for which `next.realities` was worked out; null: none yet. */
  evaluated: State | null;
  allHold: boolean;
  /** What committed, in order. */
  commits: readonly Activation[];
  /** The earliest time at which a transition that is enabled stops backing off. */
  backoffEnds: number;
  /** The earliest time at which a message that waits for a transition to cool down can be run. */
  mailDue: number;
}

/** A duration with the name of the field that says whether it is over. */
export interface NamedDuration extends Duration {
  readonly name: string;
  /** That field, once it is over and as long as it is not. */
  readonly over: State;
  readonly open: State;
}

/** What has to hold for some time. */
export interface DurationRules {
  readonly all: readonly NamedDuration[];
  /** Whether a field is one that says whether a duration is over. */
  has(field: string): boolean;
  /** Brings all up to date with the state and the time. */
  keep(turn: Turn): void;
  /** When the next one is over that is not yet, in epoch ms; Infinity: none is running. */
  ends(turn: Turn): number;
}

/** What is done about what became of effects. */
export interface HandlerRules {
  readonly all: readonly Handler[];
  find(effect: string, outcome: Outcome): Handler | undefined;
  /** Says why what an effect came to is not what a handler asks for; null: it is, or none asks. */
  mismatch(effect: string, value: unknown): string | null;
  /** Runs the handler of what became of an effect, if there is one. */
  run(turn: Turn, effect: string, outcome: Outcome, payload: unknown): void;
}

/** What the world is expected to show once effects have happened. */
export interface ContractRules {
  readonly byEffect: ReadonlyMap<string, Contract>;
  /** Notes what is expected from now on. */
  expect(turn: Turn, effect: string): void;
  /** Forgets what the world shows by now, and reports what it did not show in time. */
  check(turn: Turn): void;
}

/** What a domain does about messages. */
export interface MailRules {
  /** How many messages a mailbox holds. */
  readonly mailbox: number;
  /** Whether something is done about an event. */
  listensTo(event: string): boolean;
  /** Puts what a commit sends among what is on its way. */
  post(turn: Turn, sends: readonly Send[]): void;
  /** Puts a message into the mailbox. Gives why it is refused, or null. */
  accept(turn: Turn, message: MessageInput): string | null;
  /** Runs the messages whose turn it is. */
  receive(turn: Turn): void;
}
