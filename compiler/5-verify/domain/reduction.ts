import type { Transition } from "../../2-check/program.js";
import type { Node } from "./node.js";
import type { Plain } from "./states.js";
import type { Walker } from "./walker.js";

// Partial-order reduction (Valmari's stubborn sets; Godefroid). An activation is *settled* before anything else is looked at
// where nobody wants it any more and it has nothing to do with any other. That loses nothing:
//
//  - What may happen to it (it is done, or fails and is abandoned) commutes with all else that may happen, as long as nobody
//    wants it again: nothing reads what it writes but goals, and these hold and go on holding.
//  - Once somebody wants it again, it is as if it had failed before and were started again, with the same plan.
//
// So every node in which nothing of the kind is in flight is still met, and with it every state, every rest, every dead end and
// every circle. What this rests on is checked in every state that is met (see `fits`); a transition for which it is not
// so is no longer treated like this, and the search begins again.

/** The transitions that may be settled first, by index: those that have to do with no other, as far as the program says. */
export function settleable(walker: Walker): Set<number> {
  const { domain, machine, moves } = walker;
  const { transitions } = domain;
  // An invariant may join any two transitions, and so may what depends on time or on outcomes.
  if (machine.invariants.length > 0 || !walker.isPlain) return new Set();
  const observable = new Set(moves.observations.flatMap((facts) => Object.keys(facts)));
  const isAlone = ({ name, writes }: Transition, index: number) =>
    walker.independent[index] === true &&
    !writes.some((field) => observable.has(field)) &&
    transitions.every((other) => other.name === name || !touches(other, writes));
  return new Set(transitions.flatMap((transition, index) => (isAlone(transition, index) ? [index] : [])));
}

function touches({ reads, writes }: Transition, fields: readonly string[]): boolean {
  return [...reads, ...writes].some((field) => fields.includes(field));
}

/** The transition that is settled first in a node; -1: there is none. */
export function settledFirst({ plain, about, isHeld }: Node, independent: ReadonlySet<number>): number {
  if (independent.size === 0 || isHeld) return -1;
  for (let index = 0; index < about.length; index += 1) {
    const entry = about[index];
    if (entry?.kind === "flight" && (plain.allHold || plain.plans[index] === null) && independent.has(index)) return index;
  }
  return -1;
}

/**
 * Whether what the reduction rests on is so for a transition in a state: it has one plan, with one intent; wherever the goals do
 * not hold and it is undone, it is wanted; and where they hold, being done does not break them.
 */
export function fits(walker: Walker, transition: number, plain: Plain): boolean {
  const planned = walker.states.planned[transition] ?? [];
  const [only, ...more] = planned;
  if (more.length > 0 || typeof plain.plans[transition] === "string") return false;
  if (only === undefined) return true;
  if (only.plan.intents.length !== 1) return false;
  const isDone = Object.entries(only.plan.writes).every(([field, value]) => plain.state[field] === value);
  if (isDone) return true;
  if (!plain.allHold) return plain.plans[transition] !== null;
  return walker.states.after(plain, only.plan.writes).allHold;
}
