import type { Domain, Expression, Field } from "../../2-check/program.js";
import {
  allExpressions,
  assignmentsIn,
  bodiesOf,
  emitsIn,
  expressionsOf,
  fieldsIn,
  fieldsReadBy,
  operandsOf,
  partsOf,
  sendsIn,
  stepsOf,
} from "../../2-check/traverse.js";
import type { Value } from "../../language/type.js";
import { unreachable } from "../../language/unreachable.js";
import { argumentsOf, constantOf, countersOf, flowsOf } from "./flow.js";
import { messageOf, payloadPrefix, withPayloadFields } from "./payload.js";

/** What may be observed of a field. */
export interface ObservableField {
  readonly field: string;
  readonly values: readonly Value[];
  /** Values that stand for all strings which the program does not know. */
  readonly others: readonly Value[];
}

/** What may come from outside, and how far that is all that could come. */
export interface Inputs {
  readonly fields: readonly ObservableField[];
  /** What the payload of each handler may be, by `payloadName`, and what messages may give, by `argumentName`. */
  readonly payloads: ReadonlyMap<string, readonly Value[]>;
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
  const observable = domain.fields.filter((field) => (field.observed || hostile) && !counters.has(field.name));
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
    if (exact === null) bounded.push(field.name);
    return { field: field.name, values: exact ?? (isObservable ? valuesWithin(observed, known) : []), others: [] };
  });
  const [wide] = bounded;
  const width = wide === undefined || isObservable ? null : `\`${wide}\` has too many values within ${-bound} and ${bound}`;
  const names = new Set(declared.fields.map(({ name }) => name));
  return {
    fields: fields.filter(({ field }) => names.has(field)),
    // Whatever a program knows of strings, those that an adapter returns are others.
    payloads: new Map(
      fields.filter(({ field }) => !names.has(field)).map(({ field, values, others }) => [field, [...values, ...others]]),
    ),
    fresh: strings.fresh,
    stringsAtOnce: strings.atOnce,
    intBound: bound,
    observedBound: observed,
    bounded,
    obstacle: strings.obstacle ?? width,
  };
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

/** String fields that are compared with or assigned from each other share their values. */
class StringClasses {
  readonly obstacle: string | null;
  /** So many strings that no domain knows are told apart at once, though there may be more; null: as many as there may be. */
  atOnce: number | null = null;
  readonly #classOf = new Map<string, Set<string>>();
  readonly #literals = new Map<string, Set<string>>();
  readonly #domain: Domain;
  readonly #foreignHolders: number;
  /** The fields whose strings may get to other domains, or come from there. */
  readonly #crossing: ReadonlySet<string>;
  /** Those that the program does not know, by the first field of the class. */
  readonly #fresh = new Map<string, readonly string[]>();

