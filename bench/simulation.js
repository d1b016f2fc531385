// Simulated scenarios per second on one core. Usage: node bench/simulation.js <dist folder>
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { simulate } from "vedc/simulate";

const [dist] = process.argv.slice(2);
const { DatabaseRouting } = await import(pathToFileURL(join(dist, "failover.js")).href);
const observations = { primary_status: ["healthy", "failed"] };
await simulate(DatabaseRouting, { observations, runs: 2000 });
const began = performance.now();
const { runs, tally } = await simulate(DatabaseRouting, { observations, runs: 10_000, seed: 10_000 });
const seconds = (performance.now() - began) / 1000;
process.stdout.write(JSON.stringify({ rate: runs / seconds, kills: tally.kills / seconds }));
