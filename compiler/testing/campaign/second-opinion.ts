import { isDeepStrictEqual } from "node:util";
import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Report } from "../../5-verify/report/report.js";
import type { PlainResult } from "../plain-system.js";

/** What the verifier and a plain search do not agree in: what was compared, and how. */
export type Difference = readonly [kind: string, detail: string];

/** Compares a report with what a plain search of the same system found. */
export function differencesBetween(report: Report, plain: PlainResult): Difference[] {
  if (report.verdict === "gave up" || isOnlyJammed(plain)) return [];
  const found = plainVerdictOf(report);
  const intsAreBounded = report.assumes.some((clause) => clause.startsWith("ints stay within"));
  if (intsAreBounded) return [];
  if (found !== plain.verdict) return [["verdict", `the verifier says ${found}, the plain search ${plain.verdict}`]];
  // A domain by itself leaves out what makes no difference.
  if (!report.domain.includes(", ")) return [];
  return found === "refuted" ? otherDeadEnd(report, plain) : otherRests(report, plain);
}

/** Whether nothing goes wrong but that mailboxes are full for good: the verifier asks whether larger ones would do. */
function isOnlyJammed({ deadEnds, jams, livelock }: PlainResult): boolean {
  return jams.length > 0 && jams.length === deadEnds.length && !livelock;
}

/** The plain search has no word of its own for what gets stuck on strings that the program does not know. */
function plainVerdictOf({ verdict, findings }: Report): Report["verdict"] {
  return findings.some(({ diagnostic }) => diagnostic.code === "VED5101") ? "refuted" : verdict;
}

function otherDeadEnd({ findings }: Report, { deadEnds }: PlainResult): Difference[] {
  const known = new Set(deadEnds.map(textOfPlain));
  return findings.flatMap(({ diagnostic, story }): Difference[] => {
    const end = story?.steps.at(-1)?.state;
    if (diagnostic.code !== "VED5001" || end === undefined || known.has(textOf(end))) return [];
    return [["dead end", `${textOf(end)} is no dead end of the plain search, but ${[...known].slice(0, 4).join(" and ")}`]];
  });
}

function otherRests({ rests }: Report, plain: PlainResult): Difference[] {
  const [found, expected] = [rests.flatMap(({ states }) => states.map(textOf)), plain.rests.map(textOfPlain)].map((texts) =>
    [...new Set(texts)].sort(),
  );
  if (isDeepStrictEqual(found, expected)) return [];
  const [only, missing] = [
    found?.filter((text) => !expected?.includes(text)),
    expected?.filter((text) => !found?.includes(text)),
  ];
  return [
    [
      "rests",
      `only the verifier has ${only?.slice(0, 3).join(" and ")}; only the plain search ${missing?.slice(0, 3).join(" and ")}`,
    ],
  ];
}

/** Gives the text of a state as the verifier gives it, whatever strings that no program knows are called. */
function textOf(state: State): string {
  const sorted = Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1));
  const strangers: unknown[] = [];
  const named = sorted.map(([path, value]) => {
    if (!isStranger(value)) return [path, value];
    if (!strangers.includes(value)) strangers.push(value);
    return [path, `?${strangers.indexOf(value) + 1}`];
  });
  return JSON.stringify(Object.fromEntries(named));
}

/** Gives the text of a state as the plain search gives it: the fields of each instance. */
function textOfPlain(text: string): string {
  // It wrote this text.
  const instances = JSON.parse(text) as Readonly<Record<string, State>>;
  const fields = Object.entries(instances).flatMap(([name, state]) =>
    Object.entries(state).map(([field, value]) => [`${name}.${field}`, value] as const),
  );
  return textOf(Object.fromEntries(fields));
}

/** Both searches have names for strings that no program knows. */
function isStranger(value: unknown): boolean {
  return typeof value === "string" && /^(~\d+|other( \d+)?)$/.test(value);
}
