import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Domain } from "../../2-check/program.js";

/** Gives what of the state that a system starts an instance with is other than what its domain declares. */
export function ownBeginning({ fields }: Domain, state: Partial<State>): Partial<State> {
  const declared = new Map(fields.map((field) => [field.name, field.initial]));
  return Object.fromEntries(Object.entries(state).filter(([field, value]) => declared.get(field) !== value));
}
