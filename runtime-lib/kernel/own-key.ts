import type { State } from "./value.js";

/** The field of a state that is the instance's own key. Only a domain that asks for it has one: nothing else can be called so. */
export const ownKey = "self";

/** Gives a state as an instance with a key has it. */
export function withOwnKey(state: State, key: string): State {
  return Object.hasOwn(state, ownKey) ? { ...state, [ownKey]: key } : state;
}
