import { fork, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Screen } from "./screen.js";

/**
 * The stage where it all happens: a screen, a folder, and the processes that are started. Once it is closed nothing of them is
 * left.
 */
export class Stage {
  screen;
  /** The folder of the package: commands run there. */
  root = fileURLToPath(new URL("../../..", import.meta.url));
  /** A folder of its own for what is built and kept. */
  folder;
  isFast;
  /** How many times faster than real ones the worlds are. */
  speed;
  #interruption = new AbortController();
  #interrupted;
  #children = new Map();

  constructor(out, { isFast }) {
    this.isFast = isFast;
    this.speed = isFast ? 6 : 1;
    this.screen = new Screen(out, (ms) => this.pause(ms));
    const { signal } = this.#interruption;
    this.#interrupted = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    this.#interrupted.catch(() => {});
    const interrupt = (name) => this.#interruption.abort(new Interrupted(name));
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, interrupt);
    // Whoever read along has left: `npm start | head`.
    out.on("error", () => interrupt("SIGPIPE"));
    this.folder = mkdtempSync(join(tmpdir(), "ved-"));
  }

  /** Waits for so many ms, where somebody reads along. */
  async pause(ms) {
    const { signal } = this.#interruption;
    signal.throwIfAborted();
    if (!this.isFast) await this.until(sleep(ms, undefined, { signal }));
  }

  /** Waits for what a promise gives. @throws Interrupted once somebody has had enough */
  until(promise) {
    return Promise.race([this.#interrupted, promise]);
  }

  /** Runs a command to its end and gives its exit code, null where there is no such command; `onLine` takes what it prints. */
  async run(command, args, { env = {}, onLine }) {
    this.#interruption.signal.throwIfAborted();
    const child = spawn(command, args, { cwd: this.root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
    const closed = this.#track(child, "close");
    let line = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      const lines = (line + text).split("\n");
      line = lines.pop();
      lines.forEach(onLine);
    });
    const code = await this.until(closed);
    return code < 0 ? null : code;
  }

  /** Runs `vedc` and gives the lines that it printed, of which it may be said that not all are shown. */
  async vedc(args, remark) {
    const lines = [];
    await this.screen.command(`npx vedc ${args.join(" ")}${remark === undefined ? "" : ` # ${remark}`}`);
    const code = await this.run(process.execPath, [join(this.root, "bin/vedc.js"), ...args], {
      onLine: (line) => lines.push(line),
    });
    if (code !== 0) throw new Error(`vedc ${args[0]} ended with ${code}: ${lines.join("\n")}`);
    return lines;
  }

  /** Starts a process of Node's with a channel for messages. */
  start(path, ...args) {
    this.#interruption.signal.throwIfAborted();
    const child = fork(path, args);
    this.#track(child, "exit");
    return child;
  }

  /** Resolves once a process that was started has ended. */
  ended(child) {
    return this.until(this.#children.get(child));
  }

  #track(child, event) {
    // One that does not come into being has an error, and then ends all the same.
    child.on("error", () => {});
    const ended = new Promise((resolve) => child.once(event, resolve)).finally(() => this.#children.delete(child));
    this.#children.set(child, ended);
    return ended;
  }

  async close() {
    for (const child of this.#children.keys()) child.kill("SIGKILL");
    await Promise.all(this.#children.values());
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Somebody has had enough. */
export class Interrupted extends Error {
  /** What a shell says of a process that a signal has ended. */
  exitCode;

  constructor(signal) {
    super(`interrupted by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}
