import type { Status } from "../kernel/status.js";
import type { Signal } from "./call.js";
import type { Slot } from "./slot.js";

/** Makes one who waits until he is answered, or a signal aborts. */
export function abortable(slot: Slot, signal: Signal, resolve: (status: Status) => void, reject: (reason: unknown) => void) {
  const waiter = (status: Status) => {
    signal.removeEventListener("abort", onAbort);
    resolve(status);
  };
  const onAbort = () => {
    slot.waiters = slot.waiters.filter((other) => other !== waiter);
    reject(signal.reason);
  };
  signal.addEventListener("abort", onAbort);
  return waiter;
}
