// A thread of a campaign: examines a batch of programs. What modules a thread has loaded goes with it.
import { parentPort, workerData } from "node:worker_threads";
import { drawn, type Kind } from "./draw.js";
import { type ExamineOptions, examine } from "./examine.js";
import { minimised } from "./minimise.js";
import { type Mismatch, nothing, sumOf } from "./tally.js";

/** Programs to be examined. */
export interface Batch {
  readonly kind: Kind;
  readonly seed: number;
  readonly count: number;
  readonly options: ExamineOptions;
  /** When no further program is examined, in ms since 1970. */
  readonly until: number;
}

/** So long a program is made smaller, in ms. */
const patience = 30_000;

async function examineAll({ kind, seed, count, options, until }: Batch) {
  let tally = nothing;
  for (const text of drawn(kind, seed, count)) {
    if (Date.now() > until) break;
    const { counts, mismatches } = await examine(text, options);
    const small = await Promise.all(mismatches.map((mismatch) => smallest(mismatch, options)));
    tally = sumOf(tally, { counts, mismatches: small });
  }
  return tally;
}

/** Finds a smaller program on which the same two do not agree. */
async function smallest(mismatch: Mismatch, options: ExamineOptions): Promise<Mismatch> {
  const sameIn = async (text: string) => (await examine(text, options)).mismatches.find(({ kind }) => kind === mismatch.kind);
  const program = await minimised(mismatch.program, async (text) => (await sameIn(text)) !== undefined, Date.now() + patience);
  return (await sameIn(program)) ?? mismatch;
}

// Who started the thread gave it its batch.
parentPort?.postMessage(await examineAll(workerData as Batch));
