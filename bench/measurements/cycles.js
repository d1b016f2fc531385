// Failover cycles per second and bytes per resting instance of one contender, in a process of its own so that none warms up
// or litters for another. Usage: node --expose-gc cycles.js <contender> <module of the built program>
import process from "node:process";
import { pathToFileURL } from "node:url";
import { steadyRates } from "../stopwatch.js";

const asynchronous = { Network: { async UpdateDNS() {} }, Alerts: { async PageEngineers() {} } };
const synchronous = { Network: { UpdateDNS() {} }, Alerts: { PageEngineers() {} } };

const [contender, artifact] = process.argv.slice(2);

/** Gives for each contender how an instance of it is started; loaded is only what that needs. */
const contenders = {
  ved: () => startVed(asynchronous),
  "ved-sync": () => startVed(synchronous),
  async "hand-written"() {
    const { startHandWritten } = await import("../rivals/hand-written.js");
    return () => startHandWritten(asynchronous);
  },
  async robot3() {
    const { startRobot3 } = await import("../rivals/robot3.js");
    return () => startRobot3(asynchronous);
  },
  async xstate() {
    const { startXState } = await import("../rivals/xstate.js");
    return () => startXState(asynchronous);
  },
};

async function startVed(effects) {
  const { DatabaseRouting } = await import(pathToFileURL(artifact).href);
  return () => DatabaseRouting.start({ effects });
}

async function run(system, cycles) {
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    await system.observe({ primary_status: "failed" });
    await system.settled();
    await system.observe({ primary_status: "healthy" });
    await system.settled();
  }
  return cycles;
}

async function cycleRates(start) {
  const system = await start();
  await run(system, 3000);
  return steadyRates(() => run(system, 500));
}

async function bytesPerInstance(start) {
  const count = 10_000;
  const kept = [await start()];
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < count; index += 1) kept.push(await start());
  globalThis.gc();
  const bytes = (process.memoryUsage().heapUsed - before) / count;
  return kept.length > count ? bytes : 0;
}

const start = await contenders[contender]();
const result = { ...(await cycleRates(start)), bytesPerInstance: await bytesPerInstance(start) };
process.stdout.write(`${JSON.stringify(result)}\n`);
