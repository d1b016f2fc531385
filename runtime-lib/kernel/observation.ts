import { changeState } from "./change.js";
import { hasOwnKeys } from "./features.js";
import { none } from "./instance.js";
import { ownKey } from "./own-key.js";
import type { Turn } from "./rules.js";
import { publish } from "./turn.js";
import { isOfType, type State, typeInWords, typeOf, type Value, valueInWords } from "./value.js";

/**
 * Applies an observation. Gives why it is refused, in which case nothing of it is applied; or whether it changed anything.
 * Each fact is read once, and whatever the facts are, this does not throw.
 */
export function observe(turn: Turn, facts: unknown): string | boolean {
  try {
    return isPlainObject(facts) ? apply(turn, facts) : `an observation is a plain object, not ${valueInWords(facts)}`;
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
    const type = machine.narrowed.get(field) ?? typeOf(old);
    if (!isOfType(type, value)) return `${field} is ${typeInWords(type)}, not ${valueInWords(value)}`;
    if (hasOwnKeys && field === ownKey) return `${field} is kept by the runtime`;
    if (machine.durations?.has(field)) return `${field} is kept by the runtime`;
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

function become(turn: Turn, read: State): void {
  const { next } = turn;
  changeState(turn, read);
  next.reached = none;
  next.oscillations = 0;
  next.heldUntil = null;
}

function publishObserved(turn: Turn, facts: State): void {
  const changed = Object.keys(facts).filter((field) => facts[field] !== turn.next.state[field]);
  publish(turn, { type: "observed", facts, changed });
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of another realm has a prototype of its own, with nothing above it.
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}
