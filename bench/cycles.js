// Failover cycles per second and bytes per resting instance of one contender, in a process of its own so that none warms up
// or litters for another. Usage: node --expose-gc bench/cycles.js <contender> <module of the built program>
import { pathToFileURL } from "node:url";
import { startHandWritten } from "./rivals/hand-written.js";
import { startRobot3 } from "./rivals/robot3.js";
import { startXState } from "./rivals/xstate.js";

const asynchronous = { Network: { async UpdateDNS() {} }, Alerts: { async PageEngineers() {} } };
const synchronous = { Network: { UpdateDNS() {} }, Alerts: { PageEngineers() {} } };

const [contender, artifact] = process.argv.slice(2);
const { DatabaseRouting } = await import(pathToFileURL(artifact).href);
const contenders = {
  ved: () => DatabaseRouting.start({ effects: asynchronous }),
  "ved-sync": () => DatabaseRouting.start({ effects: synchronous }),
  "hand-written": () => startHandWritten(asynchronous),
  robot3: () => startRobot3(asynchronous),
  xstate: () => startXState(asynchronous),
};

async function run(system, cycles) {
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    await system.observe({ primary_status: "failed" });
    await system.settled();
    await system.observe({ primary_status: "healthy" });
    await system.settled();
  }
}

async function cyclesPerSecond(start) {
  const system = await start();
  await run(system, 3000);
  const rates = [];
  for (let round = 0; round < 5; round += 1) {
    let cycles = 0;
    const began = performance.now();
    while (performance.now() - began < 400) {
      await run(system, 500);
      cycles += 500;
    }
    rates.push((cycles / (performance.now() - began)) * 1000);
  }
  return rates.sort((a, b) => a - b)[2];
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

const start = contenders[contender];
const result = { cyclesPerSecond: await cyclesPerSecond(start), bytesPerInstance: await bytesPerInstance(start) };
process.stdout.write(JSON.stringify(result));
