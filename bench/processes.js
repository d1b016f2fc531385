import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { text } from "node:stream/consumers";

/**
 * Runs a program to its end, and gives its standard output. It has a process group of its own, which is killed when the signal
 * aborts: with all that the program has started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal }} [options]
 * @returns {Promise<string>}
 * @throws {Error} where the program fails: with the last lines of what it said
 */
export async function run(command, args, { cwd, env, signal } = {}) {
  signal?.throwIfAborted();
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => killGroup(child.pid);
  signal?.addEventListener("abort", kill, { once: true });
  try {
    const [output, errors, [code, killedBy]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    signal?.throwIfAborted();
    if (code === 0) return output;
    throw new Error(`\`${[command, ...args].join(" ")}\` ended with ${killedBy ?? code}.\n${lastLines(errors || output)}`);
  } finally {
    signal?.removeEventListener("abort", kill);
  }
}

/** @param {number | undefined} leader */
function killGroup(leader) {
  if (leader === undefined) return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // All of the group has ended already.
  }
}

/** Gives the end of what a program said, without what would steer a terminal. @param {string} output */
function lastLines(output) {
  return output
    .replace(/[^\P{Cc}\n]/gu, "")
    .trimEnd()
    .split("\n")
    .slice(-20)
    .join("\n");
}
