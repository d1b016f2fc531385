import type { Address } from "../../runtime-lib/kernel/compiled.js";
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import { nameOf } from "../../runtime-lib/kernel/mail.js";
import type { State } from "../../runtime-lib/kernel/value.js";
import type { Domain, Program } from "../2-check/program.js";
import { isTalking } from "../2-check/usage.js";
import type { Code } from "../diagnostics/catalogue.js";
import { ownBeginning } from "./environment/beginning.js";
import type { Report, VerifyFinding } from "./report/report.js";
import type { StoryStep } from "./report/story.js";
import type { Steps } from "./search/steps.js";
import type { StartOf } from "./system/system-model.js";
import { type SystemMembers, type TogetherOptions, verifyingTogether } from "./together.js";
import { verifying } from "./verify.js";

/** One search of what a program comes to. */
export interface Search {
  /** What is verified: a domain, or the domains of a system. */
  readonly name: string;
  readonly steps: Steps<readonly Report[]>;
}

/**
 * Gives the searches that a program asks for: of its domains together where they talk, else of each that has a goal, with all that a
 * system starts it with.
 * @param members what was loaded: the domains of the program's system, which may be imported
 * @param own the names of the domains that are verified by themselves
 */
export function searchesOf(members: SystemMembers, own: readonly string[], options: TogetherOptions): Search[] {
  const domains = members.domains.map(({ domain }) => domain);
  if (isTalking({ domains })) {
    return [{ name: domains.map(({ name }) => name).join(", "), steps: verifyingTogether(members, options) }];
  }
  return members.domains
    .filter(({ domain }) => own.includes(domain.name) && domain.goals.length > 0)
    .map(({ domain, source }) => {
      const definition = members.definitions[domain.name];
      if (definition === undefined) throw new Error(`${domain.name} was not loaded`);
      const searches = beginningsOf(domain, members).map((start): Begun => {
        const started = startedWith(domain, definition, start?.state ?? {});
        return {
          start,
          steps: verifying(started.domain, started.definition, source, { ...options, isStarted: start !== null }),
        };
      });
      return { name: domain.name, steps: inTurn(searches) };
    });
}

/** The names of the domains that are verified with a program: those that it declares, and those that its system starts. */
export function verifiedBy({ domains, system }: Pick<Program, "domains" | "system">): string[] {
  return [...domains.map(({ name }) => name), ...(system?.starts ?? []).map(({ domain }) => domain)];
}

/** How instances of a domain are started that differ in what they begin with; null: as a host brings one to life. */
function beginningsOf(declared: Domain, { starts }: SystemMembers): (StartOf | null)[] {
  const own = starts.filter(({ domain }) => domain === declared.name);
  const differing = own.map((start) => {
    const state = JSON.stringify(ownBeginning(declared, start.state));
    return [state, state === "{}" ? null : start] as const;
  });
  return own.length === 0 ? [null] : [...new Map(differing).values()];
}

/** A domain whose fields begin with other values. */
function startedWith(domain: Domain, definition: Definition, state: Partial<State>) {
  const fields = domain.fields.map((field) => {
    const initial = state[field.name];
    return initial === undefined ? field : { ...field, initial };
  });
  return {
    domain: { ...domain, fields },
    definition: { ...definition, initial: definition.merge(definition.initial, state) },
  };
}

/** A search of what an instance comes to that is started in some way. */
interface Begun {
  readonly start: StartOf | null;
  readonly steps: Steps<Report>;
}

/** Does one search after the other, and says of each what the instance is started with. */
function* inTurn(searches: readonly Begun[]): Steps<readonly Report[]> {
  const reports: Report[] = [];
  for (const { start, steps } of searches) {
    const report = yield* steps;
    reports.push(start === null ? report : ofStarted(report, start));
  }
  return reports.map((report) => ({ ...report, findings: report.findings.filter((finding) => isSaidByAll(finding, reports)) }));
}

/** What makes no difference to an instance may make one to another that begins otherwise. */
const aboutNoDifference: readonly Code[] = ["VED5103", "VED5104", "VED5105", "VED5106"];

/** Whether a finding is one about a domain, and not only about one of the ways in which its instances begin. */
function isSaidByAll({ diagnostic: { code, message, span } }: VerifyFinding, reports: readonly Report[]): boolean {
  if (!aboutNoDifference.some((each) => each === code)) return true;
  // Of the same condition one may say that it is always true, and another that it is always false.
  const says = ({ diagnostic: other }: VerifyFinding) => other.message === message && other.span.start === span.start;
  return reports.every(({ findings }) => findings.some(says));
}

/** A report on an instance that a system starts: its stories are those of the system. */
function ofStarted(report: Report, { domain, key, state }: StartOf): Report {
  const of = { domain, key };
  const findings = report.findings.map(({ diagnostic, story }) => ({
    diagnostic,
    story: story && { ...story, steps: story.steps.map((step) => stepOf(step, of)) },
  }));
  return { ...report, findings, startedWith: state };
}

/** A step of an instance of a system: there its fields are behind its name. */
function stepOf(step: StoryStep, of: Address): StoryStep {
  const fields = Object.entries(step.state).map(([field, value]) => [`${nameOf(of)}.${field}`, value]);
  return { ...step, cue: { ...step.cue, of }, state: Object.fromEntries(fields) };
}
