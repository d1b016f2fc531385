import type { Duration } from "./compiled.js";
import { isTrue } from "./faults.js";
import type { DurationRules, NamedDuration, Turn } from "./rules.js";
import { publish } from "./turn.js";

/** What has to hold for some time, in a domain that has some: others do without this code. */
export class Durations implements DurationRules {
  readonly all: readonly NamedDuration[];

  constructor(named: Readonly<Record<string, Duration>>) {
    this.all = Object.entries(named).map(([name, duration]) => ({
      name,
      over: { [name]: true },
      open: { [name]: false },
      ...duration,
    }));
  }

  /** Says whether a field is kept for a duration. */
  has(field: string): boolean {
    return this.all.some(({ name }) => name === field);
  }

  /**
   * Brings all up to date with the state and the time: a clock starts when the condition becomes true and falls with it. What
   * has held long enough stays so until the condition falls, whatever the clock says.
   */
  keep(turn: Turn): void {
    const { next, machine, now } = turn;
    const { all } = this;
    for (const [index, { name, ms, holds, over, open }] of all.entries()) {
      const before = next.since[index] ?? null;
      const since = isTrue(holds, next.state) ? (before ?? now) : null;
      if (since !== before || index >= next.since.length) {
        next.since = all.map((_, other) => (other === index ? since : (next.since[other] ?? null)));
      }
      const isOver = since !== null && (now - since >= ms || (before !== null && next.state[name] === true));
      if (next.state[name] === isOver) continue;
      next.state = machine.merge(next.state, isOver ? over : open);
      if (isOver && machine.publishes) publish(turn, { type: "elapsed", duration: name });
    }
  }

  /** Says when (epoch ms) the next one is over that is not yet; Infinity: none is running. */
  ends({ next }: Turn): number {
    let ends = Infinity;
    for (const [index, { name, ms }] of this.all.entries()) {
      const since = next.since[index] ?? null;
      if (since !== null && next.state[name] !== true) ends = Math.min(ends, since + ms);
    }
    return ends;
  }
}

/**
 * Makes the rules of what has to hold for some time, by the names of the fields that say whether it has. Called by generated
 * code.
 */
export function durations<S extends object>(named: Readonly<Record<string, Duration<S>>>): Durations {
  // The kernel sees states as plain records, whatever interface the generated code gives them.
  return new Durations(named as unknown as Readonly<Record<string, Duration>>);
}
