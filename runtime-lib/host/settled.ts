import type { Host } from "./host.js";
import type { SettledOptions } from "./instance.js";

/**
 * Resolves once no instance of any host is at work, and that is on stable storage. One that rests may be woken by another, so
 * that all are looked at again until none had to be waited for. Rejects with the signal's reason when that aborts.
 */
export async function allSettled(hosts: readonly Host[], { signal }: SettledOptions = {}): Promise<void> {
  if (signal?.aborted) throw signal.reason;
  for (let isQuiet = false; !isQuiet; ) {
    isQuiet = true;
    for (const host of hosts) {
      for (const key of [...host.keys()]) {
        if (host.isSettled(key)) continue;
        isQuiet = false;
        await host.settled(key, signal);
      }
    }
  }
}
