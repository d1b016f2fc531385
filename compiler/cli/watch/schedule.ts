// When a command runs again, decided without a clock and without a file: what happens goes in with its time, what to do comes out.

/** What became of a file. */
export type Change = "changed" | "new" | "gone";

/** What happens while somebody works: a file changes, time passes, or the run under way is over. All times are in ms. */
export type Occurrence =
  | { readonly type: "change"; readonly path: string; readonly change: Change; readonly at: number }
  | { readonly type: "time"; readonly at: number }
  | { readonly type: "ended"; readonly at: number };

/** What is under way, and what has changed since it began. */
export interface Schedule {
  readonly running: boolean;
  /** By path, in the order in which they were seen. */
  readonly changes: ReadonlyMap<string, Change>;
  /** When the first of the changes was seen, and the last. */
  readonly first: number;
  readonly last: number;
}

/** What is to be done next. */
export type Decision =
  | { readonly type: "run"; readonly changes: ReadonlyMap<string, Change> }
  | { readonly type: "wait"; readonly until: number }
  | { readonly type: "nothing" };

/** After so long without a change, in ms, what somebody saved is complete: editors and git write several files, and some of them twice. */
export const quiet = 100;

/** No change waits longer than this, in ms, however long others follow. */
export const patience = 2000;

/** The beginning: the first run is under way, and nothing has changed since. */
export const begun: Schedule = { running: true, changes: new Map(), first: 0, last: 0 };

/** Gives what follows from an occurrence, and what to do. */
export function react(schedule: Schedule, occurrence: Occurrence): { schedule: Schedule; decision: Decision } {
  const next = after(schedule, occurrence);
  const { running, changes, first, last } = next;
  if (running || changes.size === 0) return { schedule: next, decision: { type: "nothing" } };
  const until = Math.min(last + quiet, first + patience);
  if (occurrence.at < until) return { schedule: next, decision: { type: "wait", until } };
  return { schedule: { ...next, running: true, changes: new Map() }, decision: { type: "run", changes } };
}

function after(schedule: Schedule, occurrence: Occurrence): Schedule {
  if (occurrence.type === "time") return schedule;
  if (occurrence.type === "ended") return { ...schedule, running: false };
  const { path, change, at } = occurrence;
  const changes = new Map(schedule.changes);
  const both = together(changes.get(path), change);
  if (both === null) changes.delete(path);
  else changes.set(path, both);
  return { ...schedule, changes, first: schedule.changes.size === 0 ? at : schedule.first, last: at };
}

/** Says what two changes of one file, one after the other, come to; null: to nothing. */
function together(before: Change | undefined, now: Change): Change | null {
  if (before === "new") return now === "gone" ? null : "new";
  // An editor that saves by a rename takes the file away before it puts the new one there.
  if (before === "gone" && now === "new") return "changed";
  return now;
}
