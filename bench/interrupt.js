import process from "node:process";

/** What a shell counts Ctrl-C as. */
export const interruptedExitCode = 130;

/**
 * Does something that Ctrl-C, or being asked to end, ends early: the signal tells it, and it still cleans up.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} act
 * @returns {Promise<T>}
 */
export async function interruptible(act) {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  const names = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const name of names) process.on(name, onInterrupt);
  try {
    return await act(interrupt.signal);
  } finally {
    for (const name of names) process.removeListener(name, onInterrupt);
  }
}
