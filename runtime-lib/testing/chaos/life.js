// One life of a process that is killed, and what it says.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Starts a process; `onCrash` hears when it ends by itself with an error. */
export function startLife(args, onCrash) {
  // In a group of its own: Ctrl-C ends the run, and is not one more way to kill the process.
  const process_ = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "pipe"], detached: true });
  let errors = "";
  process_.stderr.on("data", (data) => {
    errors += data;
  });
  process_.stdin.on("error", () => {});
  const listeners = new Set();
  createInterface({ input: process_.stdout }).on("line", (line) => {
    for (const listener of [...listeners]) listener(JSON.parse(line));
  });
  const exit = once(process_, "exit").then(([code, by]) => {
    if (by !== "SIGKILL" && code !== 0) onCrash(`the process ended with ${code}: ${errors}`);
  });
  /** Waits for a message with a property, or for the end of the process. */
  const message = (name) =>
    new Promise((resolve) => {
      const listener = (said) => {
        if (!(name in said)) return;
        listeners.delete(listener);
        resolve(said);
      };
      listeners.add(listener);
      exit.then(() => resolve(null));
    });
  const tell = (what) => process_.stdin.write(`${JSON.stringify(what)}\n`);
  return { process: process_, exit, message, listeners, tell };
}
