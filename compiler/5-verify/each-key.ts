import { declaredFields } from "../2-check/own-key.js";
import type { Domain } from "../2-check/program.js";
import type { Code } from "../diagnostics/catalogue.js";
import { at } from "../language/at.js";
import { sumOf } from "./report/extent.js";
import type { OutageReport, Report, Rest, Story, VerifyFinding } from "./report/report.js";
import { type Scope, summaryOf } from "./report/summary.js";

// A domain that asks for its key is verified once for each key that it may tell from others. What is said of it has to be so of all of
// its instances, whatever they are called.

/** What was found out about the instances of a domain with one key. */
export interface Called {
  readonly key: string;
  readonly report: Report;
}

/** Gives one report on a domain, of what was found out for each key. */
export function ofEachKey(domain: Domain, all: readonly Called[]): Report {
  const reports = all.map((called) => withKey(domain, called));
  const sorted = worstFirst(reports);
  const base = at(sorted, 0);
  const gather = <T>(part: (report: Report) => readonly T[]) => uniqueOf(reports.flatMap(part));
  const inputs = inputsOf(reports);
  return {
    ...base,
    ...proofOf(domain, base, { observed: Object.keys(inputs), assumes: gather(({ assumes }) => assumes) }),
    extent: reports.map(({ extent }) => extent).reduce(sumOf),
    assumptions: gather(({ assumptions }) => assumptions),
    rests: base.verdict === "refuted" ? base.rests : restsOf(reports),
    effort: reports.some(({ effort }) => effort === null) ? null : largestOf(reports),
    turns: turnsOf(reports),
    outages: outagesOf(reports),
    waits: gather(({ waits }) => waits),
    // What is worth a warning is said of what is proved.
    findings: findingsOf(base.verdict === "refuted" ? sorted.filter(({ verdict }) => verdict === "refuted") : sorted),
    reductions: gather(({ reductions }) => reductions),
    inputs,
  };
}

/** What the first line says where it is proved for each key. */
function proofOf(
  domain: Domain,
  { verdict }: Report,
  { observed, assumes }: Pick<Scope, "observed" | "assumes">,
): Partial<Report> {
  if (verdict !== "proved" && verdict !== "proved up to a bound") return {};
  const unobserved = declaredFields(domain).flatMap(({ name }) => (observed.includes(name) ? [] : [name]));
  return { assumes, summary: `whatever it is called, ${summaryOf(verdict, { observed, unobserved, assumes })}` };
}

/** A report whose stories say to which instance they happen. */
function withKey({ name }: Domain, { key, report }: Called): Report {
  const told = (story: Story): Story => ({
    ...story,
    steps: story.steps.map((step) => ({ ...step, cue: { ...step.cue, of: { domain: name, key } } })),
  });
  const findings = report.findings.map((finding) => ({ ...finding, story: finding.story && told(finding.story) }));
  const summary = report.verdict === "refuted" ? `${report.summary}, called ${JSON.stringify(key)}` : report.summary;
  return { ...report, summary, findings };
}

const order: readonly Report["verdict"][] = ["refuted", "gave up", "proved up to a bound", "proved"];

/** Puts first what says the least good: of those that gave up, the one that came the least far. */
function worstFirst(reports: readonly Report[]): Report[] {
  const depthOf = ({ verdict, extent: { depth } }: Report) =>
    verdict === "gave up" && depth !== null ? depth : Number.MAX_SAFE_INTEGER;
  const rank = ({ verdict }: Report) => order.indexOf(verdict);
  return [...reports].sort((one, other) => rank(one) - rank(other) || depthOf(one) - depthOf(other));
}

/** What makes no difference to an instance may make one to another. */
const aboutNoDifference: readonly Code[] = ["VED5103", "VED5104", "VED5105", "VED5106"];

/** Whether a finding is one about a domain, where others of its instances are called or begin otherwise. */
export function isSaidByAll({ diagnostic: { code, message, span } }: VerifyFinding, reports: readonly Report[]): boolean {
  if (!aboutNoDifference.some((each) => each === code)) return true;
  // Of the same condition one may say that it is always true, and another that it is always false.
  const says = ({ diagnostic: other }: VerifyFinding) => other.message === message && other.span.start === span.start;
  return reports.every(({ findings }) => findings.some(says));
}

/** What is found for several keys is said once. */
function findingsOf(reports: readonly Report[]): VerifyFinding[] {
  const said = new Map<string, VerifyFinding>();
  for (const finding of reports.flatMap(({ findings }) => findings)) {
    const { code, span } = finding.diagnostic;
    const about = `${code} ${span.start} ${span.end}`;
    if (!said.has(about) && isSaidByAll(finding, reports)) said.set(about, finding);
  }
  return [...said.values()];
}

function restsOf(reports: readonly Report[]): Rest[] {
  const groups = new Map<string, Rest>();
  for (const rest of reports.flatMap(({ rests }) => rests)) {
    const name = JSON.stringify(rest.realities);
    groups.set(name, { ...rest, states: [...(groups.get(name)?.states ?? []), ...rest.states] });
  }
  return [...groups.values()];
}

function outagesOf(reports: readonly Report[]): OutageReport[] {
  const groups = new Map<string, OutageReport>();
  for (const outage of reports.flatMap(({ outages }) => outages)) {
    const { effect, works } = outage;
    const name = JSON.stringify([effect, works]);
    groups.set(name, { ...outage, hangs: [...(groups.get(name)?.hangs ?? []), ...outage.hangs] });
  }
  return [...groups.values()];
}

function largestOf(reports: readonly Report[]): Report["effort"] {
  const all = reports.flatMap(({ effort }) => (effort === null ? [] : [effort]));
  const chains = all.map(({ chain }) => chain);
  return {
    effects: Math.max(...all.map(({ effects }) => effects)),
    chain: chains.includes(null) ? null : Math.max(...chains.map(Number)),
    commits: Math.max(...all.map(({ commits }) => commits)),
  };
}

function turnsOf(reports: readonly Report[]): Report["turns"] {
  const known = reports.flatMap(({ turns }) => (turns === null ? [] : [turns]));
  return known.length === 0 ? null : uniqueOf(known.flat());
}

function inputsOf(reports: readonly Report[]): Report["inputs"] {
  const fields = [...new Set(reports.flatMap(({ inputs }) => Object.keys(inputs)))];
  return Object.fromEntries(fields.map((field) => [field, uniqueOf(reports.flatMap(({ inputs }) => inputs[field] ?? []))]));
}

function uniqueOf<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
