// One program of a campaign: verified, compared with a plain search, its stories played, and run under random schedules where it is proved.
import type { SimulatedDomain, SimulatedSystem } from "../../../runtime-lib/simulate/index.js";
import type { Program } from "../../2-check/program.js";
import { isTalking } from "../../2-check/usage.js";
import { loadMembers, loadModule, loadSystem } from "../../4-bundle/load.js";
import type { Report, VerifyFinding } from "../../5-verify/report/report.js";
import { waitsIn } from "../../5-verify/report/waits.js";
import type { Steps } from "../../5-verify/search/steps.js";
import { type SystemMembers, verifyingTogether } from "../../5-verify/together.js";
import { verifying } from "../../5-verify/verify.js";
import { compile } from "../../index.js";
import { agreementOn } from "../agreement.js";
import { type PlainResult, plainly } from "../plain-system.js";
import { deviationIn, type Players } from "../story.js";
import { runsOf } from "./schedules.js";
import { type Difference, differencesBetween, isEndless } from "./second-opinion.js";
import { nothing, sumOf, type Tally } from "./tally.js";

/** How a program is examined. */
export interface ExamineOptions {
  /** Of larger programs nothing is compared: so many situations are looked at. */
  readonly limit: number;
  /** Under so many schedules it is run where it is proved. */
  readonly schedules: number;
}

/** A program that was loaded. */
interface Case {
  readonly program: Program;
  readonly members: SystemMembers;
  readonly players: Players;
}

/** Examines a program: what is no program is drawn, and no more. */
export async function examine(text: string, options: ExamineOptions): Promise<Tally> {
  const { program } = compile({ path: "random.ved", text });
  const drawn: Tally = { counts: { drawn: 1 }, mismatches: [] };
  // Domains that have nothing to do with each other are a matter of each alone.
  if (program === null || (program.domains.length > 1 && !isTalking(program))) return drawn;
  try {
    const examined = await (isTalking(program) ? examineSystem : examineDomain)(await loaded(program), options);
    return sumOf(drawn, examined);
  } catch (error) {
    // Whatever is thrown is a bug of somebody.
    return sumOf(drawn, mismatched(program, [["exception", String(error instanceof Error ? error.stack : error)]]));
  }
}

async function loaded(program: Program): Promise<Case> {
  const members = await loadMembers(program, [program]);
  const [domain] = program.domains;
  // The module exports each domain under its name.
  const subject = isTalking(program)
    ? ((await loadSystem(program, [program])) as unknown as SimulatedSystem)
    : ((await loadModule(program))[domain?.name ?? ""] as SimulatedDomain);
  return { program, members, players: { subject, domains: program.domains } };
}

async function examineDomain({ program, members, players }: Case, options: ExamineOptions): Promise<Tally> {
  const [domain] = program.domains;
  const definition = members.definitions[domain?.name ?? ""];
  if (domain === undefined || definition === undefined) return nothing;
  const { limit } = options;
  const report = within(limit, verifying(domain, definition, program.source, { every: 100 }));
  const agreement = agreementOn(domain, definition, limit);
  const alone = aloneIn(members, report);
  const [together] = within(limit, verifyingTogether(alone, { every: 100 }));
  const differences: Difference[] = [
    ...(agreement === null || agreement.difference === null ? [] : [["graph", agreement.difference] as const]),
    ...(together === undefined ? [] : otherTogether(report, together)),
  ];
  const plain = agreement && plainly(alone, limit);
  const examined = await examineReport({ program, members, players }, report, plain, options);
  return sumOf(mismatched(program, differences), examined);
}

/** A domain by itself comes to life when it is observed: nobody has started it before. */
function aloneIn(members: SystemMembers, { inputs }: Report): SystemMembers {
  return Object.keys(inputs).length === 0 ? members : { ...members, starts: [] };
}

async function examineSystem(given: Case, options: ExamineOptions): Promise<Tally> {
  const reports = within(options.limit, verifyingTogether(given.members, { every: 100 }));
  const [report] = reports;
  // Explored domain by domain it was too large.
  if (report === undefined || reports.length > 1) return { counts: { "too large": 1 }, mismatches: [] };
  const plain = report.verdict === "gave up" ? null : plainly(given.members, options.limit);
  return examineReport(given, report, plain, options);
}

