import { hasRanges } from "./features.js";

/** A value of a field. */
export type Value = string | number | boolean;

/** A state as the kernel sees it: plain, one value for each field. */
export type State = Readonly<Record<string, Value>>;

/** The ints from one to another, both of them included. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The type of a value from outside: the strings of a union, the range of an int, or a type's name. */
export type ValueType = "int" | "bool" | "string" | readonly string[] | Range;

/** Says whether a value from outside is of a type. */
export function isOfType(type: ValueType, value: unknown): value is Value {
  switch (type) {
    case "int":
      return Number.isSafeInteger(value);
    case "bool":
      return typeof value === "boolean";
    case "string":
      return typeof value === "string";
    default:
      if (hasRanges && "min" in type)
        return Number.isSafeInteger(value) && Number(value) >= type.min && Number(value) <= type.max;
      // Where nothing has a range, it is a union.
      return typeof value === "string" && (type as readonly string[]).includes(value);
  }
}

/** Gives the type of a value that a state has. */
export function typeOf(value: Value): ValueType {
  return typeof value === "number" ? "int" : typeof value === "boolean" ? "bool" : "string";
}

/** Puts a type into words, for a sentence. */
export function typeInWords(type: ValueType): string {
  if (typeof type === "string") return type === "int" ? "an int" : `a ${type}`;
  if (hasRanges && "min" in type) return `an int within ${type.min} and ${type.max}`;
  // Where nothing has a range, it is a union.
  return (type as readonly string[]).map((member) => JSON.stringify(member)).join(" or ");
}

/** Puts a value from outside into words, for a sentence. */
export function valueInWords(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "object" && value !== null ? (Array.isArray(value) ? "an array" : "an object") : String(value);
}
