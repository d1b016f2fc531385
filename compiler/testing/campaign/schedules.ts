import type { Value } from "../../../runtime-lib/kernel/value.js";
import { type Simulated, simulate, simulateSystem } from "../../../runtime-lib/simulate/index.js";
import type { Report } from "../../5-verify/report/report.js";
import type { Players } from "../story.js";

/** What runs of something that is proved came to. */
export interface Runs {
  /** The promise that was broken, with what led there; null: none was. */
  readonly failure: string | null;
  /** How often it was stuck in the end. */
  readonly stuck: number;
}

/** Runs what is proved under random schedules, with what was observed for the proof; null where nothing was. */
export async function runsOf({ subject }: Players, { inputs }: Report, runs: number): Promise<Runs | null> {
  const observed = Object.entries(inputs).filter(([, values]) => values.length > 0);
  if (observed.length === 0) return null;
  const { failure, tally } =
    "host" in subject
      ? await simulate(subject, { observations: Object.fromEntries(observed), runs })
      : await simulateSystem(subject, { observations: byDomain(observed), runs });
  return { failure: failure && wordsFor(failure), stuck: tally.stuck };
}

function byDomain(observed: readonly (readonly [string, readonly Value[]])[]) {
  const domains: Record<string, Record<string, readonly Value[]>> = {};
  for (const [path, values] of observed) {
    const [domain = "", field = ""] = path.split(".");
    domains[domain] = { ...domains[domain], [field]: values };
  }
  return domains;
}

function wordsFor({ message, seed, timeline }: NonNullable<Simulated["failure"]>): string {
  return [`${message} (seed ${seed})`, ...timeline.map(({ at, text }) => `    ${at} ms  ${text}`)].join("\n");
}
