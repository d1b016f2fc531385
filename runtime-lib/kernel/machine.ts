import type { Transition } from "./compiled.js";
import type { Definition } from "./definition.js";
import { hasPriorities, hasRanges } from "./features.js";
import type { Machine, MailRules, PriorityClass, RetryPolicy } from "./rules.js";
import type { ValueType } from "./value.js";

/** The policy of every effect that has none of its own. */
export const defaultRetry: RetryPolicy = { initial: 1000, factor: 2, max: 60_000, jitter: 0.2, timeout: 30_000 };

/** The priority of a transition that has none of its own. */
export const defaultPriority = 100;

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
    narrowed: new Map<string, ValueType>(Object.entries({ ...definition.unions, ...(hasRanges ? definition.ranges : {}) })),
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
  if (!hasPriorities) return [{ members: transitions.map((_, index) => index), weight: 1 }];
  const priorities = transitions.map(({ priority = defaultPriority }) => priority);
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

/** Gives the position in a class at which the round robin goes on. */
export function positionIn({ members, weight }: PriorityClass, cursor: number): number {
  // A program that took over may have fewer transitions than the cursor says.
  return Math.floor(cursor / weight) % members.length;
}

/** Gives the cursor once a transition was considered: its class goes on with the one behind it. */
export function cursorAfter({ classes, transitions }: Machine, cursor: number, transition: number): number {
  if (!hasPriorities || classes.length === 1) return transition + 1 === transitions.length ? 0 : transition + 1;
  const own = classes.find(({ members }) => members.includes(transition));
  // What took over an activation may not have its transition.
  if (own === undefined) return cursor;
  const next = (own.members.indexOf(transition) + 1) % own.members.length;
  return cursor + (next - positionIn(own, cursor)) * own.weight;
}

/** More lists of realities are not kept. */
const maxShared = 16;

/** Gives a list of realities, the same one for all that are alike. */
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
