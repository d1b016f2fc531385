// Simulated scenarios per second, once it is warm.
// Usage: node simulation.js <folder of the version> <folder of the built program> <runs>
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { importOf } from "../package-of.js";
import { rates, stopwatch } from "../stopwatch.js";

const [root, dist, count] = process.argv.slice(2);
const { simulate } = await importOf(root, "vedc/simulate");
const { DatabaseRouting } = await import(pathToFileURL(join(dist, "failover.js")).href);
const observations = { primary_status: ["healthy", "failed"] };
await simulate(DatabaseRouting, { observations, runs: Number(count) / 5 });
const read = stopwatch();
const { runs, tally } = await simulate(DatabaseRouting, { observations, runs: Number(count), seed: 10_000 });
const reading = read();
const result = { ...rates(runs, reading), killsPerSecond: rates(tally.kills, reading).perSecond };
process.stdout.write(`${JSON.stringify(result)}\n`);
