import { isOwnKey } from "../../2-check/own-key.js";
import type { Domain, Expression, Field } from "../../2-check/program.js";
import {
  allExpressions,
  assignmentsIn,
  bodiesOf,
  emitsIn,
  expressionsOf,
  fieldsIn,
  operandsOf,
  partsOf,
  sendsIn,
  stepsOf,
} from "../../2-check/traverse.js";
import { defaultKey } from "../../language/default.js";
import { ownKey } from "../../language/name.js";
import type { Value } from "../../language/type.js";
import { unreachable } from "../../language/unreachable.js";
import { countersOf, type Flow, flowsOf } from "./flow.js";
import { argumentName, messageOf, withPayloadFields } from "./payload.js";

/** What may be observed of a field. */
export interface ObservableField {
  readonly field: string;
  readonly values: readonly Value[];
  /** Values that stand for all strings which the program does not know. */
  readonly others: readonly Value[];
}

/** What the instances of a domain may be called. */
export interface Keys {
  /** What the program knows of. */
  readonly known: readonly string[];
  /** What it does not know, where it asks for the key: all of these are alike. */
  readonly fresh: readonly string[];
}

/** What is compared with each other. */
interface Compared {
  /** The sides of a comparison; or the keys of all that is sent to one domain, as they name the same instance or several. */
  readonly sides: readonly Expression[];
  readonly as: "compared" | "used as a key";
}

/** String fields that are compared with or assigned from each other share their values. */
export class StringClasses {
  readonly obstacle: string | null;
  /** So many strings that no domain knows are told apart at once, though there may be more; null: as many as there may be. */
  atOnce: number | null = null;
  readonly #classOf = new Map<string, Set<string>>();
  readonly #literals = new Map<string, Set<string>>();
  readonly #domain: Domain;
  readonly #foreignHolders: number;
  /** The fields whose strings may get to other domains, or come from there. */
  readonly #crossing: ReadonlySet<string>;
  /** The fields that are keys: each of their strings may name an instance of its own. */
  readonly #keys: ReadonlySet<string>;
  /** Those that the program does not know, by the first field of the class. */
  readonly #fresh = new Map<string, readonly string[]>();

