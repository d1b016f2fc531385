import { performance } from "node:perf_hooks";
import process from "node:process";
import { setImmediate } from "node:timers/promises";
import { Presets, SingleBar } from "cli-progress";
import type { Program } from "../2-check/program.js";
import { wholePrograms } from "../2-check/whole-programs.js";
import { renderReport } from "../5-verify/report/render.js";
import type { Report } from "../5-verify/report/report.js";
import { listed } from "../5-verify/report/summary.js";
import type { Progress, Steps } from "../5-verify/search/steps.js";
import { searchesOf } from "../5-verify/searches.js";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.js";
import type { Silenced } from "../diagnostics/ignore.js";
import { diagnosticToJson } from "../diagnostics/json.js";
import { plain } from "../diagnostics/pretty.js";
import { visibleJson } from "../diagnostics/visible.js";
import { heed } from "../heed.js";
import { withoutSilenced } from "../index.js";
import { unreachable } from "../language/unreachable.js";
import { exitCode, UsageError } from "./exit.js";
import { interruptible } from "./interrupt.js";
import { memoryInUse, releaseMemory } from "./memory.js";
import { readPrograms } from "./programs.js";
import { replayed } from "./replayed.js";
import { type Format, report } from "./report.js";
import { haveSharedDomains, namingFiles, saidByAllPrograms, type Verified } from "./several-programs.js";
import { styleFor } from "./terminal.js";

/** The options of `vedc verify`. */
export interface VerifyOptions {
  readonly format: Format;
  /** A warning is a failure as well, whether the check or the verifier gives it. */
  readonly strict?: boolean;
  readonly hostile?: boolean;
  readonly intBound?: number;
  /** In seconds, for each domain or system. */
  readonly timeLimit: number;
  /** In MB (10^6 bytes) that the process may use. */
  readonly memoryLimit: number;
  /** Play every story through the real host, and show what happened. */
  readonly replay?: boolean;
}

interface Result extends Report {
  readonly file: string;
  readonly seconds: number;
}

/**
 * Runs `vedc verify`: proves that domains come to rest, or shows how they do not. Gives the exit code.
 * @throws UsageError for options that do not go together
 */
export async function verify(paths: readonly string[], options: VerifyOptions): Promise<number> {
  if (options.replay === true && options.format !== "pretty")
    throw new UsageError(
      `--replay shows what happened to people: with --format ${options.format} leave it out, and play the cues of a story with \`replay\`.`,
    );
  const { programs, diagnostics, silenced } = await readPrograms(paths);
  if (options.format === "pretty" || hasErrors(diagnostics)) report(diagnostics, options.format, { silenced });
  return hasErrors(diagnostics) ? exitCode.findings : verifyPrograms(programs, { diagnostics, silenced }, options);
}

/** What was found before, and what the sources silence. */
interface Before {
  readonly diagnostics: readonly Diagnostic[];
  readonly silenced: readonly Silenced[];
}

/** Verifies checked programs and reports. Gives the exit code. */
export async function verifyPrograms(programs: readonly Program[], before: Before, options: VerifyOptions): Promise<number> {
  return interruptible(async (signal) => {
    const wholes = wholePrograms(programs);
    const fileIn = namingFiles(wholes);
    const show = ({ result, program }: Verified<Result>) =>
      print(program, programs, withoutSilenced(result), fileIn(result), options);
    // What is said of a domain that several programs start has to be so of all: that is known in the end.
    const isAtOnce = options.format === "pretty" && !haveSharedDomains(wholes);
    const verified: Verified<Result>[] = [];
    const left: string[] = [];
    for (const { program, own } of wholes) {
      for await (const result of resultsOf(program, own, programs, options, signal, left)) {
        verified.push({ result, program });
        if (isAtOnce) await show({ result, program });
      }
    }
    const agreed = saidByAllPrograms(verified);
    if (options.format === "pretty" && !isAtOnce) for (const each of agreed) await show(each);
    const found = agreed.map(({ result }) => result);
    const { unused, silenced } = heededIn(programs, found, signal.aborted);
    const results = found.map(withoutSilenced);
    const diagnostics = [...before.diagnostics, ...unused];
    if (options.format === "pretty") {
      report(unused, "pretty");
      sayWhatIsLeft(results, left, signal);
    } else if (options.format === "json") {
      process.stdout.write(`${visibleJson(toJson(results, left, diagnostics), 2)}\n`);
    } else {
      for (const result of results) {
        process.stderr.write(`${renderReport(result, plain, fileIn(result)).split("\n", 1).join()}\n`);
      }
      const all = [...diagnostics, ...results.flatMap(({ findings }) => findings.map(({ diagnostic }) => diagnostic))];
      report(all, options.format, { silenced: [...before.silenced, ...silenced] });
    }
    if (signal.aborted) return exitCode.interrupted;
    const hasWarnings = diagnostics.length + results.flatMap(({ findings }) => findings).length > 0;
    const strictly = options.strict === true && hasWarnings ? [exitCode.findings] : [];
    return worstOf([...strictly, ...results.map(exitCodeOf)]);
  });
}

/** Gives what sources silence of the findings, and the comments that silence none: these only where all was found. */
function heededIn(programs: readonly Program[], results: readonly Result[], isInterrupted: boolean) {
  const found = results.flatMap(({ findings }) => findings.map(({ diagnostic }) => diagnostic));
  const heeded = programs.map(({ source }) => {
    return heed(
      source,
      found.filter((diagnostic) => diagnostic.source === source),
      "verify",
    );
  });
  // What is refuted, or given up, is not asked for what else might be said of it.
  const isComplete = !isInterrupted && results.every(({ verdict }) => verdict === "proved");
  return {
    unused: isComplete ? heeded.flatMap(({ unused }) => unused) : [],
    silenced: heeded.flatMap(({ silenced }) => silenced),
  };
}

