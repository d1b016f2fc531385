import type { Activation, Backoff } from "../../../runtime-lib/kernel/instance.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Plain, Planned } from "./states.js";

// A node is an instance without what cannot matter to what it may do next:
//
//  - Time is left out. What is due may come due in any order: an activation that waits, or a transition that backs off, is
//    *paused*, and a move ends that. How often it was tried, and how long that takes, is forgotten. Of more than two sets
//    of intents for which a transition backs off at once, the oldest are forgotten.
//  - An attempt whose outcome is unknown is one that is still under way, unless a handler makes a difference: it can only be
//    tried until it is done.
//  - What has to hold for some time may be over at any moment from when it begins to hold: the state says whether it is. A
//    transition that cools down is paused, whatever it wants.
//  - An *independent* transition, which waits for none and for which none waits, is in nobody's way whether it is in flight or
//    paused. So its pauses are left out: it is in flight until its attempt is done, or fails and that makes a difference.
//  - Activations are told apart by their transitions, as each has one at most; their numbers are forgotten, and so is what of
//    the orders does not matter (see order.ts).
//  - That the first step of a transition faults follows from the state; that a later one did is kept.
//  - The slow-down of an instance that goes round in circles is kept as long as it lasts, and what leads to it (see search/visits.ts).

/** An activation in flight. */
export interface Flight {
  readonly kind: "flight";
  readonly planned: Planned;
  /** The index of the intent that is carried out. */
  readonly next: number;
  /** It may have happened; kept where a handler tells that from being under way. */
  readonly unsure: boolean;
  /** It is as it started: nothing was overtaken, and nobody cares who started first. */
  readonly isPlain: boolean;
  readonly activation: Activation;
  /** Other intents for which the transition is let alone until a time comes; two at most. */
  readonly backoffs: readonly Backoff[];
}

/** A transition that is let alone for some intents until a time comes. */
export interface Pause {
  readonly kind: "paused";
  /** One or two. */
  readonly backoffs: readonly Backoff[];
}

/** A node, unpacked. */
export interface Node {
  plain: Plain;
  cursor: number;
  isHeld: boolean;
  /** The contracts of which the world still has to show what it promised: a bit for each. */
  owed: number;
  /** The transitions of which a later step faulted in this state: they do not start until it changes. */
  faulted: readonly string[];
  /** The states that commits have led to since something was observed, each as often as they did; only those that may be reached again. */
  reached: readonly State[];
  /** It has not come to life. */
  isUnborn: boolean;
  /** What each transition is about; null: nothing. */
  readonly about: (Flight | Pause | null)[];
}
