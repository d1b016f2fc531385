import type { JournalRecord } from "../journal/store.js";
import type { SimulatedDisk } from "../simulate/disk.js";
import { quiet } from "./clock.js";

/** Makes a record like any other, with a number to know it by. */
export function recordOf(n: number, key = "k"): JournalRecord {
  return { domain: "D", key, input: { type: "timer", now: n }, changes: { state: { n } } };
}

/** Lets a simulated disk work until a promise is settled. */
export async function pump<T>(disk: SimulatedDisk, promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle);
  await quiet();
  while (!isSettled) {
    if (disk.pending.length === 0) throw new Error("the disk has nothing to do, and the promise is not settled");
    disk.step();
    await quiet();
  }
  return promise;
}
