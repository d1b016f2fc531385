// Durable failover cycles of one contender, in a process of its own. A cycle is an outage and its end: two observations that
// are acknowledged, three effects, and rest. It has no figures where its contender is not installed.
// Usage: node durable.js <contender> <instances> <folder of the built program>
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { durableInstance, GroupCommit } from "../rivals/durable-hand-written.js";
import { sqliteAppend } from "../rivals/durable-sqlite.js";
import { rates, stopwatch } from "../stopwatch.js";

const [contender, count, dist] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "ved-bench-"));
const began = new Map();
const latencies = [];
const dispatched = (key) => {
  const at = began.get(key);
  if (at !== undefined) latencies.push(performance.now() - at);
  began.delete(key);
};

/** A function that observes a status of an instance and resolves once the instance rests. */
const contenders = {
  async ved() {
    const load = (name) => import(pathToFileURL(join(dist, name)).href);
    const [{ DatabaseRouting }, { fileJournal }] = await Promise.all([load("failover.js"), load("journal.js")]);
    const host = await DatabaseRouting.host({
      effects: {
        Network: {
          async UpdateDNS(_, call) {
            dispatched(call.instance);
          },
        },
        Alerts: { async PageEngineers() {} },
      },
      journal: fileJournal(join(folder, "data")),
    });
    return (key) => {
      const instance = host.instance(key);
      return async (primary_status) => {
        await instance.observe({ primary_status });
        await instance.settled();
      };
    };
  },
  async "hand-written"() {
    const log = new GroupCommit(join(folder, "log"));
    return byHand((line) => log.append(line));
  },
  async sqlite() {
    const append = await sqliteAppend(join(folder, "records.db"));
    return append === null ? null : byHand(append);
  },
};

const byHand = (append) => (key) => {
  const effects = {
    Network: {
      async UpdateDNS() {
        dispatched(key);
      },
    },
    Alerts: { async PageEngineers() {} },
  };
  const instance = durableInstance(key, append, effects);
  return (status) => instance.observe(status);
};

async function run(observers, milliseconds) {
  let cycles = 0;
  const read = stopwatch();
  const end = performance.now() + milliseconds;
  await Promise.all(
    observers.map(async ([key, observe]) => {
      while (performance.now() < end) {
        began.set(key, performance.now());
        await observe("failed");
        await observe("healthy");
        cycles += 1;
      }
    }),
  );
  return rates(cycles, read());
}

const make = await contenders[contender]();
let result = {};
if (make !== null) {
  const observers = Array.from({ length: Number(count) }, (_, index) => [`i${index}`, make(`i${index}`)]);
  await run(observers, 1000);
  latencies.length = 0;
  const measured = await run(observers, 3000);
  latencies.sort((a, b) => a - b);
  const at = (part) => latencies[Math.floor(latencies.length * part)];
  result = { ...measured, p50: at(0.5), p99: at(0.99) };
}
process.stdout.write(`${JSON.stringify(result)}\n`);
rmSync(folder, { recursive: true, force: true });
process.exit();
