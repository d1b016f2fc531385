import type { Revived } from "../host/journal.js";
import type { Intent, Send } from "../kernel/compiled.js";
import {
  type Activation,
  type Backoff,
  createInstance,
  type Envelope,
  type Expectation,
  type Instance,
  type InstancePost,
  none,
  noPost,
  type Received,
  type Settlement,
} from "../kernel/instance.js";
import { ownKey } from "../kernel/own-key.js";
import type { Machine } from "../kernel/rules.js";
import { isOfType, type State, typeInWords, typeOf, type Value, valueInWords } from "../kernel/value.js";
import { heldUpBy } from "../kernel/waits.js";

/** An activation as it is kept: what is absent is as in one that has just started. */
export interface KeptActivation extends Pick<Activation, "number" | "transition" | "order" | "intents" | "writes"> {
  readonly step?: number;
  readonly sends?: readonly Send[];
  readonly args?: readonly Value[] | null;
  readonly next?: number;
  readonly attempt?: number;
  readonly mode?: Activation["mode"];
  readonly unsure?: boolean;
  readonly dueAt?: number | null;
  readonly overtaken?: readonly string[];
  readonly observed?: readonly string[];
}

/** The number of the latest message of an instance, as journals have it. */
const messageNumber = "letters";

/** What outlasts the process: the part of an instance that a journal keeps, as plain data. Absent: as in a new instance. */
export interface Image {
  readonly state: State;
  readonly phase?: Instance["phase"];
  /** For each goal by name the reality that holds, or null. */
  readonly realities?: Readonly<Record<string, string | null>>;
  readonly activations?: readonly KeptActivation[];
  readonly number?: number;
  readonly order?: number;
  /** Since when conditions have held that have to hold for some time, by the conditions (epoch ms). */
  readonly since?: Readonly<Record<string, number>>;
  readonly expected?: readonly Expectation[];
  readonly cursor?: number;
  readonly backoffs?: readonly Backoff[];
  readonly oscillations?: number;
  readonly heldUntil?: number | null;
  readonly random?: number;
  readonly settlements?: readonly Settlement[];
  readonly inbox?: readonly Received[];
  readonly outgoing?: readonly Envelope[];
  readonly [messageNumber]?: number;
  readonly inARow?: number;
}

/**
 * What of an image has changed. Of the state only some fields; of activations and messages only those that are new or different.
 */
export interface Changes extends Image {
  /** The numbers of activations that are over. */
  readonly ended?: readonly number[];
  /** The numbers of messages that are no longer in the mailbox, or no longer on their way. */
  readonly received?: readonly number[];
  readonly delivered?: readonly number[];
}

/** What a whole image leaves out: an instance as it begins. Its random state is always kept. */
export const bare = { ...createInstance({ domain: "", initial: {} }, "", ""), random: -1 };

/** What is kept as it stands whenever it is another value than before. */
const plain = [
  "phase",
  "number",
  "order",
  "expected",
  "cursor",
  "backoffs",
  "oscillations",
  "heldUntil",
  "random",
  "settlements",
] as const;

/**
 * Gives what of an instance's image differs from that of an earlier one (null: nothing), or, if there is none, its whole image.
 */
export function changesBetween(machine: Machine, before: null, after: Instance): Image;
export function changesBetween(machine: Machine, before: Instance | null, after: Instance): Changes | null;
export function changesBetween(machine: Machine, before: Instance | null, after: Instance): Changes | null {
  if (before === after) return null;
  const changes: Record<string, unknown> = { state: changedFields(before?.state, after.state) };
  let isChanged = before?.state !== after.state;
  const { realities } = after;
  if (before?.realities !== realities) {
    isChanged = true;
    changes.realities = Object.fromEntries(machine.goals.map(({ name }, index) => [name, realities[index] ?? null]));
  }
  const was = before ?? bare;
  if (!isUnchanged(was.activations, after.activations)) {
    isChanged = true;
    noteList(changes, "activations", "ended", was.activations, after.activations, kept);
  }
  if (was.post !== after.post && notePost(changes, was.post, after.post)) isChanged = true;
  if (!isUnchanged(was.since, after.since)) {
    isChanged = true;
    changes.since = sinceByCondition(machine, after.since);
  }
  for (const name of plain) {
    if (isUnchanged(was[name], after[name])) continue;
    isChanged = true;
    changes[name] = after[name];
  }
  // Built from an instance, name by name.
  return isChanged ? (changes as unknown as Changes) : null;
}

