import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";

/** What a program came to. */
export interface Ended {
  /** Null: it was killed by a signal. */
  readonly code: number | null;
  /** The signal that killed it. */
  readonly killedBy: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is to be run. */
export interface Run {
  /** The program, and its arguments: there is no shell. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  readonly signal: AbortSignal;
}

/** Output is kept up to here, in characters. */
const maxKept = 64_000;

/** Of a line so many characters are shown. */
const maxShown = 200;

/** Once it was asked to end, a program has so long, in ms. */
const lastWarning = 2000;

/** What runs now: nothing of it outlives this process, unless that is killed itself. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) kill(child, "SIGKILL");
});

/**
 * Runs a program to its end. When the signal aborts, it is asked to end with all that it has started, and killed if it does not.
 * @throws (as a rejection) the error of the system where it could not be started
 */
export function runProcess({ command, cwd, env, stdin, signal }: Run): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const [program = "", ...args] = command;
    // Who runs for the service need not be able to speak to it.
    const inherited = { ...process.env, VEDC_TOKEN: undefined };
    // In a group of its own: Ctrl-C in a terminal is for the service alone.
    const child = spawn(program, args, { cwd, env: { ...inherited, ...env }, stdio: "pipe", detached: true });
    running.add(child);
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] = `${output[name]}${text}`.slice(-maxKept);
      });
    }
    // A program that does not read its input is none of our business.
    child.stdin.on("error", () => {});
    child.stdin.end(stdin);
    let last: NodeJS.Timeout | undefined;
    const stop = () => {
      kill(child, "SIGTERM");
      last ??= setTimeout(() => kill(child, "SIGKILL"), lastWarning);
    };
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    const clean = () => {
      running.delete(child);
      clearTimeout(last);
      signal.removeEventListener("abort", stop);
    };
    child.once("error", (error) => {
      clean();
      reject(error);
    });
    // Its output may be held open by what it has started: that it has ended is enough.
    child.once("exit", (code, killedBy) => {
      clean();
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code, killedBy, ...output });
      });
    });
  });
}

/** Signals a program and all that it has started. */
function kill({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended, and nobody has told us yet.
  }
}

/** Gives the last line that a program wrote, for a message. @param redact takes secrets out, before anything is cut off */
export function lastLine({ stdout, stderr }: Ended, redact: (text: string) => string): string {
  const lines = redact(`${stdout}\n${stderr}`).trim().split("\n");
  const line = (lines.at(-1) ?? "").trim();
  // The beginning of a line that is too long to be kept is lost, and perhaps that of a secret.
  return line.length > maxKept / 2 ? `…${line.slice(-maxShown)}` : line.slice(0, maxShown);
}
