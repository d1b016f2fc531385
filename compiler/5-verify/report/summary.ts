import type { Verdict, WaitReport } from "./report.js";

/** What a verdict holds for. */
export interface Scope {
  /** What the outside may set: `Domain.field` where there are several domains. */
  readonly observed: readonly string[];
  /** What it was not let set. */
  readonly unobserved: readonly string[];
  /** What else it rests on, each as a clause behind "as long as". */
  readonly assumes: readonly string[];
}

/** More fields than this are counted and not listed. */
const maxNamed = 6;

/** Says in one sentence what a verdict says, and under what: it contradicts no finding below it. */
export function summaryOf(verdict: Verdict, { observed, unobserved, assumes }: Scope): string {
  switch (verdict) {
    case "proved":
      return `${worldOf(observed, unobserved)}, it comes to rest once the world is quiet${provided(assumes)}`;
    case "proved up to a bound":
      return `${worldOf(observed, unobserved)}, it comes to rest once the world is quiet${provided(assumes)}; beyond that nothing is known`;
    case "refuted":
      return "it does not always come to rest";
    case "gave up":
      return "nothing is known of it";
  }
}

function worldOf(observed: readonly string[], unobserved: readonly string[]): string {
  if (unobserved.length === 0) return "whatever is observed and whatever fails";
  if (observed.length === 0) return "whatever fails";
  return `whatever is observed of ${named(observed)}, and whatever fails`;
}

function provided(assumes: readonly string[]): string {
  return assumes.length === 0 ? "" : `, as long as ${listed(assumes)}`;
}

function named(fields: readonly string[]): string {
  return fields.length > maxNamed ? `${fields.length} fields` : listed(fields.map((field) => `\`${field}\``));
}

/** Says how many fields were let change at once, as a clause. */
export function restriction(atOnce: number): string {
  return atOnce === 1
    ? "fields that have to do with each other change one at a time"
    : `no more than ${atOnce} fields that have to do with each other change at once`;
}

/** Gives things in a sentence: `a, b and c`. */
export function listed(all: readonly string[]): string {
  return all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all.at(-1)}` : (all[0] ?? "");
}

/** Says how far ints were followed, as a clause. @param observed how far they were observed, but for what is next to a constant */
export function boundOf(bound: number, observed: number): string {
  const within = `ints stay within ${-bound} and ${bound}`;
  return observed === bound ? within : `${within}, observed ones within ${-observed} and ${observed} or next to a constant`;
}

/** On whose word it rests that what waits for the world does not wait for ever, each as a clause. */
export function broughtBy(waits: readonly WaitReport[]): string[] {
  const clauses = waits.map(
    ({ effects, fields }) => `${effects.join(" or ")} brings ${fields.map((field) => `\`${field}\``).join(" or ")}`,
  );
  return [...new Set(clauses)];
}
