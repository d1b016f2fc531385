import process from "node:process";
import { systemClock } from "../../../runtime-lib/host/clock.js";
import { visible } from "../../diagnostics/visible.js";
import { exitCode } from "../exit.js";
import { interruptible } from "../interrupt.js";
import { shorten } from "../sources.js";
import { watchedFiles } from "./files.js";
import { repeater } from "./repeater.js";
import type { Change } from "./schedule.js";
import { importedBy, subjectsOf } from "./subjects.js";

/**
 * Runs a command, and again whenever a source, what it imports or the configuration has changed, until Ctrl-C; a run that is under way
 * then comes to its end, so that nothing is half-written. A run that fails ends nothing. Gives the exit code.
 * @param run one run of the command; it gives its exit code
 * @param codeOf says to the user what was thrown, and gives the exit code of that
 * @throws UsageError for what is not there, or cannot be watched
 */
export async function watch(
  args: readonly string[],
  run: () => Promise<number>,
  codeOf: (error: unknown) => number,
): Promise<number> {
  const named = await subjectsOf(args);
  let hear: (path: string, change: Change) => void = () => {};
  const files = watchedFiles((path, change) => hear(path, change));
  try {
    return await interruptible(async (signal) => {
      const repeated = repeater(systemClock, async (changed) => {
        if (changed.size > 0) announce(changed);
        // Watched before they are read, so that what is saved during the run is another run's.
        await files.watch({ ...named, files: new Set([...named.files, ...(await importedBy(args))]) });
        say(await run().catch(codeOf), signal);
      });
      hear = repeated.changed;
      await Promise.race([aborted(signal), files.failed]).finally(() => repeated.stop());
      return exitCode.interrupted;
    });
  } finally {
    await files.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** So many of the files that changed are named. */
const shown = 3;

/** Says why it runs again; a terminal shows nothing but this run. */
function announce(changed: ReadonlyMap<string, Change>): void {
  if (process.stdout.isTTY && process.stderr.isTTY) process.stdout.write("\u001b[2J\u001b[3J\u001b[H");
  const all = [...changed].map(
    ([path, change]) => `${visible(shorten(path))} ${change === "changed" ? "changed" : `is ${change}`}`,
  );
  const others = all.length > shown ? [`${all.length - shown} more`] : [];
  process.stderr.write(`${[...all.slice(0, shown), ...others].join(", ")}.\n`);
}

/** Says that a run is over, with the time of day, and what came of it. */
function say(code: number, signal: AbortSignal): void {
  if (signal.aborted) return;
  const time = new Date(systemClock.now()).toTimeString().slice(0, 8);
  process.stderr.write(`Done at ${time}: exit code ${code}. Waiting for changes; Ctrl-C ends it.\n`);
}
