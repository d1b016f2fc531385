import { Choices } from "./choices.js";
import { type Line, SimulatedRun, type Tally } from "./simulated-run.js";
import { aDomain, aSystem, type Observations, type SimulatedDomain, type SimulatedSystem, type Subject } from "./subject.js";

/** How a simulation is run. */
export interface SimulateOptions extends RunOptions {
  /** For each field that is observed, the values that it may have. */
  readonly observations: Observations;
  /** What the instances are called that are observed; two names when absent. */
  readonly keys?: readonly string[];
}

/** How the simulation of a system is run. */
export interface SimulateSystemOptions extends RunOptions {
  /** For each domain, by its name: for each field that is observed, the values that it may have. */
  readonly observations: Readonly<Record<string, Observations>>;
}

/** How runs are made. */
export interface RunOptions {
  /** How many runs; 1000 when absent. */
  readonly runs?: number;
  /** The seed of the first run; each further run has the next number. 1 when absent. */
  readonly seed?: number;
  /** Hears now and then how many runs are done. */
  readonly onProgress?: (done: number) => void;
  /** Ends the simulation early; what was found so far is the result. */
  readonly signal?: { readonly aborted: boolean };
}

/** A run in which a promise was broken, as short as it could be made. */
export interface Failure {
  /** Run with this seed alone, the simulation fails in the same way. */
  readonly seed: number;
  /** The promise that was broken, in words. */
  readonly message: string;
  /** What happened, in virtual time. */
  readonly timeline: readonly Line[];
}

/** What came of a simulation. */
export interface Simulated {
  /** How many runs were made. */
  readonly runs: number;
  /** The first run that failed; null: none did. */
  readonly failure: Failure | null;
  /** What the runs consisted of, added up. */
  readonly tally: Readonly<Tally>;
}

/** Of a longer timeline the middle is left out. */
const maxTimeline = 60;

/** A run has up to so many steps. */
const maxSteps = 60;

/**
 * Runs a domain again and again with the real kernel, host and journal under a virtual clock, in a world and on a disk that fail
 * in every way they can, and checks what Ved promises (deterministic simulation, as FoundationDB and TigerBeetle test).
 * @throws TypeError for a domain of which nothing can be observed.
 */
export async function simulate(domain: SimulatedDomain, options: SimulateOptions): Promise<Simulated> {
  const { observations, keys } = options;
  if (Object.values(observations).every((values) => values.length === 0))
    throw new TypeError(`nothing of ${domain.name} can be observed`);
  return run(aDomain(domain, observations, keys), options);
}

/**
 * Runs a system as `simulate` runs a domain, with everything in one journal: beside what each of its domains promises, every
 * message that is sent is taken once, by whom it is for, in order, wherever the process is killed.
 */
export async function simulateSystem(system: SimulatedSystem, options: SimulateSystemOptions): Promise<Simulated> {
  return run(aSystem(system, options.observations), options);
}

async function run(subject: Subject, { runs = 1000, seed = 1, onProgress, signal }: RunOptions): Promise<Simulated> {
  const tally: Tally = { observations: 0, calls: 0, kills: 0, stuck: 0 };
  for (let run = 0; run < runs; run += 1) {
    if (signal?.aborted === true) return { runs: run, failure: null, tally };
    if (run % 100 === 0) {
      onProgress?.(run);
      // Runs go from promise to promise; signals and timers want their turn as well.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    const steps = stepsOf(seed + run);
    const simulated = new SimulatedRun(subject, false);
    const violation = await simulated.play(steps);
    for (const what of ["observations", "calls", "kills", "stuck"] as const) tally[what] += simulated.tally[what];
    if (violation !== null) return { runs: run + 1, failure: await explain(subject, seed + run, steps), tally };
  }
  onProgress?.(runs);
  return { runs, failure: null, tally };
}

/** Gives the steps of the run with a seed: a number for each, from which all else about it follows. */
function stepsOf(seed: number): number[] {
  const choices = new Choices(seed);
  const length = 5 + choices.below(maxSteps - 5);
  return Array.from({ length }, () => choices.below(2 ** 32));
}

async function explain(subject: Subject, seed: number, steps: readonly number[]): Promise<Failure> {
  const isFailing = async (some: readonly number[]) => (await new SimulatedRun(subject, false).play(some)) !== null;
  const verbose = new SimulatedRun(subject, true);
  const violation = await verbose.play(await shrunk(steps, isFailing));
  return { seed, message: violation?.message ?? "", timeline: shortened(verbose.lines) };
}

function shortened(lines: readonly Line[]): readonly Line[] {
  const [first, last] = [lines[0], lines.at(-1)];
  if (lines.length <= maxTimeline || first === undefined || last === undefined) return lines;
  const half = maxTimeline >> 1;
  const gap = { at: lines[half]?.at ?? first.at, text: `… ${lines.length - 2 * half} lines left out` };
  return [...lines.slice(0, half), gap, ...lines.slice(-half)];
}

/** Leaves out steps, many at once and then ever fewer, as long as the run still fails (delta debugging, Zeller 1999). */
async function shrunk(
  steps: readonly number[],
  isFailing: (steps: readonly number[]) => Promise<boolean>,
): Promise<readonly number[]> {
  let kept = steps;
  for (let size = kept.length >> 1; size > 0; size >>= 1) {
    for (let start = 0; start < kept.length; ) {
      const fewer = [...kept.slice(0, start), ...kept.slice(start + size)];
      if (await isFailing(fewer)) kept = fewer;
      else start += size;
    }
  }
  return kept;
}
