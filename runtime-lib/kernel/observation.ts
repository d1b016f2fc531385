import type { State, Value } from "./definition.js";
import { type Activation, none } from "./instance.js";
import { publish, type Turn } from "./turn.js";

/**
 * Applies an observation. Gives why it is refused, in which case nothing of it is applied; or whether it changed anything.
 * Each fact is read once, and whatever the facts are, this does not throw.
 */
export function observe(turn: Turn, facts: unknown): string | boolean {
  try {
    return isPlainObject(facts) ? apply(turn, facts) : `an observation is a plain object, not ${shown(facts)}`;
  } catch {
    return "the observation cannot be read";
  }
}

function apply(turn: Turn, facts: Readonly<Record<string, unknown>>): string | boolean {
  const { next, machine } = turn;
  const before = next.state;
  const read: Record<string, Value> = {};
  let isChanged = false;
  for (const field of Object.keys(facts)) {
    const value = facts[field];
    const old = Object.hasOwn(before, field) ? before[field] : undefined;
    if (old === undefined) return `${machine.domain} has no field ${field}`;
    if (!isLike(value, old)) return `${field} is ${named(old)}, not ${shown(value)}`;
    // There is no negative zero.
    read[field] = value === 0 ? 0 : value;
    if (value !== old) isChanged = true;
  }
  const [symbol] = Object.getOwnPropertySymbols(facts);
  if (symbol !== undefined) return `${machine.domain} has no field ${String(symbol)}`;
  turn.facts = read;
  if (machine.publishes) publishObserved(turn, read);
  if (isChanged) become(turn, read);
  return isChanged;
}

function become({ next, machine }: Turn, read: State): void {
  const { activations, state } = next;
  if (activations.length > 0) next.activations = activations.map((activation) => overridingLater(activation, state, read));
  next.state = machine.merge(state, read);
  next.reached = none;
  next.oscillations = 0;
  next.heldUntil = null;
}

/** A commit of an activation under way may overwrite what was just observed, which is then published. */
function overridingLater(activation: Activation, before: State, read: State): Activation {
  const fields = Object.keys(read).filter((field) => read[field] !== before[field] && Object.hasOwn(activation.writes, field));
  return fields.length === 0 ? activation : { ...activation, observed: [...activation.observed, ...fields] };
}

function publishObserved(turn: Turn, facts: State): void {
  const changed = Object.keys(facts).filter((field) => facts[field] !== turn.next.state[field]);
  publish(turn, { type: "observed", facts, changed });
}

function isLike(value: unknown, old: Value): value is Value {
  return typeof value === typeof old && (typeof value !== "number" || Number.isSafeInteger(value));
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of another realm has a prototype of its own, with nothing above it.
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

function named(value: Value): string {
  return typeof value === "number" ? "an int" : typeof value === "boolean" ? "a bool" : "a string";
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "object" && value !== null ? (Array.isArray(value) ? "an array" : "an object") : String(value);
}
