import type { TakenMessage } from "../host/journal.js";
import type { Input } from "../kernel/event.js";
import type { Activation, Instance } from "../kernel/instance.js";
import type { Reaction } from "../kernel/react.js";
import type { Machine } from "../kernel/rules.js";
import type { State } from "../kernel/value.js";
import { type Changes, changesBetween } from "./image.js";
import type { JournalRecord, RecordedCommit, RecordedInput, RecordedOutcome } from "./store.js";

/** How many commits of one reaction, the latest, are kept for the history: one that goes round in circles makes thousands. */
export const maxCommits = 100;

/** Makes the record of a reaction; null where nothing changed that is kept. `before` is null for a new instance. */
export function recordOf(
  machine: Machine,
  before: Instance | null,
  reaction: Reaction,
  input: Input,
  taken?: TakenMessage,
): JournalRecord | null {
  const { instance, commits, facts, handled } = reaction;
  const changes = changesBetween(machine, before, instance);
  if (changes === null) return null;
  const { domain } = machine;
  const { key } = instance;
  const head = { domain, key, input: recordedInput(input, facts), ...(taken === undefined ? {} : { taken }) };
  const recorded = handled === null ? head : { ...head, handled };
  if (commits.length === 0) return { ...recorded, changes };
  return { ...recorded, commits: commits.slice(-maxCommits).map((one) => commitOf(one, changes)), changes };
}

/** Makes the record that stands for all records of an instance so far. */
export function snapshotOf(machine: Machine, instance: Instance, now: number): JournalRecord {
  const changes = changesBetween(machine, null, instance);
  return { domain: machine.domain, key: instance.key, input: { type: "snapshot", now }, changes };
}

/** What of an input is kept as it is. */
type KeptWhole = Extract<Input, { readonly type: "started" | "timer" | "recovered" | "settled" | "delivered" | "message" }>;

function recordedInput(input: Input, facts: State | null): RecordedInput {
  if (input.type === "observation") return { type: input.type, now: input.now, facts: facts ?? {} };
  if (input.type !== "outcome") return input satisfies KeptWhole;
  const { type, now, activation, outcome, intent, attempt, reason } = input;
  const recorded: RecordedOutcome = { type, now, activation, outcome };
  return intent === 0 && attempt === 1 && reason === "" ? recorded : { ...recorded, intent, attempt, reason };
}

function commitOf({ transition, number, writes }: Activation, { ended }: Changes): number | RecordedCommit {
  return ended?.includes(number) ? number : { transition, activation: number, writes };
}