/** Gives up after so many situations. */
function within<R>(limit: number, steps: Steps<R>): R {
  for (let next = steps.next(null); ; next = steps.next(next.value.nodes > limit ? "it is large" : null)) {
    if (next.done === true) return next.value;
  }
}

async function examineReport(given: Case, report: Report, plain: PlainResult | null, options: ExamineOptions): Promise<Tally> {
  const { program } = given;
  const differences = plain === null ? [] : differencesBetween(report, plain, program.domains);
  const looked = plain === null ? "too large" : "compared";
  const judged: Tally = { counts: { [looked]: 1, [shortOf(report)]: 1 }, mismatches: [] };
  return [mismatched(program, differences), await playStories(given, report), await runProved(given, report, options)].reduce(
    sumOf,
    judged,
  );
}

function shortOf({ verdict }: Report) {
  return verdict === "proved up to a bound" ? "bounded" : verdict;
}

function mismatched({ source }: Program, differences: readonly Difference[]): Tally {
  return { counts: {}, mismatches: differences.map(([kind, detail]) => ({ kind, detail, program: source.text })) };
}

/** A domain by itself is a system of one. */
function otherTogether(alone: Report, together: Report): Difference[] {
  const verdicts = [alone.verdict, together.verdict];
  if (verdicts.includes("gave up") || verdicts.includes("proved up to a bound") || alone.verdict === together.verdict) return [];
  return [["together", `alone it is ${alone.verdict}, as a system of one ${together.verdict}`]];
}

async function playStories(given: Case, { findings }: Report): Promise<Tally> {
  let all = nothing;
  for (const finding of findings.filter(({ story }) => story !== null)) all = sumOf(all, await playStory(given, finding));
  return all;
}

async function playStory({ program, members, players }: Case, finding: VerifyFinding): Promise<Tally> {
  const deviation = await deviationIn(finding, players);
  if (deviation === null) return { counts: { replayed: 1 }, mismatches: [] };
  if (isEndless(finding)) return { counts: { "of endless deliveries": 1 }, mismatches: [] };
  if (isTimed(finding, members)) return { counts: { "of other times": 1 }, mismatches: [] };
  return mismatched(program, [[`story of ${finding.diagnostic.code}`, deviation]]);
}

/** Whether a story may rest on an order that the lengths of times rule out: the verifier knows none. */
function isTimed({ story }: VerifyFinding, { domains, definitions }: SystemMembers): boolean {
  const steps = story?.steps ?? [];
  const waits = waitsIn(steps);
  // Of a transition there is a wait for each of its plans, and all of them have its name: one that ends in nothing is another one.
  const others = steps.filter(({ cue, consequences }) => cue.kind === "retry" && consequences.length === 0).length;
  const clocks = domains.flatMap(({ domain: { name, transitions } }) => [
    ...(definitions[name]?.durations?.all ?? []),
    ...transitions.filter(({ cooldown }) => cooldown > 0),
  ]);
  // One clock alone rings when it rings.
  return waits.length > 0 && new Set(waits).size + others + clocks.length > 1 + Number(waits.includes("elapse"));
}

async function runProved({ program, members, players }: Case, report: Report, options: ExamineOptions): Promise<Tally> {
  if (report.verdict !== "proved" || options.schedules === 0) return nothing;
  const runs = await runsOf(players, report, options.schedules);
  if (runs === null) return nothing;
  const isStuck = runs.stuck > 0 && promisesRest(members, report, options.limit);
  const differences: Difference[] = [
    ...(runs.failure === null ? [] : [["schedule", runs.failure] as const]),
    ...(isStuck ? [["stuck", `it is proved, and was stuck ${runs.stuck} times in ${options.schedules} runs`] as const] : []),
  ];
  return sumOf({ counts: { simulated: 1 }, mismatches: [] }, mismatched(program, differences));
}

/**
 * Whether a proof says of the runs of a simulation that they come to rest: messages take their time there, the world brings what is
 * observed, and nothing is sent from outside.
 */
function promisesRest(members: SystemMembers, { assumes }: Report, limit: number): boolean {
  const atOnce = assumes.find((clause) => clause.startsWith("messages arrive at once"));
  const others = assumes.filter(
    (clause) => clause !== atOnce && !clause.startsWith("nobody outside") && !clause.includes(" brings "),
  );
  if (others.length > 0) return false;
  return atOnce === undefined || plainly(members, limit, "at any time")?.verdict === "proved";
}
