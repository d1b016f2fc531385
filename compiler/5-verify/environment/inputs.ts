import { isOwnKey } from "../../2-check/own-key.js";
import type { Domain, Expression, Field } from "../../2-check/program.js";
import { allExpressions, fieldsReadBy, operandsOf, partsOf } from "../../2-check/traverse.js";
import { nearestIn, type Range, type Value } from "../../language/type.js";
import { argumentsOf, constantOf, countersOf } from "./flow.js";
import { withPayloadFields } from "./payload.js";
import { type Keys, type ObservableField, StringClasses, stringsOf } from "./strings.js";

/** What may come from outside, and how far that is all that could come. */
export interface Inputs {
  readonly fields: readonly ObservableField[];
  /** What the payload of each handler may be, by `payloadName`, and what messages may give, by `argumentName`. */
  readonly payloads: ReadonlyMap<string, readonly Value[]>;
  /** What instances may be called, as far as that is told apart. */
  readonly keys: Keys;
  /** The strings of each class that the program does not know, in order: they are interchangeable. */
  readonly fresh: readonly (readonly string[])[];
  /** So many of them are told apart at once, though there may be more in a system; null: as many as there may be. */
  readonly stringsAtOnce: number | null;
  /** Ints are followed as far as this from nothing, either way. */
  readonly intBound: number;
  /** Observed ints that are more than compared with constants are looked at as far as this, and next to constants. */
  readonly observedBound: number;
  /** Observed ints that are more than compared with constants: only their values within the bound are looked at. */
  readonly bounded: readonly string[];
  /** Why the values cannot be enumerated; null: they can. */
  readonly obstacle: string | null;
}

/** How the values are chosen. */
export interface InputOptions {
  /** Every field may be set from outside, and not only those that no transition assigns. */
  readonly hostile?: boolean;
  readonly intBound?: number;
  /** What the other domains of a system compare with and send. */
  readonly foreign?: readonly Value[];
  /** How many strings the other domains of a system may hold at once. */
  readonly foreignHolders?: number;
  /** What fields of instances begin with that a system starts. */
  readonly begins?: readonly Value[];
}

/** However large the constants are, no larger bound is taken by itself. */
const maxBound = 1000;

const smallestBound = 16;

/** Values of one field beyond this, either way, are too many to observe. */
const maxObserved = 10_000;

/** The values that tell apart all that a domain can tell apart (Wolper's data independence for strings, intervals for ints). */
export function inputsOf(
  declared: Domain,
  { hostile = false, intBound, foreign = [], foreignHolders = 0, begins = [] }: InputOptions = {},
): Inputs {
  const domain = withPayloadFields(declared);
  const constants = allExpressions(domain)
    .flatMap(partsOf)
    .map(constantOf)
    .filter((value) => value !== null)
    .concat([...foreign, ...begins].filter((value) => typeof value === "number"));
  const initial = [...domain.fields.map((field) => field.initial), ...begins].flatMap((value) =>
    typeof value === "number" ? [Math.abs(value)] : [],
  );
  const max = Math.max(0, ...constants.map(Math.abs), ...initial);
  // What it begins with is within the bound in any case.
  const bound = Math.max(intBound ?? Math.min(Math.max(smallestBound, max + 1), maxBound), ...initial);
  const counters = countersOf(domain);
  const observable = domain.fields.filter(
    (field) => (field.observed || hostile) && !counters.has(field.name) && !isOwnKey(field),
  );
  const strings = new StringClasses(domain, foreign, foreignHolders, begins);
  const bounded: string[] = [];
  // Where what it begins with is far out, of most values only those are observed that are next to something which it knows.
  const observed = bound > Math.max(maxBound, intBound ?? 0) ? smallestBound : bound;
  const isObservable = observed <= maxObserved;
  const known = [...constants, ...initial, ...initial.map((value) => -value)];
  const fields = observable.map((field): ObservableField => {
    if (field.members !== undefined) return { field: field.name, values: field.members, others: [] };
    if (field.type === "bool") return { field: field.name, values: [false, true], others: [] };
    if (field.type === "string") return strings.inputOf(field);
    const exact = field.observed ? intervalsOf(domain, field) : null;
    if (field.range !== undefined) {
      const values = exact === null ? null : [...exact, field.range.min, field.range.max];
      const all = values ?? allIn(field.range);
      if (all === null) bounded.push(field.name);
      return {
        field: field.name,
        values: inRange(all ?? [...valuesWithin(observed, known), field.range.min, field.range.max], field.range),
        others: [],
      };
    }
    if (exact === null) bounded.push(field.name);
    return { field: field.name, values: exact ?? (isObservable ? valuesWithin(observed, known) : []), others: [] };
  });
  const keys = strings.keys;
  const [wide] = bounded;
  const width = wide === undefined || isObservable ? null : `\`${wide}\` has too many values within ${-bound} and ${bound}`;
  const names = new Set(declared.fields.map(({ name }) => name));
  return {
    fields: fields.filter(({ field }) => names.has(field)),
    // Whatever a program knows of strings, those that an adapter returns are others.
    payloads: new Map(
      fields.filter(({ field }) => !names.has(field)).map(({ field, values, others }) => [field, [...values, ...others]]),
    ),
    keys,
    fresh: strings.fresh,
    stringsAtOnce: strings.atOnce,
    intBound: bound,
    observedBound: observed,
    bounded,
    obstacle: strings.obstacle ?? width,
  };
}