function sayWhatIsLeft(results: readonly Result[], left: readonly string[], signal: AbortSignal): void {
  if (signal.aborted && results.length === 0) process.stdout.write("Interrupted before anything was verified.\n");
  else if (left.length > 0) process.stdout.write(`Interrupted before anything was known of ${listed(left)}.\n`);
  else if (results.length === 0) process.stdout.write("There is nothing to verify.\n");
}

/** @param own the domains that are looked at with the program @param left the names of what is left out, as somebody has pressed Ctrl-C: it adds to them */
async function* resultsOf(
  program: Program,
  own: readonly string[],
  programs: readonly Program[],
  options: VerifyOptions,
  signal: AbortSignal,
  left: string[],
): AsyncGenerator<Result> {
  const { loadMembers } = await import("../4-bundle/load.js");
  const members = await loadMembers(program, programs);
  for (const { name, steps } of searchesOf(members, own, inputOptions(options))) {
    if (signal.aborted) {
      left.push(name);
      continue;
    }
    if (memoryInUse() > options.memoryLimit * 1e6 * shareBefore) await releaseMemory();
    const began = performance.now();
    const reports = await searched(steps, name, options, signal);
    const seconds = (performance.now() - began) / 1000;
    for (const found of reports) yield { ...found, file: program.source.path, seconds };
  }
}

/** Where more of the memory than this is in use before a search begins, what nobody holds any more is given back first. */
const shareBefore = 0.25;

/** So often a search is looked at, in ms: whether Ctrl-C was pressed, how long it has taken, and how much memory is in use. */
const lookEvery = 50;

/** Searches with pauses, so that Ctrl-C is heard and limits are kept. */
async function searched<R>(steps: Steps<R>, name: string, options: VerifyOptions, signal: AbortSignal): Promise<R> {
  const began = performance.now();
  const line = options.format === "pretty" && process.stderr.isTTY ? progressLine(name) : null;
  let looked = began;
  try {
    for (let next = steps.next(null); ; ) {
      if (next.done === true) return next.value;
      const now = performance.now();
      const { growth } = next.value;
      if (now - looked < lookEvery && growth === 0) {
        next = steps.next(null);
        continue;
      }
      looked = now;
      line?.show(next.value, (now - began) / 1000);
      await setImmediate();
      next = steps.next(reasonToStop(next.value, (now - began) / 1000, options, signal));
    }
  } finally {
    line?.stop();
  }
}

function inputOptions({ hostile = false, intBound }: VerifyOptions) {
  return { hostile, ...(intBound === undefined ? {} : { intBound }) };
}

/** Of the limits so much is for looking at everything in turn, and so much for that and walks beyond: the rest is for what it takes to end. */
const [shareOfSearch, shareOfWalks] = [0.8, 0.95];

function reasonToStop(
  { growth, isBeyond }: Progress,
  seconds: number,
  { timeLimit, memoryLimit }: VerifyOptions,
  signal: AbortSignal,
): string | null {
  const share = isBeyond ? shareOfWalks : shareOfSearch;
  if (signal.aborted) return "it was interrupted";
  if (seconds > timeLimit * share) return `the time limit of ${timeLimit} s was reached (--time-limit)`;
  if (memoryInUse() + growth > memoryLimit * 1e6 * share)
    return `the memory limit of ${memoryLimit} MB was reached (--memory-limit)`;
  return null;
}

function progressLine(name: string) {
  const format = `${name}  {nodes} situations, {frontier} to look at, {rate} /s`;
  const bar = new SingleBar({ format, clearOnComplete: true, hideCursor: true, stream: process.stderr }, Presets.shades_grey);
  let isShown = false;
  return {
    show({ nodes, frontier }: Progress, seconds: number) {
      const payload = { nodes: number(nodes), frontier: number(frontier), rate: number(Math.round(nodes / seconds)) };
      if (isShown) bar.update(0, payload);
      else bar.start(1, 0, payload);
      isShown = true;
    },
    stop() {
      if (isShown) bar.stop();
    },
  };
}

function exitCodeOf({ verdict }: Report): number {
  switch (verdict) {
    case "proved":
      return exitCode.ok;
    case "refuted":
      return exitCode.findings;
    case "proved up to a bound":
      return exitCode.bounded;
    case "gave up":
      return exitCode.gaveUp;
    default:
      return unreachable(verdict);
  }
}

/** Gives the exit code that says the least good: a refutation, then what was given up, then what holds up to a bound. */
function worstOf(codes: readonly number[]): number {
  return [exitCode.findings, exitCode.gaveUp, exitCode.bounded].find((code) => codes.includes(code)) ?? exitCode.ok;
}

async function print(
  program: Program,
  programs: readonly Program[],
  result: Result,
  file: string | null,
  options: VerifyOptions,
): Promise<void> {
  const style = styleFor(process.stdout);
  process.stdout.write(`${renderReport(result, style, file)}\n`);
  if (options.replay !== true) return;
  for (const { diagnostic, story } of result.findings) {
    if (story !== null) process.stdout.write(await replayed(program, programs, result.domain, diagnostic.code, story));
  }
}

function toJson(results: readonly Result[], notVerified: readonly string[], diagnostics: readonly Diagnostic[]) {
  return {
    version: 1,
    diagnostics: diagnostics.map(diagnosticToJson),
    results: results.map((result) => ({
      ...result,
      findings: result.findings.map(({ diagnostic, story }) => ({ ...diagnosticToJson(diagnostic), story })),
    })),
    notVerified,
  };
}

function number(value: number): string {
  return value.toLocaleString("en");
}
