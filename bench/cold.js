import { spawnSync } from "node:child_process";
import process from "node:process";

const reporter = new URL("report-usage.js", import.meta.url).href;

/**
 * Runs a command in a process of its own, from its start to its end. Gives what that took: milliseconds, milliseconds of user CPU, and
 * the most bytes of memory at a time.
 * @param {readonly string[]} command a module and its arguments
 * @throws {Error} where it fails: with what it said
 */
export function cold(command) {
  const began = performance.now();
  const { status, output } = spawnSync(process.execPath, ["--import", reporter, ...command], {
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  const milliseconds = performance.now() - began;
  const [, , said, usage] = output;
  if (status !== 0 || usage === undefined) throw new Error(`${command.join(" ")} ended with ${status}: ${said}`);
  return { milliseconds, ...JSON.parse(usage) };
}
