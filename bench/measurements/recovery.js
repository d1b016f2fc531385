// What is left after a long life, and how long it takes to go on from there, the median of five times.
// Usage: node --expose-gc recovery.js <"cycles" | "instances"> <how many> <folder of the built program>
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { medians } from "../median.js";
import { stopwatch } from "../stopwatch.js";

const [what, count, dist] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(dist, name)).href);
const [{ DatabaseRouting }, { fileJournal }] = await Promise.all([load("failover.js"), load("journal.js")]);
const folder = mkdtempSync(join(tmpdir(), "ved-bench-"));
const data = join(folder, "data");
const effects = { Network: { async UpdateDNS() {} }, Alerts: { async PageEngineers() {} } };
const open = () => DatabaseRouting.host({ effects, journal: fileJournal(data) });

async function cycles(host, total) {
  const workers = 64;
  await Promise.all(
    Array.from({ length: workers }, async (_, index) => {
      const instance = host.instance(`i${index}`);
      for (let cycle = 0; cycle < total / workers; cycle += 1) {
        for (const primary_status of ["failed", "healthy"]) {
          await instance.observe({ primary_status });
          await instance.settled();
        }
      }
    }),
  );
}

async function instances(host, total) {
  for (let start = 0; start < total; start += 1000) {
    const some = Array.from({ length: 1000 }, (_, index) => host.instance(`instance-${start + index}`));
    await Promise.all(some.map((instance) => instance.observe({ primary_status: "failed" })));
    await Promise.all(some.map((instance) => instance.settled()));
  }
}

const size = () => readdirSync(data).reduce((sum, name) => sum + statSync(join(data, name)).size, 0);
const heap = () => {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
};

async function recovered() {
  globalThis.gc();
  const read = stopwatch();
  const again = await open();
  const reading = { ...read(), instances: [...again.keys()].length };
  await again.stop();
  return reading;
}

const host = await open();
const empty = heap();
await (what === "cycles" ? cycles : instances)(host, Number(count));
// A snapshot may be under way; once it is stopped, the host holds its instances and nothing else.
await host.stop();
const left = { size: size(), bytes: heap() - empty };
const readings = [];
for (let time = 0; time < 5; time += 1) readings.push(await recovered());
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify({ ...left, ...medians(readings) })}\n`);
