// npm run chaos: the built artifact as a real process, killed with SIGKILL at random moments, thousands of times over.
// Usage: node run.js [--kills 2000] [--workers 2] [--without-journal | --system]
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Presets, SingleBar } from "cli-progress";
import { SystemWorker } from "./system-worker.js";
import { Worker } from "./worker.js";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "2000" },
    workers: { type: "string", default: "2" },
    "without-journal": { type: "boolean", default: false },
    system: { type: "boolean", default: false },
  },
});
const [kills, count] = [Number(values.kills), Number(values.workers)];
const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ved-chaos-"));
const dist = join(folder, "dist");
const program = values.system ? "runtime-lib/testing/chaos/dispatcher.ved" : "fixtures/failover.ved";
execFileSync(process.execPath, [join(root, "bin/vedc.js"), "build", join(root, program), "-o", dist, "--minify"], {
  stdio: ["ignore", "ignore", "inherit"],
});

const interrupt = new AbortController();
process.once("SIGINT", () => interrupt.abort());
const bar = process.stderr.isTTY
  ? new SingleBar(
      {
        format: "{bar} {percentage} %  {value} of {total} kills, {eta_formatted} to go",
        clearOnComplete: true,
        stream: process.stderr,
      },
      Presets.shades_grey,
    )
  : null;
bar?.start(kills, 0);
const began = performance.now();
const workers = Array.from({ length: count }, (_, index) => {
  const journal = values["without-journal"] ? "none" : join(folder, `data-${index}`);
  return values.system ? new SystemWorker(dist, journal) : new Worker(dist, journal);
});
await Promise.all(workers.map((worker) => worker.run(Math.ceil(kills / count), () => bar?.increment(), interrupt.signal)));
bar?.stop();

const total = (value) => workers.reduce((sum, worker) => sum + value(worker), 0).toLocaleString("en");
const violations = workers.flatMap((worker) => worker.violations);
process.stdout.write(
  `${total((worker) => worker.kills)} processes killed in ${((performance.now() - began) / 1000).toFixed(0)} s, `,
);
process.stdout.write(
  `${total((worker) => worker.acknowledged)} observations acknowledged, ${total((worker) => worker.world.requests)} requests, `,
);
process.stdout.write(
  `${total((worker) => worker.world.done.size)} effects, each under a key of its own; ${total((worker) => worker.rests)} times at rest.\n`,
);
for (const violation of violations) process.stdout.write(`VIOLATED: ${violation}\n`);
if (violations.length === 0) {
  process.stdout.write("No acknowledged observation was lost, and nothing was half-finished.\n");
  rmSync(folder, { recursive: true, force: true });
} else process.stdout.write(`The journals are in ${folder}; \`vedc inspect\` shows them.\n`);
process.exitCode = violations.length > 0 ? 1 : interrupt.signal.aborted ? 130 : 0;
