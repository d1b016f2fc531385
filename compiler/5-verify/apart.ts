import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { State } from "../../runtime-lib/kernel/value.js";
import { declaredFields } from "../2-check/own-key.js";
import type { Domain } from "../2-check/program.js";
import type { Code } from "../diagnostics/catalogue.js";
import type { Source } from "../diagnostics/diagnostic.js";
import { elsewhere } from "./domain/elsewhere.js";
import { type Part, partsOf } from "./domain/split.js";
import { sumOf } from "./report/extent.js";
import type { Report, Rest, VerifyFinding } from "./report/report.js";
import { type Scope, setInside, summaryOf } from "./report/summary.js";
import type { Steps } from "./search/steps.js";

/** More nodes than this are not explored as one whole, before it is asked whether it has parts. */
const maxWhole = 3000;

/** Verifies a domain. */
export type Verifying = (domain: Domain, definition: Definition, source: Source) => Steps<Report>;

/**
 * Verifies a domain that turns out to be large by its parts, where it has some and each is proved; else, and where that is not so, as
 * one whole.
 */
export function* verifyingApart(domain: Domain, definition: Definition, source: Source, verifying: Verifying): Steps<Report> {
  const whole = verifying(domain, definition, source);
  let isAsked = false;
  for (let next = whole.next(null); ; ) {
    if (next.done === true) return next.value;
    if (next.value.nodes > maxWhole && !isAsked) {
      isAsked = true;
      const report = yield* verifyingParts(partsOf(domain, definition), domain, source, verifying);
      if (report !== null) return report;
    }
    next = whole.next(yield next.value);
  }
}

/** Verifies each part. Gives what that proves of the whole; null where one is not proved. */
function* verifyingParts(parts: readonly Part[], whole: Domain, source: Source, verifying: Verifying): Steps<Report | null> {
  if (parts.length === 0) return null;
  const reports: Report[] = [];
  for (const part of parts) {
    const report = yield* verifying(part.domain, part.definition, source);
    // What waits for the world may keep others at work meanwhile.
    if (report.verdict !== "proved" || report.waits.length > 0 || report.findings.some(speaksOfElsewhere)) return null;
    reports.push(ofPart(report, part));
  }
  return joined(reports, whole);
}

/** Whether a story needs what happens elsewhere: no program can spell it, and no host can play it. */
function speaksOfElsewhere({ story }: VerifyFinding): boolean {
  return story?.steps.some(({ cue }) => cue.kind === "observe" && elsewhere in cue.facts) === true;
}

/** These are about the clauses of a goal that a part has, and not about the goal. */
const aboutGoals: readonly Code[] = ["VED5103", "VED5104"];

/** What a report says of a part, without what is elsewhere. */
function ofPart(report: Report, { fields }: Part): Report {
  const own = (state: State) => Object.fromEntries(Object.entries(state).filter(([field]) => fields.includes(field)));
  const ownRest = ({ realities, states }: Rest): Rest => ({
    realities: Object.fromEntries(Object.entries(realities).filter(([goal]) => goal !== elsewhere)),
    states: states.map(own),
  });
  return {
    ...report,
    rests: report.rests.map(ownRest).filter(({ realities }) => Object.keys(realities).length > 0),
    outages: report.outages.map((outage) => ({ ...outage, hangs: uniqueOf(outage.hangs.map(own)) })),
    findings: report.findings.filter(({ diagnostic }) => !aboutGoals.some((code) => code === diagnostic.code)),
  };
}

function uniqueOf(states: readonly State[]): State[] {
  return [...new Map(states.map((state) => [JSON.stringify(state), state])).values()];
}

function joined(reports: readonly Report[], whole: Domain): Report {
  const [first] = reports;
  const inputs = Object.assign({}, ...reports.map((report) => report.inputs)) as Report["inputs"];
  const names = declaredFields(whole).map(({ name }) => name);
  const observed = names.filter((name) => name in inputs);
  const unobserved = names.filter((name) => !(name in inputs));
  // Each part says of all other fields that only the program sets them.
  const own = reports.flatMap((report) => report.assumes.filter((clause) => !setInside(report.unobserved).includes(clause)));
  const assumes = [...setInside(unobserved), ...new Set(own)];
  const scope: Scope = { observed, unobserved, assumes };
  return {
    ...(first as Report),
    summary: summaryOf("proved", scope),
    extent: reports.map(({ extent }) => extent).reduce(sumOf),
    assumes,
    unobserved,
    assumptions: [
      `Its ${reports.length} parts have nothing to do with each other and were explored one by one: each may rest as is said of it, whatever the others do.`,
      ...new Set(reports.flatMap(({ assumptions }) => assumptions)),
    ],
    rests: reports.flatMap(({ rests }) => rests),
    effort: null,
    turns: turnsOf(reports),
    waitsFor: reports.flatMap(({ waitsFor }) => waitsFor),
    outages: reports.flatMap(({ outages }) => outages),
    findings: reports.flatMap(({ findings }) => findings),
    reductions: [...new Set(reports.flatMap(({ reductions }) => reductions))],
    inputs,
  };
}

function turnsOf(reports: readonly Report[]): Report["turns"] {
  const known = reports.flatMap(({ turns }) => (turns === null ? [] : [turns]));
  return known.length === 0 ? null : known.flat();
}
