/** The types of values. A union of strings is a `string` with its members beside it. */
export type Type = "int" | "bool" | "string";

/** A type, and what narrows it: the members of a union of strings, the range of an int. */
export interface TypeRef {
  readonly type: Type;
  /** The strings that a union lists; absent where it is none. */
  readonly members?: readonly string[];
  /** The ints that it may be; absent where that is every int. */
  readonly range?: Range;
}

/** The ints from one to another, both of them included. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A value of one of the types. */
export type Value = number | boolean | string;

/** All that is to be known of a type. */
export interface TypeRule {
  /** How it may be written; the first is the one that is shown. */
  readonly spellings: readonly [string, ...string[]];
  /** What other languages call it. */
  readonly foreign: readonly string[];
  /** What a field of it begins with where nothing is said. */
  readonly default: Value;
  /** One value of it in a sentence. */
  readonly article: string;
  /** The same for those who do not know the language's types. */
  readonly plain: string;
  /** The type in generated TypeScript. */
  readonly typescript: string;
  /** The type as a JSON schema. */
  readonly schema: Readonly<Record<string, string | number>>;
  /** Says whether a value from outside is of it. */
  readonly has: (value: unknown) => boolean;
  /** How a text is read as a value of it; null: it is none. */
  readonly ofText: (text: string) => Value | null;
  /** Its values, for the reference page. */
  readonly values: string;
}

/** The table of the types. */
export const types: Readonly<Record<Type, TypeRule>> = {
  int: {
    spellings: ["int", "Int", "Integer"],
    foreign: ["number", "integer", "i32", "i64"],
    default: 0,
    article: "an int",
    plain: "a whole number",
    typescript: "number",
    schema: { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
    has: Number.isSafeInteger,
    ofText: (text) => (/^-?\d+$/.test(text) ? Number(text) : null),
    values: "integers within ±(2^53 − 1)",
  },
  bool: {
    spellings: ["bool", "Bool", "Boolean"],
    foreign: ["boolean"],
    default: false,
    article: "a bool",
    plain: "true or false",
    typescript: "boolean",
    schema: { type: "boolean" },
    has: (value) => typeof value === "boolean",
    ofText: (text) => (text === "true" || text === "false" ? text === "true" : null),
    values: "`true`, `false`",
  },
  string: {
    spellings: ["string", "String"],
    foreign: ["str", "text"],
    default: "",
    article: "a string",
    plain: "a text",
    typescript: "string",
    schema: { type: "string" },
    has: (value) => typeof value === "string",
    ofText: (text) => text,
    values: "any string",
  },
};

/** The names of the types. */
export const allTypes = Object.keys(types) as readonly Type[];

/** Gives the type that a value has. */
export function typeOf(value: Value): Type {
  if (typeof value === "number") return "int";
  return typeof value === "boolean" ? "bool" : "string";
}

/** Gives the value that a field of a type begins with where nothing is said: of a union the first that is listed, of a range what is next to 0. */
export function defaultOf({ type, members, range }: TypeRef): Value {
  return range === undefined ? (members?.[0] ?? types[type].default) : nearestIn(range, 0);
}

/** Every int. */
export const allInts: Range = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };

/** Gives the int of a range that is nearest to a number. */
export function nearestIn({ min, max }: Range, value: number): number {
  return Math.min(Math.max(value, min), max);
}

/** Says whether all ints of one range are in another. */
export function isWithin({ min, max }: Range, outer: Range): boolean {
  return min >= outer.min && max <= outer.max;
}

/** Gives a range as it is written: `0..10`, `0..` without an end. */
export function rangeText({ min, max }: Range): string {
  return `${min === allInts.min ? "" : min}..${max === allInts.max ? "" : max}`;
}

/** Gives a type without what else is known of what has it. */
export function typeOnly({ type, members, range }: TypeRef): TypeRef {
  return { type, ...(members === undefined ? {} : { members }), ...(range === undefined ? {} : { range }) };
}

/** Gives a type in a sentence: "an int". */
export function withArticle(type: Type): string {
  return types[type].article;
}
