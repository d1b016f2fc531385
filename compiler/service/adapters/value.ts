import { nearestIn, type TypeRef, types } from "../../language/type.js";

/**
 * Reads a text as a value of a type: what an adapter that gives text comes to. A text that is none stays one, and is refused as
 * such.
 */
export function valueOfText(text: string, { type }: TypeRef): unknown {
  const trimmed = text.trim();
  return types[type].ofText(trimmed) ?? trimmed;
}

/** Says why a value is not one of a type, in words; null: it is. */
export function mismatch(value: unknown, { type, members, range }: TypeRef): string | null {
  if (members !== undefined) {
    if (typeof value === "string" && members.includes(value)) return null;
    return `it is ${members.map((member) => JSON.stringify(member)).join(" or ")}, not ${shown(value)}`;
  }
  if (range !== undefined && types[type].has(value) && nearestIn(range, Number(value)) !== value) {
    return `it is within ${range.min} and ${range.max}, not ${shown(value)}`;
  }
  return types[type].has(value) ? null : `it is ${types[type].plain}, not ${shown(value)}`;
}

function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Gives what stands in a JSON value at a pointer (RFC 6901); undefined: nothing. */
export function atPointer(value: unknown, pointer: string): unknown {
  const names = pointer.split("/").slice(1);
  return names.reduce<unknown>((at, name) => {
    const key = name.replaceAll("~1", "/").replaceAll("~0", "~");
    return typeof at === "object" && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined;
  }, value);
}
