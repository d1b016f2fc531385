import type { Plan } from "../../../runtime-lib/kernel/compiled.js";
import type { Definition } from "../../../runtime-lib/kernel/definition.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Domain } from "../../2-check/program.js";
import { at } from "../../language/at.js";
import type { Value } from "../../language/type.js";
import { countersOf } from "../environment/flow.js";

/** What a transition's step does in a state, with everything about it that is worked out once. */
export interface Planned {
  /** Its number among the plans of its transition. */
  readonly id: number;
  /** Of which of the transition's steps it is. */
  readonly step: number;
  readonly plan: Plan;
  /** Plans that want the same of the world share this. */
  readonly intents: number;
}

/** A state of a domain's fields: there is one object for each, so that equal states are the same. */
export interface Plain {
  readonly id: number;
  readonly state: State;
  /** An int of it is outside the bound. */
  readonly isBeyond: boolean;
  /** The kernel came by it, be it in passing. */
  isMet: boolean;
  /** For each goal the reality that holds, or null; a predicate that faults does not hold. */
  readonly realities: readonly (string | null)[];
  readonly allHold: boolean;
  /** What each transition would do here: null where it is not enabled, a string where it faults, and says why. */
  readonly plans: readonly (Planned | string | null)[];
  /** What later steps would do here, by transition and step. */
  readonly later: Map<string, Planned | string | null>;
  /** What handlers write here, by the handler and its payload: one object for each answer. */
  readonly handled: Map<string, Partial<State>>;
  /** Where writes lead, by the object that holds them. */
  readonly after: Map<Partial<State>, Plain>;
  /** Where the observations lead, by their numbers. */
  readonly observed: (Plain | undefined)[];
}

/** All states of a domain that were met, and what the compiled goals and steps say of each: they are asked once. */
export class States {
  readonly all: Plain[] = [];
  readonly counters: ReadonlySet<string>;
  /** Plans by transition. */
  readonly planned: readonly Planned[][];
  readonly #definition: Definition;
  readonly #fields: readonly string[];
  readonly #numbers: readonly Map<Value, number>[];
  /** The ints that the program assigns, and that have no range: that would be their bound. */
  readonly #assignedInts: readonly string[];
  readonly #bound: number;
  /** The goals that each transition serves; null: all. */
  readonly #served: readonly (readonly number[] | null)[];
  readonly #byKey = new Map<string, Plain>();
  readonly #byObject = new Map<State, Plain>();
  readonly #plansByText: readonly Map<string, Planned>[];
  readonly #intents = new Map<string, number>();

  constructor(domain: Domain, definition: Definition, bound: number) {
    this.#definition = definition;
    this.#bound = bound;
    this.counters = countersOf(domain);
    const names = [...domain.fields, ...domain.durations].map(({ name }) => name);
    this.#fields = names.filter((name) => !this.counters.has(name));
    this.#served = domain.transitions.map(
      ({ serves }) => serves?.map((goal) => domain.goals.findIndex(({ name }) => name === goal)) ?? null,
    );
    this.#numbers = this.#fields.map(() => new Map());
    this.#assignedInts = domain.fields
      .filter(({ type, observed, range }) => type === "int" && !observed && range === undefined)
      .map(({ name }) => name);
    const transitions = Object.keys(definition.transitions);
    this.planned = transitions.map(() => []);
    this.#plansByText = transitions.map(() => new Map());
  }

  /** The state that an object holds, whichever object it is. */
  of(state: State): Plain {
    const known = this.#byObject.get(state);
    return known ?? this.#byKey.get(this.#keyOf(state)) ?? this.#add(state);
  }

  /** The state after writes. */
  after(plain: Plain, writes: Partial<State>): Plain {
    let next = plain.after.get(writes);
    if (next === undefined) {
      next = this.of(this.#definition.merge(plain.state, writes));
      plain.after.set(writes, next);
    }
    return next;
  }

  /** Whether writes count something. */
  counts(writes: Partial<State>): boolean {
    if (this.counters.size === 0) return false;
    return Object.keys(writes).some((field) => this.counters.has(field));
  }

  #keyOf(state: State): string {
    let key = "";
    for (const [index, field] of this.#fields.entries()) {
      // The state has every field.
      const value = state[field] as Value;
      const numbers = at(this.#numbers, index);
      let number = numbers.get(value);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(value, number);
      }
      key += `${number},`;
    }
    return key;
  }

  #add(from: State): Plain {
    const { initial, merge } = this.#definition;
    const counted = Object.fromEntries([...this.counters].map((field) => [field, initial[field] as Value]));
    const state = merge(from, counted);
    const realities = Object.values(this.#definition.goals).map((reality) => quietly(() => reality(state), null));
    const plain: Plain = {
      id: this.all.length,
      state,
      isBeyond: this.#assignedInts.some((field) => !this.counters.has(field) && Math.abs(Number(state[field])) > this.#bound),
      realities,
      allHold: realities.every((reality) => reality !== null),
      plans: Object.values(this.#definition.transitions).map(({ plan }, index) => {
        const isServing = this.#served[index]?.some((goal) => realities[goal] === null) ?? true;
        return isServing ? this.#planIn(index, 0, () => plan(state)) : null;
      }),
      later: new Map(),
      handled: new Map(),
      isMet: false,
      after: new Map(),
      observed: [],
    };
    this.all.push(plain);
    this.#byKey.set(this.#keyOf(state), plain);
    this.#byObject.set(state, plain);
    return plain;
  }

  /** What one of a transition's later steps would do in a state. */
  laterPlan(plain: Plain, transition: number, step: number, ask: (state: State) => Plan | null): Planned | string | null {
    const key = `${transition}/${step}`;
    let planned = plain.later.get(key);
    if (planned === undefined) {
      planned = this.#planIn(transition, step, () => ask(plain.state));
      plain.later.set(key, planned);
    }
    return planned;
  }

  #planIn(transition: number, step: number, ask: () => Plan | null): Planned | string | null {
    try {
      const plan = ask();
      return plan === null ? null : this.#intern(transition, step, plan);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #intern(transition: number, step: number, plan: Plan): Planned {
    const known = at(this.#plansByText, transition);
    const list = at(this.planned, transition);
    const wanted = JSON.stringify(plan.intents);
    const text = `${step}${wanted}${JSON.stringify(plan.writes)}`;
    let planned = known.get(text);
    if (planned === undefined) {
      planned = { id: list.length, step, plan, intents: this.#intents.get(wanted) ?? this.#intents.size };
      this.#intents.set(wanted, planned.intents);
      known.set(text, planned);
      list.push(planned);
    }
    return planned;
  }
}

/** Whether a transition has something to do in a state. */
export function isEnabled({ plans }: Plain, transition: number): boolean {
  const planned = plans[transition];
  return typeof planned === "object" && planned !== null;
}

function quietly<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}
