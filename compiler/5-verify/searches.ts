import type { Address } from "../../runtime-lib/kernel/compiled.js";
import { nameOf } from "../../runtime-lib/kernel/mail.js";
import type { State } from "../../runtime-lib/kernel/value.js";
import { asksForKey } from "../2-check/own-key.js";
import type { Domain, Program } from "../2-check/program.js";
import { isTalking } from "../2-check/usage.js";
import { isSaidByAll } from "./each-key.js";
import { begunWith, ownBeginning, ownKeyIn } from "./environment/beginning.js";
import type { Report } from "./report/report.js";
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
        const startedWith = start === null ? {} : { ...start.state, ...ownKeyIn(domain, start.key) };
        const started = begunWith(domain, definition, startedWith);
        return {
          start,
          startedWith,
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
function beginningsOf(declared: Domain, { starts, isSystem }: SystemMembers): (StartOf | null)[] {
  const isKeyed = asksForKey(declared);
  // Where nothing says what there is, an instance may have any key.
  if (isKeyed && !isSystem) return [null];
  const own = starts.filter(({ domain }) => domain === declared.name);
  const differing = own.map((start) => {
    const state = JSON.stringify(ownBeginning(declared, start.state));
    if (isKeyed) return [`${start.key} ${state}`, start] as const;
    return [state, state === "{}" ? null : start] as const;
  });
  return own.length === 0 ? [null] : [...new Map(differing).values()];
}

/** A search of what an instance comes to that is started in some way. */
interface Begun {
  readonly start: StartOf | null;
  readonly startedWith: Partial<State>;
  readonly steps: Steps<Report>;
}

/** Does one search after the other, and says of each what the instance is started with. */
function* inTurn(searches: readonly Begun[]): Steps<readonly Report[]> {
  const reports: Report[] = [];
  for (const { start, startedWith, steps } of searches) {
    const report = yield* steps;
    reports.push(start === null ? report : ofStarted(report, start, startedWith));
  }
  return reports.map((report) => ({ ...report, findings: report.findings.filter((finding) => isSaidByAll(finding, reports)) }));
}

/** A report on an instance that a system starts: its stories are those of the system. */
function ofStarted(report: Report, { domain, key }: StartOf, startedWith: Partial<State>): Report {
  const of = { domain, key };
  const findings = report.findings.map(({ diagnostic, story }) => ({
    diagnostic,
    story: story && { ...story, steps: story.steps.map((step) => stepOf(step, of)) },
  }));
  return { ...report, findings, startedWith };
}

/** A step of an instance of a system: there its fields are behind its name. */
function stepOf(step: StoryStep, of: Address): StoryStep {
  const fields = Object.entries(step.state).map(([field, value]) => [`${nameOf(of)}.${field}`, value]);
  return { ...step, cue: { ...step.cue, of }, state: Object.fromEntries(fields) };
}
