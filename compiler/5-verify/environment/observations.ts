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

/** Up to so many combinations of values all fields are observed at once. */
const maxCombinations = 128;

/** Up to so many, all fields that have to do with each other. */
const maxRelated = 256;

/** What may be observed at once. */
export interface Observations {
  /** Those with the fewest fields first. */
  readonly all: readonly State[];
  /** How many fields that have to do with each other are observed at once at most; null: as many as there are. */
  readonly atOnce: number | null;
}

type Values = readonly (readonly [string, readonly Value[]])[];

/**
 * Gives the observations that are made: every combination of values, where there are not too many of them; else every combination of
 * fields that have to do with each other, which is as good: what is observed of others may as well come later. Where even these
 * are too many, two fields at once, or one.
 */
export function observationsOf(domain: Domain, fields: Values): Observations {
  if (countOf(fields) <= maxCombinations) return { all: combinationsOf(fields), atOnce: null };
  const groups = relatedIn(domain).map((group) => fields.filter(([field]) => group.has(field)));
  const limits = groups.map(limitOf);
  const all = groups.flatMap((group, index) => combinationsOf(group, limits[index]));
  const restricted = limits.filter((limit, index) => limit < (groups[index]?.length ?? 0));
  return {
    all: all.sort((a, b) => Object.keys(a).length - Object.keys(b).length),
    atOnce: restricted.length === 0 ? null : Math.min(...restricted),
  };
}

/** Gives how many of some fields are observed at once: all, two or one, as far as that is not too many combinations. */
function limitOf(fields: Values): number {
  if (countOf(fields) <= maxRelated) return fields.length;
  const pairs = fields.flatMap(([, values], index) => fields.slice(index + 1).map(([, others]) => values.length * others.length));
  return pairs.reduce((sum, count) => sum + count, 0) <= maxRelated ? 2 : 1;
}

function countOf(fields: Values): number {
  return fields.reduce((product, [, values]) => product * (values.length + 1), 1) - 1;
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
function combinationsOf(fields: Values, atOnce = fields.length): State[] {
  let all: [string, Value][][] = [[]];
  for (const [field, values] of fields) {
    all = all.flatMap((chosen) =>
      chosen.length === atOnce ? [chosen] : [chosen, ...values.map((value): [string, Value][] => [...chosen, [field, value]])],
    );
  }
  const sorted = all.filter((chosen) => chosen.length > 0).sort((a, b) => a.length - b.length);
  // A field may have any name, so no literal: `__proto__` would set the prototype.
  return sorted.map((chosen) => Object.fromEntries(chosen));
}
