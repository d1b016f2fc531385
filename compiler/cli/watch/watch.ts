import process from "node:process";
import { type FSWatcher, watch as watchFiles } from "chokidar";
import { systemClock } from "../../../runtime-lib/host/clock.js";
import { visible } from "../../diagnostics/visible.js";
import { exitCode, UsageError } from "../exit.js";
import { interruptible } from "../interrupt.js";
import { shorten } from "../sources.js";
import { repeater } from "./repeater.js";
import type { Change } from "./schedule.js";
import { foldersOf, importedBy, isSubject, mayHold, type Subjects, subjectsOf } from "./subjects.js";

/** What the file system says, in our words. */
const changes: Readonly<Record<string, Change>> = { add: "new", change: "changed", unlink: "gone" };

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
  let subjects = await subjectsOf(args);
  const watcher = watchFiles(foldersOf(subjects), {
    ignoreInitial: true,
    ignored: (path, stats) => !isSubject(subjects, path) && (stats?.isFile() === true || !mayHold(subjects, path)),
  });
  const failed = failureOf(watcher);
  try {
    await Promise.race([new Promise<void>((resolve) => watcher.once("ready", resolve)), failed]);
    return await interruptible(async (signal) => {
      const repeated = repeater(systemClock, async (changed) => {
        if (changed.size > 0) announce(changed);
        say(await run().catch(codeOf), signal);
        subjects = withFiles(subjects, await importedBy(args));
        watcher.add(foldersOf(subjects));
      });
      watcher.on("all", (event, path) => {
        const change = changes[event];
        if (change !== undefined && isSubject(subjects, path)) repeated.changed(path, change);
      });
      await Promise.race([aborted(signal), failed]).finally(() => repeated.stop());
      return exitCode.interrupted;
    });
  } finally {
    await watcher.close();
  }
}

function withFiles({ folders, files }: Subjects, more: readonly string[]): Subjects {
  return { folders, files: new Set([...files, ...more]) };
}

/** Waits for what keeps a watcher from watching, such as a limit of the system. */
function failureOf(watcher: FSWatcher): Promise<never> {
  const failed = new Promise<never>((_, reject) => {
    watcher.once("error", (error) => {
      reject(new UsageError(`Cannot watch files: ${error instanceof Error ? error.message : String(error)}.`));
    });
  });
  // Who waits for it hears of it; until then nobody does.
  failed.catch(() => undefined);
  return failed;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** So many of the files that changed are named. */
const named = 3;

/** Says why it runs again; a terminal shows nothing but this run. */
function announce(changed: ReadonlyMap<string, Change>): void {
  if (process.stdout.isTTY && process.stderr.isTTY) process.stdout.write("\u001b[2J\u001b[3J\u001b[H");
  const all = [...changed].map(
    ([path, change]) => `${visible(shorten(path))} ${change === "changed" ? "changed" : `is ${change}`}`,
  );
  const others = all.length > named ? [`${all.length - named} more`] : [];
  process.stderr.write(`${[...all.slice(0, named), ...others].join(", ")}.\n`);
}

/** Says that a run is over, with the time of day, and what came of it. */
function say(code: number, signal: AbortSignal): void {
  if (signal.aborted) return;
  const time = new Date(systemClock.now()).toTimeString().slice(0, 8);
  const result = code === exitCode.ok ? "nothing to mend" : `exit code ${code}`;
  process.stderr.write(`Done at ${time}: ${result}. Waiting for changes; Ctrl-C ends it.\n`);
}