  constructor(domain: Domain, foreign: readonly Value[], foreignHolders: number, begins: readonly Value[]) {
    this.#domain = domain;
    this.#foreignHolders = foreignHolders;
    const begun = begins.filter((value) => typeof value === "string");
    for (const { name, type, initial, members } of domain.fields) {
      if (type !== "string") continue;
      this.#classOf.set(name, new Set([name]));
      this.#literals.set(name, new Set([String(initial), ...(members ?? []), ...begun]));
    }
    for (const { field, value } of stringFlowsOf(domain)) this.#join([field, ...fieldsIn(value)], [value]);
    const compared = comparedIn(domain);
    for (const { sides } of compared) this.#join(sides.flatMap(fieldsIn), sides);
    this.#keys = new Set(compared.flatMap(({ sides, as }) => (as === "used as a key" ? sides.flatMap(fieldsIn) : [])));
    // As a key the empty string differs from every other; and so does the one of whoever is sent something without a key.
    for (const field of this.#keys) for (const key of ["", defaultKey]) this.#literals.get(field)?.add(key);
    const strings = foreign.filter((value) => typeof value === "string");
    this.#crossing = this.#meetAbroad(sentBy(domain), strings);
    this.obstacle = obstacleOf(domain);
  }

  /** Whether a field may hold what a message gives, or what the instance is called by whoever sends it something. */
  isGiven(field: string): boolean {
    return [...(this.#classOf.get(field) ?? [])].some(comesFromOthers);
  }

  /** Gives what instances may be called: what the program knows of the key, and others. */
  get keys(): Keys {
    const key = this.#domain.fields.find(isOwnKey);
    if (key === undefined) return { known: [defaultKey], fresh: [] };
    const { values, others } = this.inputOf(key);
    const fresh = [...this.#fresh].flatMap(([first, strings]) => (this.#classOf.get(ownKey)?.has(first) === true ? strings : []));
    const all = new Set([defaultKey, ...values, ...others].map(String));
    return { known: [...all].filter((value) => value !== "" && !fresh.includes(value)), fresh };
  }

  /** How many strings there may be of the classes to which what messages give belongs, but for those that are only given. */
  get holdersOfArguments(): number {
    const given = [...this.#classOf].filter(([field, members]) => comesFromOthers(field) && members.size > 1);
    return [...new Set(given.map(([, members]) => members))].reduce((sum, { size }) => sum + size, 0);
  }

  /** Gives the strings of each class that the program does not know. */
  get fresh(): readonly (readonly string[])[] {
    return [...this.#fresh.values()];
  }

  /**
   * What crosses over to another domain meets what that one knows, and holds. As it may come back, it also meets whatever else crosses.
   * Gives the fields that cross.
   */
  #meetAbroad(sent: readonly Expression[], foreign: readonly string[]): ReadonlySet<string> {
    const fields = sent.flatMap(fieldsIn);
    const crosses = (member: string) => fields.includes(member) || comesFromOthers(member);
    const crossing = [...this.#classOf].flatMap(([field, members]) => ([...members].some(crosses) ? [field] : []));
    const own = [
      ...sent.flatMap(partsOf).flatMap(stringsOf),
      ...crossing.flatMap((field) => [...(this.#literals.get(field) ?? [])]),
    ];
    for (const field of crossing) for (const literal of [...foreign, ...own]) this.#literals.get(field)?.add(literal);
    return new Set(crossing);
  }

  #join(fields: readonly string[], expressions: readonly Expression[]): void {
    const literals = expressions.flatMap(partsOf).flatMap(stringsOf);
    const members = new Set(fields.flatMap((field) => [...(this.#classOf.get(field) ?? [])]));
    for (const member of members) this.#classOf.set(member, members);
    // Of a bool, too, there may be a text.
    const first = fields.find((field) => this.#literals.has(field));
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
    // Other domains may hold some as well, and instances are called by some: with one for each there would be too many situations.
    const isHeldAbroad = this.#foreignHolders > 0 && members.some((member) => this.#crossing.has(member));
    if (isHeldAbroad || members.some((member) => this.#keys.has(member))) this.atOnce = Math.min(this.atOnce ?? count, count);
    return count;
  }
}

/** Whether what a field holds comes from whoever sends something: what a message gives, or a key. */
function comesFromOthers(field: string): boolean {
  return messageOf(field) !== null || field === ownKey;
}

/** The strings that a part of an expression is known to be: what is written, and the text of a bool. */
export function stringsOf(part: Expression): string[] {
  if (part.kind === "literal") return [String(part.value)];
  const isText = part.kind === "call" && part.type === "string" && part.arguments.every(({ type }) => type === "bool");
  return isText ? ["false", "true"] : [];
}

/** What `freshString` gives, as it stands in JSON; and perhaps a string that happens to look like that. */
export const freshInJson = /"other( \d+)?"/g;

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
    case "ranged":
    // The text of a value is compared and joined like any other string.
    case "call":
      return null;
    default:
      return unreachable(expression);
  }
}

/** The strings that a domain assigns to its fields; what it sends to itself, it gives to the parameter of the message. */
function stringFlowsOf(domain: Domain): Flow[] {
  const takers = [...domain.receivers, ...domain.transitions];
  const toItself = bodiesOf(domain)
    .flatMap(({ statements }) => sendsIn(statements))
    .flatMap((send) => {
      if (send.kind !== "send" || send.target !== domain.name) return [];
      const parameters = takers.find(({ name }) => name === send.message)?.parameters ?? [];
      return send.arguments.flatMap((value, index) => {
        const parameter = parameters[index];
        return parameter === undefined ? [] : [{ field: argumentName(send.message, parameter.name), value }];
      });
    });
  return [...flowsOf(domain), ...toItself].filter(({ value }) => value.type === "string");
}

/** Everything that a domain sends: arguments and keys. */
function sentBy(domain: Domain): Expression[] {
  return bodiesOf(domain).flatMap(({ statements }) => sendsIn(statements).flatMap(expressionsOf));
}

/** The strings that a domain compares, and those that are keys. */
function comparedIn(domain: Domain): Compared[] {
  const keys = new Map<string, Expression[]>();
  for (const send of bodiesOf(domain).flatMap(({ statements }) => sendsIn(statements))) {
    if (send.kind === "send" && send.key !== null) keys.set(send.target, [...(keys.get(send.target) ?? []), send.key]);
  }
  const comparisons = allExpressions(domain)
    .flatMap(partsOf)
    .filter((part) => useOfStrings(part) === "compared");
  return [
    ...comparisons.map((part) => ({ sides: operandsOf(part), as: "compared" as const })),
    ...[...keys.values()].map((sides) => ({ sides, as: "used as a key" as const })),
  ];
}

/** Whether a part of an expression is a string that nobody can list: one that is joined, or the text of an int. */
function isJoin(part: Expression): boolean {
  const isOfInt = part.kind === "call" && part.type === "string" && part.arguments.some(({ type }) => type === "int");
  return useOfStrings(part) === "joined" || isOfInt;
}

/** The fields that hold what is joined, or is assigned from something joined. */
function joinedIn(domain: Domain): ReadonlySet<string> {
  const flows = stringFlowsOf(domain);
  const joined = new Set(flows.filter(({ value }) => partsOf(value).some(isJoin)).map(({ field }) => field));
  for (let size = -1; size !== joined.size; ) {
    size = joined.size;
    for (const { field, value } of flows) if (fieldsIn(value).some((from) => joined.has(from))) joined.add(field);
  }
  return joined;
}

/** Strings that are joined and then compared, or joined without end, have values that nobody can list. */
function obstacleOf(domain: Domain): string | null {
  const joined = joinedIn(domain);
  for (const { sides, as } of comparedIn(domain)) {
    const field = sides.flatMap(fieldsIn).find((name) => joined.has(name));
    if (field !== undefined) return `${calledIn(field)} is joined from strings and then ${as}`;
    if (sides.some((side) => partsOf(side).some(isJoin)) && sides.flatMap(fieldsIn).length > 0)
      return as === "compared" ? "strings are joined and then compared" : "a joined string is used as a key";
  }
  const counters = countersOf(domain);
  const endless = flowsOf(domain).find(
    ({ field, value }) => !counters.has(field) && partsOf(value).some(isJoin) && fieldsIn(value).includes(field),
  );
  return endless === undefined ? null : `\`${endless.field}\` grows whenever it is assigned`;
}

/** What a field is called in a sentence. */
function calledIn(field: string): string {
  const message = messageOf(field);
  return message === null ? `\`${field}\`` : `what ${message} gives`;
}

/** Whether a domain sends a string that it joins. */
export function sendsJoined(domain: Domain): boolean {
  const joined = joinedIn(domain);
  const isJoined = (value: Expression) => partsOf(value).some(isJoin) || fieldsIn(value).some((field) => joined.has(field));
  return sentBy(domain).some(isJoined);
}

/** Whether a domain compares a string that a message gives it, or uses it as a key. */
export function comparesGiven(declared: Domain): boolean {
  const domain = withPayloadFields(declared);
  const classes = new StringClasses(domain, [], 0, []);
  return comparedIn(domain).some(({ sides }) => sides.flatMap(fieldsIn).some((field) => classes.isGiven(field)));
}

/** Whether a domain sends a string on that a message gave it. */
export function sendsGiven(declared: Domain): boolean {
  const domain = withPayloadFields(declared);
  const classes = new StringClasses(domain, [], 0, []);
  return sentBy(domain)
    .flatMap(fieldsIn)
    .some((field) => classes.isGiven(field));
}

/** Says how many strings that messages give a domain may tell apart: those that it stores, or compares with what it stores. */
export function holdersIn(domain: Domain): number {
  return new StringClasses(withPayloadFields(domain), [], 0, []).holdersOfArguments;
}

/** Whether a domain sends something to instances of another, or of its own, whose keys it joins. */
export function joinsKeysOf(domain: Domain, target: string): boolean {
  const joined = joinedIn(domain);
  return bodiesOf(domain)
    .flatMap(({ statements }) => sendsIn(statements))
    .flatMap((send) => (send.kind === "send" && send.target === target && send.key !== null ? [send.key] : []))
    .some((key) => partsOf(key).some(isJoin) || fieldsIn(key).some((field) => joined.has(field)));
}
