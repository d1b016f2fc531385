import type { Intent, RealitiesByGoal, Send } from "./compiled.js";
import { hasOwnKeys } from "./features.js";
import { withOwnKey } from "./own-key.js";
import { seedOf } from "./random.js";
import type { State, Value } from "./value.js";

/** What an instance is doing. */
export type Phase = "resting" | "working" | "stuck" | "oscillating";

/**
 * How an activation stands: an attempt is under way; or it waits for the next one with nothing done, so that nobody waits
 * for it; or it is carried through between two attempts, because something of it has happened or may have.
 */
export type Mode = "in flight" | "waiting" | "carried";

/** One run of a transition's step that had something to do. */
export interface Activation {
  /** Part of the idempotency keys; it only grows. */
  readonly number: number;
  /** The transition's name; a program that took over may have no such transition. */
  readonly transition: string;
  /** Its place in the order of starts; a retry of one that waited is a start. */
  readonly order: number;
  /** Which of the transition's steps it is at; each step has an activation number of its own. */
  readonly step: number;
  readonly intents: readonly Intent[];
  readonly writes: Partial<State>;
  /** What it sends once it commits. */
  readonly sends: readonly Send[];
  /** What the message gave that it runs for; null: it runs for a goal. */
  readonly args: readonly Value[] | null;
  /** The index of the intent that is carried out now; those before it have happened. */
  readonly next: number;
  /** The attempts of this intent so far. */
  readonly attempt: number;
  readonly mode: Mode;
  /** An attempt's outcome is not known: the world may have changed. */
  readonly unsure: boolean;
  /** When the next attempt is due, in epoch ms; null while one is under way. */
  readonly dueAt: number | null;
  /** Fields that an activation which started later has written already. */
  readonly overtaken: readonly string[];
  /** Fields that were observed since the writes were fixed. */
  readonly observed: readonly string[];
  /**
   * The transitions that it holds up by what it will write and what it uses, beside those that wait for its own: worked out
   * when it is taken over from a journal, perhaps by another program.
   */
  readonly holdsUp: readonly string[];
}

/** An operator's word on an intent whose outcome nobody else will ever report. */
export interface Settlement {
  /** The activation's number. */
  readonly activation: number;
  /** The index of the intent. */
  readonly intent: number;
  readonly happened: boolean;
  /** Who says so. */
  readonly by: string;
  readonly why: string;
  /** What the effect came to, where a handler asks for it. */
  readonly value?: Value;
}

/** How often a transition's intents were tried in vain, and until when they are let alone; or that it cools down. */
export interface Backoff {
  readonly transition: string;
  /** Null: whatever it wants, it is let alone. */
  readonly intents: readonly Intent[] | null;
  /** Attempts that failed, since one was done. */
  readonly failures: number;
  /** Commits that changed nothing. */
  readonly fruitless: number;
  readonly until: number;
  /** From here on it starts afresh. */
  readonly forgottenAt: number;
}

/** What kind of thing faulted. */
export type FaultKind = Faulted["kind"];

/**
 * What faulted, by its name: one of the goals of `G`, one of the transitions `T`, a handler (`Alerts.Page failed`) or a message.
 */
export type Faulted<G extends object = RealitiesByGoal, T extends string = string> =
  | { readonly kind: "goal"; readonly name: keyof G & string }
  | { readonly kind: "transition"; readonly name: T }
  | { readonly kind: "handler" | "message"; readonly name: string };

/** A message that waits in a mailbox. */
export interface Received {
  readonly number: number;
  /** The name of the instance that has sent it; null: it comes from outside. */
  readonly from: string | null;
  readonly name: string;
  readonly args: readonly Value[];
  readonly isEvent: boolean;
  readonly isHigh: boolean;
}

/** A message on its way: it was sent, and is not in the mailbox yet. */
export interface Envelope extends Send {
  readonly number: number;
  readonly isEvent?: boolean;
}

/** What the world is expected to show, as an effect has happened. */
export interface Expectation<F extends string = string> {
  readonly effect: F;
  /** When it is reported that this did not come, in epoch ms. */
  readonly until: number;
}

/** A goal, transition or handler that faulted, and in which state. */
export interface Fault {
  readonly kind: FaultKind;
  readonly name: string;
  readonly reason: string;
  readonly state: State;
}

/** One running copy of a domain, as a value: `react` never changes one, it returns the next. */
export interface Instance {
  readonly key: string;
  readonly epoch: string;
  readonly state: State;
  readonly phase: Phase;
  /** For each goal the reality that holds, or null. */
  readonly realities: readonly (string | null)[];
  readonly activations: readonly Activation[];
  /** The number of the latest activation. */
  readonly number: number;
  /** The place of the latest start in the order of starts. */
  readonly order: number;
  /** Since when each condition has held that has to hold for some time (epoch ms); null: it does not hold. */
  readonly since: readonly (number | null)[];
  readonly expected: readonly Expectation[];
  /** The transitions with which reconciling goes on, one in each class (see `cursorAfter`). */
  readonly cursor: number;
  readonly backoffs: readonly Backoff[];
  readonly faults: readonly Fault[];
  /** The states that commits reached since an observation last changed something. */
  readonly reached: readonly State[];
  /** How often it was found oscillating since then. */
  readonly oscillations: number;
  /** Nothing starts before this time (epoch ms); null: no such limit. */
  readonly heldUntil: number | null;
  /** When the timer is set for (epoch ms); null: there is none. */
  readonly wakeAt: number | null;
  /** The state of the generator of jitter. */
  readonly random: number;
  /** What an operator settled while nobody ran it; the `recovered` input applies it. */
  readonly settlements: readonly Settlement[];
  readonly post: InstancePost;
}

/** The messages of an instance. One value for most: copies of instances are made all the time. */
export interface InstancePost {
  /** The mailbox, in the order of arrival. */
  readonly inbox: readonly Received[];
  /** What it has sent and what no mailbox has taken yet, in order. */
  readonly outgoing: readonly Envelope[];
  /** The number of the latest message in either of them. */
  readonly messageNumber: number;
  /** How many messages of high priority were run in a row while others waited. */
  readonly inARow: number;
}

/** What an instance is made of: a machine, as far as it matters. */
interface Origin {
  readonly domain: string;
  readonly initial: State;
}

/** Creates an instance in the initial state; it has not looked at its goals yet (the `started` input makes it). */
export function createInstance({ domain, initial }: Origin, key: string, epoch: string): Instance {
  return {
    key,
    epoch,
    state: hasOwnKeys ? withOwnKey(initial, key) : initial,
    phase: "working",
    realities: [],
    activations: none,
    number: 0,
    order: 0,
    since: none,
    expected: none,
    cursor: 0,
    backoffs: none,
    faults: none,
    reached: none,
    oscillations: 0,
    heldUntil: null,
    wakeAt: null,
    random: seedOf(`${domain}/${key}/${epoch}`),
    settlements: none,
    post: noPost,
  };
}

/** The empty list that all instances share. */
export const none: readonly never[] = [];

/** An instance that never had a message. */
export const noPost: InstancePost = { inbox: none, outgoing: none, messageNumber: 0, inARow: 0 };

/** Gives the idempotency key of an activation's intent: the same for each attempt and after each restart. */
export function keyOf(domain: string, instance: string, epoch: string, activation: number, intent: number): string {
  return `${domain}/${instance}/${epoch}/${activation}/${intent}`;
}
