// The durable failover loop as one would write it by hand over a log with group commit: a line for each change, and nothing
// else. No retry, no keys, no checksums, no recovery, no snapshots: the limit.
import { closeSync, fdatasync, openSync, writeSync } from "node:fs";

/** A log whose lines share one write and one sync. */
export class GroupCommit {
  #fd;
  #lines = "";
  #waiting = [];
  #isWriting = false;

  constructor(path) {
    this.#fd = openSync(path, "a");
  }

  /** Appends a line; resolves once it is on stable storage. */
  append(line) {
    this.#lines += line;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1 && !this.#isWriting) setImmediate(() => this.#write());
    });
  }

  #write() {
    this.#isWriting = true;
    const waiting = this.#waiting;
    writeSync(this.#fd, this.#lines);
    this.#lines = "";
    this.#waiting = [];
    fdatasync(this.#fd, () => {
      for (const resolve of waiting) resolve();
      this.#isWriting = false;
      if (this.#waiting.length > 0) setImmediate(() => this.#write());
    });
  }

  /** Closes the file. */
  close() {
    closeSync(this.#fd);
  }
}

/** Makes one instance; `append` resolves once a line is on stable storage. */
export function durableInstance(key, append, effects) {
  const state = { primary_status: "healthy", active_route: "primary", alert_sent: false };

  async function run(effect, argument, writes) {
    await effect(argument);
    Object.assign(state, writes);
    await append(`${JSON.stringify({ key, writes })}\n`);
  }

  return {
    /** Fails over, or restores, and resolves once that is on stable storage. */
    async observe(primary_status) {
      state.primary_status = primary_status;
      const isFailed = primary_status === "failed";
      const intents = isFailed ? [["dns", "replica"], ["page"]] : [["dns", "primary"]];
      await append(`${JSON.stringify({ key, primary_status, intents })}\n`);
      if (!isFailed) return run(effects.Network.UpdateDNS, "primary", { active_route: "primary", alert_sent: false });
      await Promise.all([
        run(effects.Network.UpdateDNS, "replica", { active_route: "replica" }),
        run(effects.Alerts.PageEngineers, "Primary DB Down", { alert_sent: true }),
      ]);
    },
  };
}
