import type { Value } from "../../../runtime-lib/kernel/value.js";
import { freshInJson } from "../environment/strings.js";
import type { Part } from "./part.js";

// Strings that no domain knows are interchangeable (see ../domain/symmetry.ts): of those that nobody in a system holds only the first
// one comes from outside.

/** A string that no domain knows, and those before it. */
export interface Fresh {
  readonly value: string;
  readonly before: readonly string[];
}

/** The strings among some values that a domain does not know. */
export function freshIn(values: readonly Value[], { inputs }: Part): Fresh[] {
  return values.flatMap((value) => {
    const strings = inputs.fresh.find((each) => each.some((string) => string === value));
    return typeof value === "string" && strings !== undefined
      ? [{ value, before: strings.slice(0, strings.indexOf(value)) }]
      : [];
  });
}

/** Gives the strings in a text, as JSON has them, that no domain may know: one domain may hold what was observed of another. */
export function heldIn(text: string): readonly string[] {
  return [...new Set(text.match(freshInJson))].map((string) => string.slice(1, -1));
}

/** Whether strings are the first of those that nobody holds, or held already. */
export function areFirst(fresh: readonly Fresh[], held: ReadonlySet<string>): boolean {
  const used = new Set(held);
  return fresh.every(({ value, before }) => {
    const isFirst = used.has(value) || before.every((string) => used.has(string));
    used.add(value);
    return isFirst;
  });
}
