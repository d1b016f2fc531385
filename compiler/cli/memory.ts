import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Says how much memory the process uses, in bytes, as its operating system counts it. */
export function memoryInUse(): number {
  return process.memoryUsage.rss();
}

/** Looks at what is still in use: so often at least and at most, and so long apart, in ms. */
const [leastLooks, mostLooks, apart] = [5, 50, 20];

/** Gives back what nobody holds any more, and waits until the operating system has it. */
export async function releaseMemory(): Promise<void> {
  setFlagsFromString("--expose-gc");
  // A context that is made under this flag has the function.
  const collect: () => void = runInNewContext("gc");
  collect();
  // Pages are given back by a thread of the engine, after a while.
  for (let look = 0, before = Number.POSITIVE_INFINITY; look < mostLooks; look += 1) {
    const now = memoryInUse();
    if (look >= leastLooks && now >= before) return;
    before = now;
    await setTimeout(apart);
  }
}
