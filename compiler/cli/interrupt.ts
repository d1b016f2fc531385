import process from "node:process";

/**
 * Does something that Ctrl-C ends early: the signal says so, and it has the rest of its time to say what it found. It ends early as
 * well where nobody reads what it says any longer.
 */
export async function interruptible<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once("SIGINT", onInterrupt);
  process.stdout.once("error", onInterrupt);
  try {
    return await act(interrupt.signal);
  } finally {
    process.removeListener("SIGINT", onInterrupt);
    process.stdout.removeListener("error", onInterrupt);
  }
}
