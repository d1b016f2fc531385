// npm run campaign: the verifier against searches that share no code with it, against the host, and against simulated schedules, on
// thousands of random programs.
// Usage: node run.js [--domains 20000] [--systems 5000] [--seed 1] [--after 0] [--seconds …] [--deeply 250] [--schedules 1000] [--workers 2]
// One that was broken off goes on with the same seed, after as many batches as it said last.
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { inWords, nothing, sumOf } from "../../../lib/compiler/testing/campaign/tally.js";

const { values } = parseArgs({
  options: {
    domains: { type: "string", default: "20000" },
    systems: { type: "string", default: "5000" },
    seed: { type: "string", default: "1" },
    after: { type: "string", default: "0" },
    seconds: { type: "string", default: "Infinity" },
    deeply: { type: "string", default: "250" },
    schedules: { type: "string", default: "1000" },
    workers: { type: "string", default: "2" },
  },
});
const began = Date.now();
const until = began + Number(values.seconds) * 1000;
const script = new URL("../../../lib/compiler/testing/campaign/worker.js", import.meta.url);

/** So many programs are examined by one thread. */
const batchSize = 40;

/** Larger programs take the plain search too long. */
const limits = { domains: 250, systems: 1500 };

/** So many of each kind that are proved are run under many schedules, and what is proved then under few. */
const [deeply, many, few] = [Number(values.deeply), Number(values.schedules), 20];

/** How far it is stands in a line after so many batches. */
const progressEvery = 25;

const tallies = { domains: nothing, systems: nothing };

/** Gives the batches of a kind, without end where there is no end. */
function batchesOf(kind) {
  const count = Number(values[kind]);
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, index) => {
    return { kind, seed: Number(values.seed) * 100_000 + index, count: Math.min(batchSize, count - index * batchSize) };
  });
}

/** Takes turns between two lists, as far as both go. */
function interleaved(a, b) {
  const step = a.length / Math.max(b.length, 1);
  const placed = [...a.map((item, index) => [index, item]), ...b.map((item, index) => [index * step, item])];
  return placed.sort(([one], [other]) => one - other).map(([, item]) => item);
}

function run({ kind, ...batch }) {
  const schedules = (tallies[kind].counts.simulated ?? 0) < deeply ? many : few;
  const workerData = { kind, ...batch, until, options: { limit: limits[kind], schedules } };
  return new Promise((resolve) => {
    const worker = new Worker(script, { workerData });
    worker.on("message", resolve);
    // What one batch dies of, others may survive.
    worker.on("error", ({ message }) =>
      resolve({ counts: {}, mismatches: [{ kind: "thread", program: "", detail: `it ended: ${message}` }] }),
    );
  });
}

const all = interleaved(batchesOf("domains"), batchesOf("systems"));
const queue = all.slice(Number(values.after));
let examined = all.length - queue.length;

function report() {
  process.stdout.write(`after ${examined} of ${all.length} batches, ${Math.round((Date.now() - began) / 1000)} s:\n`);
  for (const [kind, tally] of Object.entries(tallies)) process.stdout.write(`  ${kind}: ${inWords(tally)}\n`);
}

async function work() {
  for (let batch = queue.shift(); batch !== undefined && Date.now() < until; batch = queue.shift()) {
    const tally = await run(batch);
    tallies[batch.kind] = sumOf(tallies[batch.kind], tally);
    examined += 1;
    for (const { kind, program, detail } of tally.mismatches)
      process.stdout.write(`MISMATCH of ${kind}, in batch ${batch.seed} of ${batch.kind}:\n${program}\n  ${detail}\n\n`);
    if (examined % progressEvery === 0) report();
  }
}

await Promise.all(Array.from({ length: Number(values.workers) }, work));
const mismatches = Object.values(tallies).flatMap((tally) => tally.mismatches);
report();
process.stdout.write(`${mismatches.length} mismatches.\n`);
process.exitCode = mismatches.length > 0 ? 1 : 0;