/** Gives since when the conditions that hold have held; versions of a program that agree in a condition share its clock. */
function sinceByCondition({ durations }: Machine, since: Instance["since"]): Record<string, number> {
  return Object.fromEntries(
    (durations?.all ?? none).flatMap(({ condition }, index) => {
      const began = since[index] ?? null;
      return began === null ? [] : [[condition, began] as const];
    }),
  );
}

/**
 * Says whether two values are the same. One empty list is like another: that of the kernel is not ours where each is bundled
 * alone.
 */
function isUnchanged(before: unknown, after: unknown): boolean {
  return before === after || (isEmpty(before) && isEmpty(after));
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The lists of messages, each with the word for what is over in it. */
const messageLists = [
  ["inbox", "received"],
  ["outgoing", "delivered"],
] as const;

/** What is counted of messages, each with its word in journals. */
const messageCounts = [
  ["messageNumber", messageNumber],
  ["inARow", "inARow"],
] as const;

/** Notes what has changed of the messages of an instance; gives whether anything has. */
function notePost(changes: Record<string, unknown>, was: InstancePost, is: InstancePost): boolean {
  let isChanged = false;
  for (const [list, over] of messageLists) {
    if (isUnchanged(was[list], is[list])) continue;
    isChanged = true;
    noteList<Received | Envelope>(changes, list, over, was[list], is[list], (message) => message);
  }
  for (const [name, word] of messageCounts) {
    if (was[name] === is[name]) continue;
    isChanged = true;
    changes[word] = is[name];
  }
  return isChanged;
}

interface Numbered {
  readonly number: number;
}

/** Notes which of a list are new or different, as they are kept, and, by another word, the numbers of those that are over. */
function noteList<T extends Numbered>(
  changes: Record<string, unknown>,
  list: string,
  over: string,
  before: readonly T[],
  after: readonly T[],
  keep: (item: T) => unknown,
): void {
  const different = after.filter((item) => !before.includes(item));
  const ended = before.filter((item) => !after.includes(item) && after.every(({ number }) => number !== item.number));
  if (different.length > 0) changes[list] = different.map(keep);
  if (ended.length > 0) changes[over] = ended.map(({ number }) => number);
}

function changedFields(before: State | undefined, after: State): State {
  if (before === undefined) return after;
  const changed: Record<string, Value> = {};
  if (before === after) return changed;
  for (const [field, value] of Object.entries(after)) if (before[field] !== value) changed[field] = value;
  return changed;
}

/** The lists of what has a number, ascending, each with the word for what is over in it. */
const lists = [["activations", "ended"], ...messageLists] as const;

/** Gives an image with later changes. */
export function withChanges(image: Image | undefined, changes: Changes): Image {
  if (image === undefined) return changes;
  const { ended, received, delivered, ...values } = changes;
  const next: Record<string, unknown> = { ...image, ...values, state: { ...image.state, ...changes.state } };
  for (const [list, over] of lists) {
    if (image[list] !== undefined) next[list] = merged<Numbered>(image[list], changes[list], changes[over]);
  }
  // Built from an image, name by name.
  return next as unknown as Image;
}

/** Gives a list with what is new or different and without what is over. */
function merged<T extends Numbered>(before: readonly T[], added: readonly T[] = none, over: readonly number[] = none): T[] {
  // A snapshot may have what the record behind it says again.
  const isNew = new Set(added.map(({ number }) => number));
  const left = before.filter(({ number }) => !over.includes(number) && !isNew.has(number));
  return [...left, ...added].sort((a, b) => a.number - b.number);
}

/** Drops from an image a message that has reached whom it was for. */
export function withoutEnvelope(image: Image, number: number): Image {
  const { outgoing = none } = image;
  return { ...image, outgoing: outgoing.filter((envelope) => envelope.number !== number) };
}

/**
 * Makes an image an instance again: a field that is new takes its default, one that is gone is dropped. Gives the fields
 * whose type has changed instead, each in words, where there are any.
 */
export function revive(machine: Machine, key: string, epoch: string, image: Image): Revived | readonly string[] {
  const activations = image.activations ?? none;
  const changed = new Set(
    [image.state, ...activations.map(({ writes }) => writes)].flatMap((some) => changedTypes(machine, some)),
  );
  if (changed.size > 0) return [...changed];
  const {
    state,
    realities = {},
    since = {},
    inbox = none,
    outgoing = none,
    [messageNumber]: number = 0,
    inARow = 0,
    ...rest
  } = image;
  const begun = createInstance(machine, key, epoch);
  const instance = {
    ...begun,
    ...rest,
    post: number === 0 ? noPost : { inbox, outgoing, messageNumber: number, inARow },
    realities: machine.goals.map(({ name }) => realities[name] ?? null),
    since: machine.durations === null ? none : machine.durations.all.map(({ condition }) => since[condition] ?? null),
    state: machine.merge(begun.state, known(machine, state)),
    activations: activations.map((activation) => takeOver(machine, activation)),
  };
  const dropped = activations.flatMap(({ transition, number, writes }) => {
    const fields = Object.keys(writes).filter((field) => !has(machine, field));
    return fields.length === 0 ? [] : [{ transition, activation: number, fields }];
  });
  return { domain: machine.domain, instance, dropped };
}

/** How an activation stands that has just started. */
const fresh = {
  step: 0,
  sends: none,
  args: null,
  next: 0,
  attempt: 1,
  mode: "in flight",
  unsure: false,
  dueAt: null,
  overtaken: none,
  observed: none,
} as const;

/** Gives an activation without what goes without saying. */
function kept(activation: Activation): KeptActivation {
  const { number, transition, order, intents, writes } = activation;
  const recorded: Record<string, unknown> = { number, transition, order, intents, writes };
  // Its own keys, and no others: it is written out above.
  for (const name of Object.keys(fresh) as (keyof typeof fresh)[]) {
    if (!isUnchanged(fresh[name], activation[name])) recorded[name] = activation[name];
  }
  // Built from an activation, name by name.
  return recorded as unknown as KeptActivation;
}

/** Makes an activation, as it was kept, one of this program. */
function takeOver(machine: Machine, recorded: KeptActivation): Activation {
  const activation = { ...fresh, ...recorded, writes: known(machine, recorded.writes), holdsUp: none };
  return { ...activation, holdsUp: heldUpBy(activation, machine) };
}

/** Whether a field may have a value of an earlier program: what an instance is called, it says itself. */
function has({ initial }: Machine, field: string): boolean {
  return Object.hasOwn(initial, field) && field !== ownKey;
}

function known(machine: Machine, some: Partial<State>): Partial<State> {
  return Object.fromEntries(Object.entries(some).filter(([field]) => has(machine, field)));
}

function changedTypes(machine: Machine, some: Partial<State>): string[] {
  const { initial, narrowed } = machine;
  return Object.entries(some).flatMap(([field, value]) => {
    const own = has(machine, field) ? initial[field] : undefined;
    if (own === undefined || value === undefined) return [];
    const type = narrowed.get(field) ?? typeOf(own);
    if (isOfType(type, value)) return [];
    const was = typeof value === typeof own ? valueInWords(value) : typeInWords(typeOf(value));
    return [`${field} was ${was} and is ${typeInWords(type)}`];
  });
}

/** Gives the effects that pending activations have yet to carry out, once an operator's settlements are applied. */
export function effectsAhead({ activations, settlements }: Instance): string[] {
  return activations.flatMap(({ number, next, intents, mode }) => {
    const settled = settlements.find(({ activation, intent }) => activation === number && intent === next);
    // What merely waits is given up where it can no longer be carried out.
    if (settled === undefined ? mode === "waiting" : !settled.happened && next === 0) return [];
    return intents.slice(settled?.happened ? next + 1 : next).map(({ effect }: Intent) => effect);
  });
}
