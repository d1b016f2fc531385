/** A value of a field. */
export type Value = string | number | boolean;

/** A state as the kernel sees it: plain, one value for each field. */
export type State = Readonly<Record<string, Value>>;

/** The type of a value from outside: the strings of a union, or a type's name. */
export type ValueType = "int" | "bool" | "string" | readonly string[];

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
      return typeof value === "string" && (type satisfies readonly string[]).includes(value);
  }
}

/** Gives the type of a value that a state has. */
export function typeOf(value: Value): ValueType {
  return typeof value === "number" ? "int" : typeof value === "boolean" ? "bool" : "string";
}

/** Puts a type into words, for a sentence. */
export function typeInWords(type: ValueType): string {
  if (typeof type === "string") return type === "int" ? "an int" : `a ${type}`;
  return type.map((member) => JSON.stringify(member)).join(" or ");
}

/** Puts a value from outside into words, for a sentence. */
export function valueInWords(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "object" && value !== null ? (Array.isArray(value) ? "an array" : "an object") : String(value);
}
