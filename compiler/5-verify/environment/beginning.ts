import type { Definition } from "../../../runtime-lib/kernel/definition.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import { asksForKey } from "../../2-check/own-key.js";
import type { Domain } from "../../2-check/program.js";
import { ownKey } from "../../language/name.js";

/** Gives what of the state that a system starts an instance with is other than what its domain declares. */
export function ownBeginning({ fields }: Domain, state: Partial<State>): Partial<State> {
  const declared = new Map(fields.map((field) => [field.name, field.initial]));
  return Object.fromEntries(Object.entries(state).filter(([field, value]) => declared.get(field) !== value));
}

/** Gives a key as an instance has it in its state; nothing where its domain does not ask for it. */
export function ownKeyIn(domain: Domain, key: string): Partial<State> {
  return asksForKey(domain) ? { [ownKey]: key } : {};
}

/** Gives a domain whose fields begin with other values. */
export function begunWith(domain: Domain, definition: Definition, state: Partial<State>) {
  const fields = domain.fields.map((field) => {
    const initial = state[field.name];
    return initial === undefined ? field : { ...field, initial };
  });
  return {
    domain: { ...domain, fields },
    definition: { ...definition, initial: definition.merge(definition.initial, state) },
  };
}
