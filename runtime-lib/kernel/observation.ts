import type { State, Value } from "./definition.js";
import type { Turn } from "./turn.js";
import { publish } from "./turn.js";

/** Why facts cannot be an observation of this domain's state, or null when they can. It never throws. */
export function refusalOf(domain: string, state: State, facts: unknown): string | null {
  try {
    return isPlainObject(facts) ? reasonAgainst(domain, state, facts) : `an observation is a plain object, not ${shown(facts)}`;
  } catch {
    return "the observation cannot be read";
  }
}

function reasonAgainst(domain: string, state: State, facts: object): string | null {
  for (const field of Reflect.ownKeys(facts)) {
    if (typeof field === "symbol" || !Object.hasOwn(state, field)) return `${domain} has no field ${String(field)}`;
    const value: unknown = Reflect.get(facts, field);
    const expected = typeof state[field];
    if (typeof value !== expected) return `${field} is ${named(expected)}, not ${shown(value)}`;
    if (expected === "number" && !Number.isSafeInteger(value)) return `${field} is an int, not ${shown(value)}`;
  }
  return null;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of another realm has a prototype of its own, with nothing above it.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function named(type: string): string {
  return type === "number" ? "an int" : type === "boolean" ? "a bool" : "a string";
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return typeof value === "function" ? "a function" : String(value);
}

/** Applies facts that were not refused. Gives whether anything changed. */
export function applyObservation(turn: Turn, facts: State): boolean {
  const { next, machine } = turn;
  const before = next.state;
  const state: Record<string, Value> = { ...before };
  const changed: string[] = [];
  for (const field of Object.keys(facts)) {
    const value = facts[field];
    if (value === undefined || value === before[field]) continue;
    // There is no negative zero.
    state[field] = value === 0 ? 0 : value;
    changed.push(field);
  }
  if (machine.publishes) publish(turn, { type: "observed", facts: { ...facts }, changed });
  if (changed.length === 0) return false;
  next.state = state;
  next.reached = [];
  next.oscillations = 0;
  next.heldUntil = null;
  if (next.activations.length > 0) noteObserved(turn, changed);
  return true;
}

/** A commit of an activation under way may overwrite what was just observed, which is then published. */
function noteObserved({ next }: Turn, changed: readonly string[]): void {
  next.activations = next.activations.map((activation) => {
    const fields = changed.filter((field) => Object.hasOwn(activation.writes, field));
    return fields.length === 0 ? activation : { ...activation, observed: [...activation.observed, ...fields] };
  });
}
