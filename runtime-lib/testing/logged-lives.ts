import type { JournalOwner, Revived, TakenMessage } from "../host/journal.js";
import { journalOver } from "../journal/journal.js";
import { Log } from "../journal/log.js";
import type { Input } from "../kernel/event.js";
import type { Instance } from "../kernel/instance.js";
import type { Reaction } from "../kernel/react.js";
import type { Machine } from "../kernel/rules.js";
import { Choices } from "../simulate/choices.js";
import { SimulatedDisk } from "../simulate/disk.js";
import { quiet } from "./clock.js";
import { pump } from "./log.js";

/** After so many bytes the log makes a snapshot: every now and then within a test. */
const allowance = 2000;

/** The lives of instances of several domains that are written to one log on a simulated disk. */
export class LoggedLives {
  readonly #disk = new SimulatedDisk();
  readonly #owner: JournalOwner;
  #journal = journalOver(new Log(this.#disk, allowance));
  #flush: Promise<void> | null = null;

  /** @param instances the instances of each machine as they are now */
  constructor(machines: readonly Machine[], instances: () => readonly Iterable<Instance>[]) {
    const unused = { canCarryOut: () => true, now: () => 0, resolve: async () => {} };
    this.#owner = { machines, epoch: "e", instances, ...unused };
  }

  /** Opens the log. Gives the instances that it has kept. */
  async open(): Promise<readonly Revived[]> {
    return (await pump(this.#disk, this.#journal.open(this.#owner))).revived;
  }

  /** Begins to write a reaction down. */
  note(machine: Machine, before: Instance | null, reaction: Reaction, input: Input, taken?: TakenMessage): void {
    this.#flush = this.#journal.append(machine, before, reaction, input, taken) ?? this.#flush;
    // What a crash cuts off fails.
    this.#flush?.catch(() => {});
  }

  /** Waits until everything is on stable storage. */
  async flush(): Promise<void> {
    if (this.#flush !== null) await pump(this.#disk, this.#flush);
    this.#flush = null;
  }

  /** Crashes while something is being written down: that is kept up to some record. Gives the instances that came back. */
  async crash(seed: number): Promise<readonly Revived[]> {
    const choices = new Choices(seed);
    for (let steps = choices.below(6); steps > 0; steps -= 1) {
      this.#disk.step();
      // What the process was about to do it has done, or another process would find it at work.
      await quiet();
    }
    this.#disk.crash(choices);
    this.#journal = journalOver(new Log(this.#disk, allowance));
    this.#flush = null;
    return this.open();
  }
}
