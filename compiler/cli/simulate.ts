import process from "node:process";
import { Presets, SingleBar } from "cli-progress";
import { type RunOptions, simulate as run, type Simulated, simulateSystem } from "../../runtime-lib/simulate/simulate.js";
import type { SimulatedDomain } from "../../runtime-lib/simulate/subject.js";
import { type Environment, environmentAmong, environmentOf, keysOf } from "../2-check/environment.js";
import type { Domain, Program, System } from "../2-check/program.js";
import { isTalking } from "../2-check/usage.js";
import { type WholeProgram, wholePrograms } from "../2-check/whole-programs.js";
import { hasErrors } from "../diagnostics/diagnostic.js";
import { visible, visibleJson } from "../diagnostics/visible.js";
import { exitCode } from "./exit.js";
import { interruptible } from "./interrupt.js";
import { readPrograms } from "./programs.js";
import { type Format, report } from "./report.js";
import { namingFiles } from "./several-programs.js";
import { styleFor } from "./terminal.js";

/** The options of `vedc simulate`. */
export interface SimulateOptions {
  readonly runs: number;
  readonly seed: number;
  readonly format: Extract<Format, "pretty" | "json">;
}

interface Result extends Simulated {
  readonly domain: string;
  readonly file: string;
  readonly seconds: number;
}

/**
 * Runs `vedc simulate`: runs domains under every kind of fault, and reports the first broken promise of each. Gives the exit
 * code.
 */
export async function simulate(paths: readonly string[], options: SimulateOptions): Promise<number> {
  const { programs, diagnostics } = await readPrograms(paths);
  if (hasErrors(diagnostics)) {
    report(diagnostics, options.format);
    return exitCode.findings;
  }
  return interruptible(async (signal) => {
    const results: Result[] = [];
    const wholes = wholePrograms(programs);
    for (const whole of wholes) results.push(...(await simulateProgram(whole, programs, options, signal)));
    if (options.format === "json") process.stdout.write(`${visibleJson({ version: 1, results }, 2)}\n`);
    else if (results.length === 0) process.stdout.write("Nothing was run.\n");
    else for (const result of results) print(result, namingFiles(wholes)(result), options);
    if (results.some(({ failure }) => failure !== null)) return exitCode.findings;
    return signal.aborted ? exitCode.interrupted : exitCode.ok;
  });
}

async function simulateProgram(
  { program, own: names }: WholeProgram,
  programs: readonly Program[],
  options: SimulateOptions,
  signal: AbortSignal,
): Promise<Result[]> {
  const { loadModule, loadSystem } = await import("../4-bundle/load.js");
  const paths = [program.source.path, ...program.imported.map(({ path }) => path)];
  const own = programs.filter(({ source }) => paths.includes(source.path));
  const talks = own.some(isTalking);
  // What a `system` starts has the keys that are written there.
  if (talks || program.system !== null) {
    const began = performance.now();
    const system = await loadSystem(program, programs);
    const all = own.flatMap(({ domains }) => domains);
    const observations = Object.fromEntries(all.map((domain) => [domain.name, observedIn(domain, program.system, talks)]));
    const name = system.domains.map((domain) => domain.name).join(", ");
    const simulated = await withBar(name, options, signal, (runs) => simulateSystem(system, { observations, ...runs }));
    return [{ domain: name, file: program.source.path, seconds: (performance.now() - began) / 1000, ...simulated }];
  }
  const results: Result[] = [];
  for (const part of own) {
    const module = await loadModule(part);
    for (const domain of part.domains) {
      if (signal.aborted || domain.fields.length === 0 || !names.includes(domain.name)) continue;
      const began = performance.now();
      // The module exports each domain under its name.
      const simulated = await simulateDomain(module[domain.name] as SimulatedDomain, domain, options, signal);
      results.push({ domain: domain.name, file: part.source.path, seconds: (performance.now() - began) / 1000, ...simulated });
    }
  }
  return results;
}

async function simulateDomain(
  loaded: SimulatedDomain,
  domain: Domain,
  options: SimulateOptions,
  signal: AbortSignal,
): Promise<Simulated> {
  const keys = keysOf(domain);
  const subject = { observations: environmentOf(domain), ...(keys === null ? {} : { keys }) };
  return withBar(domain.name, options, signal, (runs) => run(loaded, { ...subject, ...runs }));
}

/** Gives what may be observed of a domain in a system: where it talks, and that is nothing, the messages that it gets are news enough. */
function observedIn(domain: Domain, system: System | null, talks: boolean): Environment {
  const keys = system?.starts.flatMap((start) => (start.domain === domain.name ? [start.key] : [])) ?? [];
  return domain.fields.some(({ observed }) => observed) || !talks ? environmentAmong(domain, keys) : {};
}

async function withBar(
  name: string,
  { runs, seed, format }: SimulateOptions,
  signal: AbortSignal,
  simulation: (options: RunOptions) => Promise<Simulated>,
): Promise<Simulated> {
  const bar = format === "pretty" && process.stderr.isTTY ? progressBar(name) : null;
  bar?.start(runs, 0);
  try {
    return await simulation({ runs, seed, signal, onProgress: (done) => bar?.update(done) });
  } finally {
    bar?.stop();
  }
}

function progressBar(name: string): SingleBar {
  const format = `${name} {bar} {percentage} %  {value} of {total} runs, {eta_formatted} to go`;
  return new SingleBar({ format, clearOnComplete: true, hideCursor: true, stream: process.stderr }, Presets.shades_grey);
}

/** @param from the file, where another program has a domain of the same name; else null */
function print(
  { domain, file, runs, seconds, failure, tally }: Result,
  from: string | null,
  { seed, runs: wanted }: SimulateOptions,
): void {
  const style = styleFor(process.stdout);
  const write = (line: string) => process.stdout.write(`${line}\n`);
  const head = `${style.strong(domain)}${from === null ? "" : visible(` (${from})`)}`;
  if (failure !== null) {
    write(`${head}: ${style.error("a promise is broken")} in run ${number(runs)}.\n`);
    write(`  ${style.strong(visible(failure.message))}\n`);
    for (const { at, text } of failure.timeline) write(`  ${style.frame(`${number(at)} ms`.padStart(9))}  ${cut(visible(text))}`);
    write(`\nThe same again: vedc simulate ${visible(file)} --runs 1 --seed ${failure.seed}`);
    return;
  }
  const early = runs < wanted ? `, interrupted after ${number(runs)} of ${number(wanted)} runs` : "";
  write(`${head}: ${style.fix("no promise is broken")}${early}.`);
  const through = [
    `${number(runs)} runs from seed ${seed}`,
    `${number(tally.observations)} observations`,
    `${number(tally.calls)} calls`,
    `${number(tally.kills)} processes killed`,
  ];
  write(`  ${through.join(", ")}, in ${seconds.toFixed(1)} s.`);
  if (tally.stuck > 0) {
    write(
      `  ${style.warning("warning")}: ${number(tally.stuck)} times an instance ended stuck: a goal does not hold, and nothing is enabled.`,
    );
  }
}

/** Cuts a long line: all of it is in the machine format. */
function cut(text: string): string {
  const maxLength = 160;
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)} …`;
}

function number(value: number): string {
  return value.toLocaleString("en");
}