  constructor(domain: Domain, foreign: readonly Value[], foreignHolders: number, begins: readonly Value[]) {
    this.#domain = domain;
    this.#foreignHolders = foreignHolders;
    for (const { name, type, initial } of domain.fields) {
      if (type !== "string") continue;
      this.#classOf.set(name, new Set([name]));
      this.#literals.set(name, new Set([String(initial), ...begins.filter((value) => typeof value === "string")]));
    }
    for (const { field, value } of flowsOf(domain)) if (value.type === "string") this.#join([field, ...fieldsIn(value)], [value]);
    for (const part of allExpressions(domain).flatMap(partsOf)) {
      if (useOfStrings(part) === "compared") this.#join(fieldsIn(part), operandsOf(part));
    }
    // As a key the empty string differs from every other.
    const sends = bodiesOf(domain).flatMap(({ statements }) => sendsIn(statements));
    const keys = sends.flatMap((send) => (send.kind === "send" && send.key !== null ? fieldsIn(send.key) : []));
    for (const field of keys) this.#literals.get(field)?.add("");
    const sent = bodiesOf(domain)
      .flatMap(({ statements }) => sendsIn(statements).flatMap(expressionsOf))
      .flatMap(fieldsIn);
    // What crosses over to another domain meets what that one knows, and holds.
    const strings = foreign.filter((value) => typeof value === "string");
    const crossing = [...this.#classOf].filter(([, members]) =>
      [...members].some((member) => sent.includes(member) || member.startsWith(payloadPrefix)),
    );
    this.#crossing = new Set(crossing.map(([field]) => field));
    for (const field of this.#crossing) for (const literal of strings) this.#literals.get(field)?.add(literal);
    this.obstacle = obstacleOf(domain);
  }

  /** Whether a field may hold what a message gives. */
  isGiven(field: string): boolean {
    return [...(this.#classOf.get(field) ?? [])].some((member) => messageOf(member) !== null);
  }

  /** How many strings there may be of the classes to which what messages give belongs, but for those that are only given. */
  get holdersOfArguments(): number {
    const given = [...this.#classOf].filter(([field, members]) => messageOf(field) !== null && members.size > 1);
    return [...new Set(given.map(([, members]) => members))].reduce((sum, { size }) => sum + size, 0);
  }

  /** Gives the strings of each class that the program does not know. */
  get fresh(): readonly (readonly string[])[] {
    return [...this.#fresh.values()];
  }

  #join(fields: readonly string[], expressions: readonly Expression[]): void {
    const literals = expressions.flatMap(partsOf).flatMap(stringsOf);
    const members = new Set(fields.flatMap((field) => [...(this.#classOf.get(field) ?? [])]));
    for (const member of members) this.#classOf.set(member, members);
    const [first] = fields;
    if (first === undefined) return;
    for (const literal of literals) this.#literals.get(first)?.add(literal);
  }

  /** Gives what may be observed of a field: what the program knows of it, and strings that it does not know. */
  inputOf({ name }: Field): ObservableField {
    const members = [...(this.#classOf.get(name) ?? [])];
    const known = [...new Set(members.flatMap((member) => [...(this.#literals.get(member) ?? [])]))];
    const isUsed = allExpressions(this.#domain).some((expression) => fieldsIn(expression).includes(name));
    if (!isUsed) return { field: name, values: known, others: [] };
    const others: string[] = [];
    for (let count = this.#holdersOf(members); count > 0; count -= 1) others.push(freshString([...known, ...others]));
    this.#fresh.set(members[0] ?? name, others);
    // Where strings are stored or compared with each other, whoever wrote the program thought of any; else of those that it names.
    return members.length > 1
      ? { field: name, values: [...known, ...others], others: [] }
      : { field: name, values: known, others };
  }

  /**
   * Gives how many strings of a class there may be at once: each of its fields holds one, what an adapter answers or a message gives is
   * one, and so is what an activation emits or is about to write.
   */
  #holdersOf(members: readonly string[]): number {
    const flights = this.#domain.transitions.filter((transition) =>
      stepsOf(transition)
        .flatMap((body) => [...emitsIn(body), ...sendsIn(body), ...assignmentsIn(body)].flatMap(expressionsOf))
        .some((value) => fieldsIn(value).some((field) => members.includes(field))),
    );
    const count = Math.max(members.length + flights.length, 1);
    // Other domains may hold some as well: with one for each there would be too many situations.
    if (this.#foreignHolders > 0 && members.some((member) => this.#crossing.has(member)))
      this.atOnce = Math.min(this.atOnce ?? count, count);
    return count;
  }
}

/** The strings that a part of an expression is known to be: what is written, and the text of a bool. */
function stringsOf(part: Expression): string[] {
  if (part.kind === "literal") return [String(part.value)];
  const isText = part.kind === "call" && part.type === "string" && part.arguments.every(({ type }) => type === "bool");
  return isText ? ["false", "true"] : [];
}

function freshString(taken: readonly string[]): string {
  let fresh = "other";
  for (let number = 2; taken.includes(fresh); number += 1) fresh = `other ${number}`;
  return fresh;
}

/** What an expression makes of the strings that stand in it. */
function useOfStrings(expression: Expression): "compared" | "joined" | null {
  switch (expression.kind) {
    case "comparison":
      return expression.rule.operands === "string" ? "compared" : null;
    case "arithmetic":
      return expression.type === "string" ? "joined" : null;
    case "literal":
    case "field":
    case "parameter":
    case "timed":
    case "unary":
    case "logical":
    // The text of a value is compared and joined like any other string.
    case "call":
      return null;
    default:
      return unreachable(expression);
  }
}

/** Whether a part of an expression is a string that nobody can list: one that is joined, or the text of an int. */
function isJoin(part: Expression): boolean {
  const isOfInt = part.kind === "call" && part.type === "string" && part.arguments.some(({ type }) => type === "int");
  return useOfStrings(part) === "joined" || isOfInt;
}

/** The fields that hold what is joined, or is assigned from something joined. */
function joinedIn(domain: Domain): ReadonlySet<string> {
  const flows = flowsOf(domain);
  const joined = new Set(flows.filter(({ value }) => partsOf(value).some(isJoin)).map(({ field }) => field));
  for (let size = -1; size !== joined.size; ) {
    size = joined.size;
    for (const { field, value } of flows) if (fieldsIn(value).some((from) => joined.has(from))) joined.add(field);
  }
  return joined;
}

/** Strings that are joined and then compared, or joined without end, have values that nobody can list. */
function obstacleOf(domain: Domain): string | null {
  const flows = flowsOf(domain);
  const joined = joinedIn(domain);
  for (const part of allExpressions(domain).flatMap(partsOf)) {
    if (useOfStrings(part) !== "compared") continue;
    const field = fieldsIn(part).find((name) => joined.has(name));
    if (field !== undefined) return `\`${field}\` is joined from strings and then compared`;
    if (operandsOf(part).flatMap(partsOf).some(isJoin) && fieldsIn(part).length > 0)
      return "strings are joined and then compared";
  }
  const counters = countersOf(domain);
  const endless = flows.find(
    ({ field, value }) => !counters.has(field) && partsOf(value).some(isJoin) && fieldsIn(value).includes(field),
  );
  return endless === undefined ? null : `\`${endless.field}\` grows whenever it is assigned`;
}

/** Whether a domain sends a string that it joins. */
export function sendsJoined(domain: Domain): boolean {
  const joined = joinedIn(domain);
  const isJoined = (value: Expression) => partsOf(value).some(isJoin) || fieldsIn(value).some((field) => joined.has(field));
  return bodiesOf(domain).some(({ statements }) => sendsIn(statements).flatMap(expressionsOf).some(isJoined));
}

/** Whether a domain compares a string that a message gives it. */
export function comparesGiven(declared: Domain): boolean {
  const domain = withPayloadFields(declared);
  const classes = new StringClasses(domain, [], 0, []);
  return allExpressions(domain)
    .flatMap(partsOf)
    .some((part) => useOfStrings(part) === "compared" && fieldsIn(part).some((field) => classes.isGiven(field)));
}

/** Says how many strings that messages give a domain may tell apart: those that it stores, or compares with what it stores. */
export function holdersIn(domain: Domain): number {
  return new StringClasses(withPayloadFields(domain), [], 0, []).holdersOfArguments;
}

/** Gives the literals of a domain: what it compares with, assigns and sends. */
export function literalsOf(domain: Domain): Value[] {
  const numbers = allExpressions(domain)
    .flatMap(partsOf)
    .map(constantOf)
    .filter((value) => value !== null);
  const strings = allExpressions(domain)
    .flatMap(partsOf)
    .flatMap((part) => (part.kind === "literal" && typeof part.value === "string" ? [part.value] : []));
  const initial = domain.fields.map(({ initial }) => initial);
  return [...new Set<Value>([...numbers, ...strings, ...initial])].filter((value) => typeof value !== "boolean");
}
