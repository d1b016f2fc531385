import type { Contracts } from "./contracts.js";
import type { Definition, Invariant, State, Transition } from "./definition.js";
import type { Durations } from "./durations.js";
import type { Handlers } from "./handlers.js";
import type { Mail } from "./mail.js";

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

/** The policy of every effect that has none of its own. */
export const defaultRetry: RetryPolicy = { initial: 1000, factor: 2, max: 60_000, jitter: 0.2, timeout: 30_000 };

/** A transition with its name. */
export interface NamedTransition extends Transition {
  readonly name: string;
  /** The goals that it serves, by index; null: all. */
  readonly served: readonly number[] | null;
}

/** Transitions of one priority, by index in the order of their declaration. They take turns. */
export interface PriorityClass {
  readonly members: readonly number[];
  /** Whose turn it is in each class is one number, of mixed radix: this is the weight of this class's digit. */
  readonly weight: number;
}

/** A definition prepared for `react`: everything in order, and how to retry. */
export interface Machine {
  readonly domain: string;
  readonly initial: State;
  readonly merge: Definition["merge"];
  readonly same: Definition["same"];
  readonly goals: readonly { readonly name: string; readonly reality: (state: State) => string | null }[];
  readonly transitions: readonly NamedTransition[];
  /** The most important ones first. */
  readonly classes: readonly PriorityClass[];
  /** The strings that fields with a union may have. */
  readonly unions: ReadonlyMap<string, readonly string[]>;
  readonly durations: Durations | null;
  readonly handlers: Handlers | null;
  readonly contracts: Contracts | null;
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

/** What a domain does about messages. Its methods alone, as one artifact's class is not another's. */
export type MailRules = Pick<Mail, "mailbox" | "listensTo" | "post" | "accept" | "receive">;

/** How a machine differs from the plain one. */
export interface MachineOptions {
  readonly retry?: RetryPolicy;
  readonly retryOf?: ReadonlyMap<string, RetryPolicy>;
  readonly publishes?: boolean;
  readonly mail?: MailRules;
}

/** Prepares a definition. */
export function prepare(definition: Definition, options: MachineOptions = {}): Machine {
  const goals = Object.keys(definition.goals);
  const transitions = Object.entries(definition.transitions).map(([name, transition]) => ({
    name,
    ...transition,
    served: transition.serves?.map((goal) => goals.indexOf(goal)) ?? null,
  }));
  return {
    domain: definition.name,
    initial: definition.initial,
    merge: definition.merge,
    same: definition.same,
    goals: Object.entries(definition.goals).map(([name, reality]) => ({ name, reality })),
    transitions,
    classes: classesOf(transitions),
    unions: new Map(Object.entries(definition.unions ?? {})),
    durations: definition.durations ?? null,
    handlers: definition.handlers ?? null,
    contracts: definition.contracts ?? null,
    mail: options.mail ?? null,
    invariants: Object.entries(definition.invariants ?? {}).map(([name, holds]) => ({ name, holds })),
    realities: [],
    retry: options.retry ?? defaultRetry,
    retryOf: options.retryOf ?? new Map(),
    publishes: options.publishes ?? true,
  };
}

function classesOf(transitions: readonly Transition[]): PriorityClass[] {
  const priorities = transitions.map(({ priority = 100 }) => priority);
  let weight = 1;
  return [...new Set(priorities)]
    .sort((a, b) => b - a)
    .map((priority) => {
      const members = priorities.flatMap((own, index) => (own === priority ? [index] : []));
      const own = { members, weight };
      weight *= members.length;
      return own;
    });
}

/** The place in a class at which its turn goes on. */
export function positionIn({ members, weight }: PriorityClass, cursor: number): number {
  // A program that took over may have fewer transitions than the cursor says.
  return Math.floor(cursor / weight) % members.length;
}

/** The cursor once a transition has had its turn: its class goes on with the one behind it. */
export function cursorAfter({ classes, transitions }: Machine, cursor: number, transition: number): number {
  if (classes.length === 1) return transition + 1 === transitions.length ? 0 : transition + 1;
  const own = classes.find(({ members }) => members.includes(transition));
  // What took over an activation may not have its transition.
  if (own === undefined) return cursor;
  const next = (own.members.indexOf(transition) + 1) % own.members.length;
  return cursor + (next - positionIn(own, cursor)) * own.weight;
}

/** More lists of realities are not kept. */
const maxShared = 16;

/** A list of realities, the same one for all that are alike. */
export function sharedRealities({ realities: known }: Machine, list: readonly (string | null)[]): readonly (string | null)[] {
  // Loops, as this is in the way of every change.
  for (const other of known) {
    let index = 0;
    while (index < list.length && other[index] === list[index]) index += 1;
    if (index === list.length) return other;
  }
  if (known.length < maxShared) known.push(list);
  return list;
}
