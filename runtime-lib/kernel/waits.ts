import { type Activation, none } from "./instance.js";
import type { Machine, NamedTransition, Turn } from "./rules.js";

// Who waits for whom is worked out by the compiler. Only an activation that was taken over from a journal may be of another
// program, and is asked for what it says of itself: the fields it will write, the effects it uses.

/** Says whether an activation, while in flight, holds a transition up. */
export function holdsUp(activation: Activation, { name, waitsFor }: NamedTransition): boolean {
  return waitsFor.includes(activation.transition) || activation.holdsUp.includes(name);
}

/** Gives the transitions that wait for an activation taken over, by its own record of what it writes and uses. */
export function heldUpBy({ writes, intents }: Pick<Activation, "writes" | "intents">, machine: Machine): readonly string[] {
  const isHeldUp = ({ reads, uses, guards = none }: NamedTransition) =>
    [...reads, ...guards].some((field) => Object.hasOwn(writes, field)) || intents.some(({ effect }) => uses.includes(effect));
  return machine.transitions.filter(isHeldUp).map(({ name }) => name);
}

/** Says whether an activation in flight holds a transition up. */
export function isHeldUp({ next }: Turn, transition: NamedTransition): boolean {
  return next.activations.some((activation) => activation.mode !== "waiting" && holdsUp(activation, transition));
}
