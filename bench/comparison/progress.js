import process from "node:process";
import { Presets, SingleBar } from "cli-progress";

/**
 * Shows on standard error how far it has come, where that is a terminal.
 * @param {number} total how many steps there are
 * @returns {{ begin(task: string): void, done(): void, stop(): void }}
 */
export function progressOf(total) {
  if (!process.stderr.isTTY) return { begin() {}, done() {}, stop() {} };
  const format = "{bar} {percentage} %  {eta_formatted} to go  {task}";
  const bar = new SingleBar({ format, clearOnComplete: true, hideCursor: true, stream: process.stderr }, Presets.shades_grey);
  bar.start(total, 0, { task: "" });
  return {
    begin: (task) => bar.update({ task }),
    done: () => bar.increment(),
    stop: () => bar.stop(),
  };
}
