import { defaultKey } from "../language/default.js";
import { ownKey } from "../language/name.js";
import { allInts, nearestIn, type Value } from "../language/type.js";
import { declaredFields, isOwnKey } from "./own-key.js";
import type { Domain, Field } from "./program.js";
import { allExpressions, operandsOf, partsOf } from "./traverse.js";

/** For each field that may be observed, values that matter: between them the program tells nothing apart. */
export type Environment = Readonly<Record<string, readonly Value[]>>;

/**
 * Gives what the outside may observe of a domain: for each observed field (or, where a domain observes none, each field) its
 * default, the literals that it is compared with, both booleans, and ints around the constants. What is compared with the own key may
 * be what the own key is compared with.
 */
export function environmentOf(domain: Domain): Environment {
  return environmentAmong(domain, []);
}

/** Gives what `environmentOf` gives where instances are known to be called something. */
export function environmentAmong(domain: Domain, keys: readonly string[]): Environment {
  const observed = domain.fields.filter((field) => field.observed);
  const fields = observed.length > 0 ? observed : declaredFields(domain);
  const literals = comparisonsIn(domain, keys);
  return Object.fromEntries(fields.map((field) => [field.name, valuesOf(field, [...(literals.get(field.name) ?? [])])]));
}

/** Gives keys of instances that a domain tells apart, the default one first, and one that it does not know; null: it asks for none. */
export function keysOf(domain: Domain): readonly string[] | null {
  const key = domain.fields.find(isOwnKey);
  if (key === undefined) return null;
  const known = [...(comparisonsIn(domain, []).get(key.name) ?? [])].map(String).filter((value) => value !== "");
  return [...new Set([String(key.initial), ...known, "other"])];
}

function valuesOf({ type, members, range, initial }: Field, literals: readonly Value[]): Value[] {
  if (members !== undefined) return [...members];
  if (type === "bool") return [false, true];
  const own = [initial, ...literals];
  if (range !== undefined) own.push(range.min, range.max);
  const all = type === "string" ? own : own.flatMap((value) => [Number(value) - 1, Number(value), Number(value) + 1]);
  const values = [...new Set(all)].filter((value) => typeof value === "string" || isInt(Number(value), range));
  // What can only be one thing is never news.
  return values.length > 1 ? values : [...values, "other"];
}

function isInt(value: number, range = allInts): boolean {
  return nearestIn(range, value) === value;
}

/** Gives the literals that fields are compared with, or share an expression with. */
function comparisonsIn(domain: Domain, keys: readonly string[]): Map<string, Set<Value>> {
  const found = new Map<string, Set<Value>>();
  const asKeys = new Set<string>();
  for (const expression of allExpressions(domain).flatMap(partsOf)) {
    const operands = operandsOf(expression);
    const written = operands.flatMap((operand) => (operand.kind === "literal" ? [operand.value] : []));
    const fields = new Set(operands.flatMap((operand) => (operand.kind === "field" ? [operand.field] : [])));
    for (const field of fields) {
      found.set(field, new Set([...(found.get(field) ?? []), ...written]));
      if (fields.has(ownKey)) asKeys.add(field);
    }
  }
  const called = [defaultKey, ...keys, ...(found.get(ownKey) ?? [])];
  for (const field of asKeys) found.set(field, new Set([...(found.get(field) ?? []), ...called]));
  return found;
}
