import { unreachable } from "../../language/unreachable.js";
import { maxCombined } from "../search/subsets.js";
import type { Verdict, VerifyFinding, WaitReport } from "./report.js";

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
export function summaryOf(verdict: Exclude<Verdict, "refuted">, { observed, unobserved, assumes }: Scope): string {
  const proved = `${worldOf(observed, unobserved)}, all goals hold once observations stop and effects succeed${provided(assumes)}`;
  switch (verdict) {
    case "proved":
      return proved;
    case "proved up to a bound":
      return `${proved}; beyond that nothing is known`;
    case "gave up":
      return "nothing is known of it";
    default:
      return unreachable(verdict);
  }
}

/** Says in one sentence how something is refuted. */
export function refutationOf([finding]: readonly VerifyFinding[]): string {
  const steps = finding?.story?.repeatsFrom ?? finding?.story?.steps.length ?? 0;
  const after = steps === 0 ? "" : ` after ${steps === 1 ? "1 step" : `${steps} steps`}`;
  switch (finding?.diagnostic.code) {
    case "VED5001":
      return `it can get stuck${after}`;
    case "VED5002":
      return `it can go round in circles for ever${after}`;
    case "VED5003":
      return "its goals exclude each other";
    default:
      return "it does not always come to rest";
  }
}

/** Says what only the program sets, as a clause. */
export function setInside(fields: readonly string[]): string[] {
  if (fields.length === 0) return [];
  return [fields.length > maxNamed ? "only the program sets all other fields" : `only the program sets ${named(fields)}`];
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

/** Says which fields were not let change at once, as clauses. @param isJoint whether all of them were, where as many were as there are */
export function restrictions(atOnce: number | null, isJoint: boolean): string[] {
  if (atOnce !== null) return [atOnce === 1 ? "fields change one at a time" : `no more than ${atOnce} fields change at once`];
  return isJoint ? [] : ["fields that have nothing to do with each other do not change at once"];
}

/** Says of domains that a system starts with a state of their own that nothing else was looked at, each as a clause. */
export function startedAs(domains: readonly string[]): string[] {
  return domains.map((name) => `nobody outside brings a \`${name}\` to life that its system does not start`);
}

/** Says of domains that talk that of each only those instances were looked at that there are, as a clause. */
export function noFurther(domains: readonly string[]): string {
  const names = domains.length > maxNamed ? "any of them" : alternatives(domains.map((name) => `\`${name}\``));
  return `no further instance of ${names} comes to life`;
}

/** Gives things of which one is meant: `a, b or c`. */
export function alternatives(all: readonly string[]): string {
  return all.length > 1 ? `${all.slice(0, -1).join(", ")} or ${all.at(-1)}` : (all[0] ?? "");
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

/** What has to be so of strings, each as a clause. @param atOnce how many that nobody knows were told apart; null: enough */
export function aboutStrings(isJoining: boolean, atOnce: number | null): string[] {
  const strings =
    atOnce === 1 ? "one string that it does not know is there" : `${atOnce} strings that it does not know are there`;
  return [
    ...(isJoining ? ["no joined string grows too long (65,536 characters)"] : []),
    ...(atOnce === null ? [] : [`no more than ${strings} at once`]),
  ];
}

/** What lets go on who waits for the world, as the subject of a sentence. */
function newsFor({ fields, messages }: WaitReport): string {
  const quoted = (names: readonly string[]) => alternatives([...names].sort().map((name) => `\`${name}\``));
  const observed = fields.length === 0 ? [] : [`what is observed of ${quoted(fields)}`];
  const sent = messages.length === 0 ? [] : [`${quoted(messages)} from outside`];
  return alternatives([...observed, ...sent]);
}

/** On whose word it rests that what waits for the world does not wait for ever, each as a clause. */
export function broughtBy(waits: readonly WaitReport[]): string[] {
  const clauses = waits.map(
    (wait) => `${newsFor(wait)} lets it rest some day, once ${alternatives([...wait.effects].sort())} has happened`,
  );
  return [...new Set(clauses)];
}

/** What has to be so where not all was looked at that comes while something is slowed down, as a clause. */
export function slowedDown(
  { isForgotten, isKept }: { readonly isForgotten: boolean; readonly isKept: boolean },
  isPart = false,
): string[] {
  // One part slows the others down.
  return isForgotten || (isPart && isKept) ? ["what happens while it is slowed down makes no difference"] : [];
}

/** What has to be so where so much was waited for at once that not every combination was looked at, as a clause. */
export function manyWaits(isCut: boolean): string[] {
  return isCut ? [`of more than ${maxCombined} things that it waits for, one or all are over at once`] : [];
}
