import process from "node:process";
import { medians } from "./median.js";

/**
 * Starts a stopwatch. Gives a function that reads it: the milliseconds that have gone by, and the milliseconds of user CPU that
 * this process took in them. What else the machine is doing adds to the former, and hardly to the latter.
 */
export function stopwatch() {
  const [began, before] = [performance.now(), process.cpuUsage()];
  return () => ({ milliseconds: performance.now() - began, cpuMilliseconds: process.cpuUsage(before).user / 1000 });
}

/** Gives how often something is done in a second, and in a second of user CPU, that was done a number of times in a reading. */
export function rates(count, { milliseconds, cpuMilliseconds }) {
  return { perSecond: (count / milliseconds) * 1000, perCpuSecond: (count / cpuMilliseconds) * 1000 };
}

/**
 * Does something again and again, in five rounds of 400 ms, and gives the median rates of a round.
 * @param {() => Promise<number>} act does it a number of times, and gives that number
 */
export async function steadyRates(act) {
  const rounds = [];
  for (let round = 0; round < 5; round += 1) {
    const read = stopwatch();
    let count = 0;
    while (read().milliseconds < 400) count += await act();
    rounds.push(rates(count, read()));
  }
  return medians(rounds);
}
