import type { Revived } from "../host/journal.js";
import type { Intent, State } from "../kernel/definition.js";
import { type Activation, type Backoff, createInstance, type Instance, none, type Settlement } from "../kernel/instance.js";
import type { Machine } from "../kernel/machine.js";
import { heldUpBy } from "../kernel/waits.js";

/** What outlasts the process: the part of an instance that a journal keeps, as plain data. Absent: as in a new instance. */
export interface Image {
  readonly state: State;
  readonly phase?: Instance["phase"];
  /** For each goal by name the reality that holds, or null. */
  readonly realities?: Readonly<Record<string, string | null>>;
  readonly activations?: readonly Activation[];
  readonly number?: number;
  readonly order?: number;
  readonly cursor?: number;
  readonly backoffs?: readonly Backoff[];
  readonly oscillations?: number;
  readonly heldUntil?: number | null;
  readonly random?: number;
  readonly settlements?: readonly Settlement[];
}

/** What is kept as it stands whenever it is another value than before. */
const plain = [
  "phase",
  "activations",
  "number",
  "order",
  "cursor",
  "backoffs",
  "oscillations",
  "heldUntil",
  "random",
  "settlements",
] as const;

/** What of an instance's image differs from that of an earlier one (null: nothing), or, if there is none, its whole image. */
export function changesBetween(machine: Machine, before: null, after: Instance): Image;
export function changesBetween(machine: Machine, before: Instance | null, after: Instance): Image | null;
export function changesBetween(machine: Machine, before: Instance | null, after: Instance): Image | null {
  if (before === after) return null;
  const changes: Record<string, unknown> = { state: changedFields(before?.state, after.state) };
  let isChanged = before?.state !== after.state;
  const { realities } = after;
  if (before === null || realities.some((reality, index) => reality !== before.realities[index])) {
    isChanged = true;
    changes.realities = Object.fromEntries(machine.goals.map(({ name }, index) => [name, realities[index] ?? null]));
  }
  for (const name of plain) {
    if (before?.[name] === after[name]) continue;
    isChanged = true;
    changes[name] = after[name];
  }
  // Built from an instance, name by name.
  return isChanged ? (changes as unknown as Image) : null;
}

function changedFields(before: State | undefined, after: State): State {
  if (before === undefined || before === after) return before === after ? {} : after;
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => before[field] !== value));
}

/** An image with later changes. */
export function withChanges(image: Image | undefined, changes: Image): Image {
  return { ...image, ...changes, state: { ...image?.state, ...changes.state } };
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
  const { state, realities, ...kept } = image;
  const fresh = createInstance(machine, key, epoch);
  const instance = {
    ...fresh,
    ...kept,
    state: machine.merge(machine.initial, known(machine, state)),
    activations: activations.map((activation) => takeOver(machine, activation)),
  };
  const dropped = activations.flatMap(({ transition, number, writes }) => {
    const fields = Object.keys(writes).filter((field) => !Object.hasOwn(machine.initial, field));
    return fields.length === 0 ? [] : [{ transition, activation: number, fields }];
  });
  return { instance, dropped };
}

function takeOver(machine: Machine, activation: Activation): Activation {
  const writes = known(machine, activation.writes);
  return { ...activation, writes, holdsUp: heldUpBy({ ...activation, writes }, machine) };
}

function known({ initial }: Machine, some: Partial<State>): Partial<State> {
  return Object.fromEntries(Object.entries(some).filter(([field]) => Object.hasOwn(initial, field)));
}

function changedTypes({ initial }: Machine, some: Partial<State>): string[] {
  return Object.entries(some)
    .filter(([field, value]) => Object.hasOwn(initial, field) && typeof value !== typeof initial[field])
    .map(([field, value]) => `${field} was ${typeNames[typeof value]} and is ${typeNames[typeof initial[field]]}`);
}

const typeNames: Readonly<Record<string, string>> = { string: "a string", number: "an int", boolean: "a bool" };

/** The effects that pending activations have yet to carry out, once an operator's settlements are applied. */
export function effectsAhead({ activations, settlements }: Instance): string[] {
  return activations.flatMap(({ number, next, intents, mode, unsure }) => {
    const settled = settlements.find(({ activation, intent }) => activation === number && intent === next);
    const isOpen = mode !== "waiting" || unsure;
    if (!isOpen || (settled?.happened === false && next === 0)) return [];
    return intents.slice(settled?.happened ? next + 1 : next).map(({ effect }: Intent) => effect);
  });
}
