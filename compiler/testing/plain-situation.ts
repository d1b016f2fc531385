// Where a system is: all instances that are alive. Two situations that differ only in when something happened, in numbers that
// only count, or in the names of strings that no program knows are one.
import { type Activation, type Backoff, type Fault, type Instance, none } from "../../runtime-lib/kernel/instance.js";
import { freshMark } from "./plain-environment.js";

/** The instances that are alive, by their names (`Worker/default`). */
export type Situation = Readonly<Record<string, Instance>>;

/** When a wait ends: all of them take one stride. Now is 0. */
export const later = 1;

/**
 * When a wait ends that began before the messages that are being delivered were sent: they may come when it is over, and nobody has
 * noticed yet. One that began since is not over by then, as messages take no time.
 */
export const soon = later / 2;

/** Gives an instance whose waits may be over before the next message arrives. */
export function aged(instance: Instance): Instance {
  return withWaits(instance, later, soon);
}

/** Gives an instance whose waits have all just begun: no message is on its way. */
export function renewed(instance: Instance): Instance {
  return withWaits(instance, soon, later);
}

function withWaits(instance: Instance, from: number, to: number): Instance {
  const { activations, backoffs, since, heldUntil } = instance;
  return {
    ...instance,
    activations: activations.map((one) => (one.dueAt === from ? { ...one, dueAt: to } : one)),
    backoffs: backoffs.map((one) => (one.until === from ? { ...one, until: to } : one)),
    since: since.map((began) => (began === from - later ? to - later : began)),
    heldUntil: heldUntil === from ? to : heldUntil,
  };
}

/** Gives the text of a situation that all situations share that are the same. */
export function textOf(situation: Situation): string {
  const names = Object.keys(situation).sort();
  const text = JSON.stringify(
    Object.fromEntries(
      names.flatMap((name) => {
        const instance = situation[name];
        return instance === undefined ? [] : [[name, timeless(instance)]];
      }),
    ),
  );
  return withFreshInOrder(text);
}

/** Reads a situation from its text. */
export function situationOf(text: string): Situation {
  // It was written by `textOf`.
  const read = JSON.parse(text) as Situation;
  return Object.fromEntries(Object.entries(read).map(([name, instance]) => [name, { ...instance, faults: faultsIn(instance) }]));
}

/** Gives the transitions that have faulted in an instance's state, the very same: they do not start again in it. */
export function faultsIn({ state, faults }: Pick<Instance, "state" | "faults">): Fault[] {
  return faults
    .filter(({ kind }) => kind === "transition")
    .map((fault) => ({ ...fault, reason: "", state }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const freshString = new RegExp(`"${freshMark}\\d+"`, "g");

/** Gives the strings that no program knows and that are somewhere in a text. */
export function freshIn(text: string): string[] {
  return [...new Set(text.match(freshString))].map((quoted) => quoted.slice(1, -1));
}

/** Numbers the strings that no program knows in the order of their first use. */
export function withFreshInOrder(text: string): string {
  const order = freshIn(text);
  return text.replace(freshString, (quoted) => `"${freshMark}${order.indexOf(quoted.slice(1, -1)) + 1}"`);
}

/** Drops from an instance what is only a matter of when. */
function timeless(instance: Instance): Instance {
  const { activations, backoffs, since, post, heldUntil, phase } = instance;
  const inbox = post.inbox.map((message, index) => ({ ...message, number: index + 1 }));
  const outgoing = post.outgoing.map((envelope, index) => ({ ...envelope, number: inbox.length + index + 1 }));
  return {
    ...instance,
    activations: activationsInOrder(activations),
    number: activations.length,
    order: activations.length,
    backoffs: backoffs
      .filter(({ until }) => until > 0)
      .map(onceTried)
      .sort(byText),
    since: since.map((began) => (began === null || began === soon - later ? began : 0)),
    heldUntil: heldUntil === null || heldUntil === soon ? heldUntil : later,
    phase: phase === "resting" || phase === "stuck" ? phase : "working",
    post: { inbox, outgoing, messageNumber: inbox.length + outgoing.length, inARow: Math.min(post.inARow, 3) },
    expected: none,
    faults: faultsIn(instance),
    oscillations: 0,
    wakeAt: null,
    random: 0,
  };
}

function activationsInOrder(activations: readonly Activation[]): Activation[] {
  const orders = activations.map(({ order }) => order).sort((a, b) => a - b);
  return [...activations]
    .sort((a, b) => (a.transition < b.transition ? -1 : 1))
    .map((activation, index) => ({
      ...activation,
      number: index + 1,
      order: orders.indexOf(activation.order) + 1,
      attempt: 1,
      dueAt: activation.dueAt === null ? null : Math.min(activation.dueAt, later),
      overtaken: [...new Set(activation.overtaken)].sort(),
      observed: [],
    }));
}

function onceTried({ transition, intents, until }: Backoff): Backoff {
  return { transition, intents, failures: 1, fruitless: 0, until: until === soon ? soon : later, forgottenAt: later + 1 };
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
