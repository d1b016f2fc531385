import type { Image } from "../journal/image.js";
import type { JournalRecord } from "../journal/store.js";
import { isTrue } from "../kernel/faults.js";
import type { Dependencies, TimedCondition } from "./subject.js";
import { Violation } from "./violation.js";

/** What a domain says of time. */
export interface TimedDomain {
  readonly definition?: { readonly durations?: { readonly all: readonly TimedCondition[] } };
  readonly transitions: Readonly<Record<string, Dependencies>>;
}

/** What time has to do with in a domain. */
export interface Timing {
  readonly durations: readonly TimedCondition[];
  /** The time between two commits of transitions, in ms, by their names. */
  readonly cooldowns: Readonly<Record<string, number>>;
}

/** A second clock beside the kernel's: no duration ends early or late, and no transition commits before it has cooled down. */
export class Timekeeper {
  readonly #timing: Timing;
  /** Since when conditions have held, by instance and field. */
  readonly #since = new Map<string, number>();
  /** When transitions committed, by instance and name. */
  readonly #committed = new Map<string, number>();

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  /** Looks at a record. @throws Violation where it is not the time for what it says */
  enter({ key, input: { now } }: JournalRecord, image: Image, committed: readonly string[]): void {
    for (const { name, ms, holds } of this.#timing.durations) {
      const id = `${key}/${name}`;
      if (!isTrue(holds, image.state)) this.#since.delete(id);
      else if (!this.#since.has(id)) this.#since.set(id, now);
      const held = now - (this.#since.get(id) ?? now);
      const isOver = this.#since.has(id) && held >= ms;
      if (image.state[name] !== isOver)
        throw new Violation(`\`${name}\` is ${String(image.state[name])}, and it has held for ${held} ms`);
    }
    for (const transition of committed) {
      const cooldown = this.#timing.cooldowns[transition];
      const id = `${key}/${transition}`;
      const passed = now - (this.#committed.get(id) ?? -Infinity);
      this.#committed.set(id, now);
      if (cooldown !== undefined && passed < cooldown)
        throw new Violation(`${transition} committed ${passed} ms after it had committed, with a cooldown of ${cooldown} ms`);
    }
  }
}

/** Gives what time has to do with in a domain. */
export function timingOf({ definition, transitions }: TimedDomain): Timing {
  const cooldowns = Object.entries(transitions).flatMap(([name, { cooldown, laterSteps }]) =>
    // The steps of one run follow each other at once.
    cooldown === undefined || laterSteps !== undefined ? [] : [[name, cooldown] as const],
  );
  return { durations: definition?.durations?.all ?? [], cooldowns: Object.fromEntries(cooldowns) };
}