/** Gives every int of a range; null where these are too many. */
function allIn({ min, max }: Range): number[] | null {
  return max - min > maxObserved ? null : Array.from({ length: max - min + 1 }, (_, index) => min + index);
}

/** Gives the ints that are in a range, in order. */
function inRange(values: readonly number[], range: Range): number[] {
  return [...new Set(values)].filter((value) => nearestIn(range, value) === value).sort((a, b) => a - b);
}

/** Every int within the bound, and those around the constants. */
function valuesWithin(bound: number, constants: readonly number[]): number[] {
  const within = Array.from({ length: 2 * bound + 1 }, (_, index) => index - bound);
  const around = constants.flatMap((constant) => [constant - 1, constant, constant + 1]);
  return [...new Set([...within, ...around])].filter((value) => Number.isSafeInteger(value));
}

/**
 * One value for each constant that an int is compared with, and one for each interval between them: two where its value is
 * emitted, as then also a change within an interval is one. Null where it is more than compared with constants.
 */
function intervalsOf(domain: Domain, { name, initial }: Field): number[] | null {
  const emitted = argumentsOf(domain).some((argument) => argument.kind === "field" && argument.field === name);
  const constants: number[] = [];
  for (const expression of allExpressions(domain)) {
    if (expression.kind === "field" && expression.field === name && argumentsOf(domain).includes(expression)) continue;
    const found = comparedWith(expression, name);
    if (found === null) return null;
    constants.push(...found);
  }
  const sorted = [...new Set(constants)].sort((a, b) => a - b);
  const width = emitted ? 2 : 1;
  const values = new Set<number>(sorted);
  const around = Array.from({ length: width }, (_, index) => index + 1);
  for (const constant of sorted) for (const step of around) values.add(constant - step).add(constant + step);
  if (sorted.length === 0 && emitted) for (const step of around) values.add(Number(initial) + step);
  values.add(Number(initial));
  return [...values].filter((value) => Number.isSafeInteger(value)).sort((a, b) => a - b);
}

/** The constants that a field is compared with in an expression; null where it is used in another way. */
function comparedWith(expression: Expression, field: string): number[] | null {
  if (fieldsReadBy(expression).includes(field)) return null;
  if (expression.kind === "comparison" && expression.rule.operands === "int") {
    const { left, right } = expression;
    const other = isField(left, field) ? right : isField(right, field) ? left : null;
    const constant = other === null ? null : constantOf(other);
    if (constant !== null) return [constant];
  }
  const found = operandsOf(expression).map((operand) => comparedWith(operand, field));
  return found.some((each) => each === null) ? null : found.flatMap((each) => each ?? []);
}

function isField(expression: Expression, field: string): boolean {
  return expression.kind === "field" && expression.field === field;
}

/** Gives the literals of a domain: what it compares with, assigns and sends, and what its unions may be. */
export function literalsOf(declared: Domain): Value[] {
  const domain = withPayloadFields(declared);
  const parts = allExpressions(domain).flatMap(partsOf);
  const numbers = parts.map(constantOf).filter((value) => value !== null);
  const strings = parts.filter(({ type }) => type === "string").flatMap(stringsOf);
  const held = domain.fields.flatMap(({ initial, members }) => [initial, ...(members ?? [])]);
  return [...new Set<Value>([...numbers, ...strings, ...held])].filter((value) => typeof value !== "boolean");
}
