import type { Input } from "../kernel/event.js";
import type { Activation, Instance } from "../kernel/instance.js";
import type { Machine } from "../kernel/machine.js";
import type { Reaction } from "../kernel/react.js";
import { changesBetween } from "./image.js";
import type { JournalRecord, RecordedCommit } from "./store.js";

/** Of more commits in one reaction only the latest are kept for the history: one that goes round in circles makes thousands. */
export const mostCommits = 100;

/** The record of a reaction; null where nothing changed that is kept. `before` is null for a new instance. */
export function recordOf(machine: Machine, before: Instance | null, reaction: Reaction, input: Input): JournalRecord | null {
  const { instance, commits, facts } = reaction;
  const changes = changesBetween(machine, before, instance);
  if (changes === null) return null;
  const recorded = input.type === "observation" ? { ...input, facts: facts ?? {} } : input;
  const about = { domain: machine.domain, key: instance.key, input: recorded };
  return commits.length === 0 ? { ...about, changes } : { ...about, commits: commits.slice(-mostCommits).map(commitOf), changes };
}

/** The record that stands for all records of an instance so far. */
export function snapshotOf(machine: Machine, instance: Instance, now: number): JournalRecord {
  const changes = changesBetween(machine, null, instance);
  return { domain: machine.domain, key: instance.key, input: { type: "snapshot", now }, changes };
}

function commitOf({ transition, number, writes }: Activation): RecordedCommit {
  return { transition, activation: number, writes };
}
