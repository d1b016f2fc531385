import type { State, Value } from "../../../runtime-lib/kernel/value.js";
import type { Domain } from "../../2-check/program.js";
import {
  bodiesOf,
  expressionsIn,
  fieldsAssignedBy,
  fieldsIn,
  standingExpressions,
  statementsIn,
} from "../../2-check/traverse.js";

/** Up to so many combinations of values fields are observed at once that have to do with each other; else in part. */
const maxRelated = 256;

/** Up to so many, all fields are. */
const maxCombinations = 128;

/** What may be observed at once. */
export interface Observations {
  /** Those with the fewest fields first. */
  readonly all: readonly State[];
  /** The numbers of those without which nothing is missing for an instance that has come to life. */
  readonly sufficient: readonly number[];
  /** How many fields that have to do with each other are observed at once at most; null: as many as there are. */
  readonly atOnce: number | null;
}

type Values = readonly (readonly [string, readonly Value[]])[];

/**
 * Gives the observations that are made: every combination of values, where there are not too many of them; else every combination of
 * fields that have to do with each other (see `isJoint`). Where even these are too many, two fields at once, or one.
 */
export function observationsOf(domain: Domain, fields: Values): Observations {
  const assigned = new Set(bodiesOf(domain).flatMap(({ statements }) => statementsIn(statements).flatMap(fieldsAssignedBy)));
  const begins = new Map(domain.fields.map(({ name, initial }) => [name, initial] as const));
  const isFew = fields.length > 0 && countOf(fields, assigned) <= maxCombinations;
  const groups = isFew ? [fields] : relatedIn(domain).map((group) => fields.filter(([field]) => group.has(field)));
  const made = [...groups.map((group) => observedOf(group, assigned)), ...shownIn(domain, fields)];
  const byDistance = (a: State, b: State) => distanceOf(a, begins) - distanceOf(b, begins);
  const all = made.flatMap(({ beside, observed }) => [...beside, ...observed]).sort(byDistance);
  const beside = new Set(made.flatMap((each) => each.beside));
  const restricted = made.flatMap(({ atOnce }) => (atOnce === null ? [] : [atOnce]));
  return {
    all,
    sufficient: all.flatMap((facts, index) => (beside.has(facts) ? [] : [index])),
    atOnce: restricted.length === 0 ? null : Math.min(...restricted),
  };
}

/** Whether all of so many fields are observed at once: else those are not that have nothing to do with each other. */
export function isJoint(all: readonly State[], fields: number): boolean {
  return fields === 0 || all.some((facts) => Object.keys(facts).length === fields);
}

/** What is observed of fields that have to do with each other. */
interface Observed {
  /** What is the same as something else that is observed, once an instance has come to life. */
  readonly beside: readonly State[];
  readonly observed: readonly State[];
  readonly atOnce: number | null;
}

/**
 * What is observed of fields that nothing assigns, is the same as all of them with the values that they have. Of others it makes a
 * difference that they were observed.
 */
function observedOf(fields: Values, assigned: ReadonlySet<string>): Observed {
  const isTooMany = countOf(fields, assigned) > maxRelated;
  if (!isTooMany && fields.length > 1 && isUnassigned(fields, assigned)) {
    return { beside: combinationsOf(fields, 1), observed: wholeOf(fields), atOnce: null };
  }
  const atOnce = isTooMany ? limitOf(fields) : fields.length;
  return { beside: [], observed: combinationsOf(fields, atOnce), atOnce: isTooMany ? atOnce : null };
}

/** Whether an observation changes nothing but some fields: the world shows what it owes, and no news with it. */
export function changesOnly(fields: readonly string[], facts: State, state: State): boolean {
  return Object.entries(facts).every(([field, value]) => fields.includes(field) || value === state[field]);
}

/** The fields that tell whether the world shows what an effect promises. */
export function fieldsPromisedBy({ effects }: Domain, effect: string): string[] {
  return effects.flatMap(({ name, contract }) => (name === effect && contract !== null ? fieldsIn(contract.condition) : []));
}

/** What effects promise is shown at once, however many other fields there are. */
function shownIn({ effects }: Domain, fields: Values): Observed[] {
  return effects.flatMap(({ contract }) => {
    const shown = contract === null ? [] : fieldsIn(contract.condition);
    const own = fields.filter(([field]) => shown.includes(field));
    const isNeeded = own.length > 2 && countOf(own, new Set()) <= maxRelated;
    return isNeeded ? [{ beside: [], observed: wholeOf(own), atOnce: null }] : [];
  });
}

/** Every choice of a value for each field. */
function wholeOf(fields: Values): State[] {
  return fields.reduce<State[]>(
    (all, [field, values]) => all.flatMap((facts) => values.map((value) => withFact(facts, field, value))),
    [{}],
  );
}

/** Gives how many fields are observed at once where all are too many: two or one. */
function limitOf(fields: Values): number {
  const pairs = fields.flatMap(([, values], index) => fields.slice(index + 1).map(([, others]) => values.length * others.length));
  return pairs.reduce((sum, count) => sum + count, 0) <= maxRelated ? 2 : 1;
}

function isUnassigned(fields: Values, assigned: ReadonlySet<string>): boolean {
  return fields.every(([field]) => !assigned.has(field));
}

function countOf(fields: Values, assigned: ReadonlySet<string>): number {
  const more = isUnassigned(fields, assigned) ? 0 : 1;
  return fields.reduce((product, [, values]) => product * (values.length + more), 1) - more;
}

/** In how many fields facts are other than what an instance begins with; those about fewer fields come first. */
function distanceOf(facts: State, begins: ReadonlyMap<string, Value>): number {
  const entries = Object.entries(facts);
  return entries.filter(([field, value]) => begins.get(field) !== value).length + (entries.length > 1 ? 1 : 0);
}

/** The fields of a domain, those together that some condition or some write relates, directly or by way of others. */
function relatedIn(domain: Domain): ReadonlySet<string>[] {
  const groupOf = new Map(domain.fields.map(({ name }) => [name, new Set([name])]));
  const relate = (fields: readonly string[]) => {
    const group = new Set(fields.flatMap((field) => [...(groupOf.get(field) ?? [])]));
    for (const field of group) groupOf.set(field, group);
  };
  for (const expression of standingExpressions(domain)) relate(fieldsIn(expression));
  for (const { condition } of domain.durations) relate(fieldsIn(condition));
  for (const body of bodiesOf(domain)) {
    const { statements } = body;
    relate([...expressionsIn(statements).flatMap(fieldsIn), ...statementsIn(statements).flatMap(fieldsAssignedBy)]);
  }
  return [...new Set(groupOf.values())];
}

/** Every non-empty choice of fields, so many of them at most, with a value for each, those with the fewest fields first. */
function combinationsOf(fields: Values, atOnce: number): State[] {
  let all: State[] = [{}];
  for (const [field, values] of fields) {
    all = all.flatMap((facts) =>
      Object.keys(facts).length === atOnce ? [facts] : [facts, ...values.map((value) => withFact(facts, field, value))],
    );
  }
  const size = (facts: State) => Object.keys(facts).length;
  return all.filter((facts) => size(facts) > 0).sort((a, b) => size(a) - size(b));
}

/** A field may have any name, so no literal: `__proto__` would set the prototype. */
function withFact(facts: State, field: string, value: Value): State {
  return Object.fromEntries([...Object.entries(facts), [field, value]]);
}
