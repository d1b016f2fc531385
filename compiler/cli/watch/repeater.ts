import type { Clock } from "../../../runtime-lib/host/clock.js";
import { begun, type Change, type Occurrence, react } from "./schedule.js";

/** Runs something once, and again whenever files have changed, never twice at a time. */
export interface Repeater {
  /** Tells it what became of a file. */
  changed(path: string, change: Change): void;
  /** Ends it: what is under way comes to its end, nothing begins any more. */
  stop(): Promise<void>;
}

/** Begins with a first run, at once. */
export function repeater(clock: Clock, run: (changes: ReadonlyMap<string, Change>) => Promise<void>): Repeater {
  let schedule = begun;
  let cancel = () => {};
  let isStopped = false;
  let underWay = Promise.resolve();

  function hear(occurrence: Occurrence): void {
    const { schedule: next, decision } = react(schedule, occurrence);
    schedule = next;
    cancel();
    cancel = () => {};
    if (isStopped) return;
    if (decision.type === "wait") cancel = clock.setTimer(decision.until, () => hear({ type: "time", at: clock.now() }));
    if (decision.type === "run") begin(decision.changes);
  }

  function begin(changes: ReadonlyMap<string, Change>): void {
    underWay = run(changes).then(() => hear({ type: "ended", at: clock.now() }));
  }

  begin(new Map());
  return {
    changed: (path, change) => hear({ type: "change", path, change, at: clock.now() }),
    stop: async () => {
      isStopped = true;
      cancel();
      await underWay;
    },
  };
}
