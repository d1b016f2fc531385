import type { CallEmission } from "./operator.js";
import { type Type, types, type Value } from "./type.js";

/** A function of the language. It faults on nothing. */
export interface FunctionRule {
  readonly name: string;
  /** For each parameter the types that it may have. */
  readonly parameters: readonly (readonly Type[])[];
  readonly result: Type;
  /** Gives the result for known arguments. */
  readonly evaluate: (...args: readonly Value[]) => Value;
  readonly emission: CallEmission;
  /** What it gives, for the reference page. */
  readonly gives: string;
}

const twoInts = [["int"], ["int"]] as const;

/** The table of the functions. */
export const functionRules: readonly FunctionRule[] = [
  {
    name: "min",
    parameters: twoInts,
    result: "int",
    evaluate: (a, b) => Math.min(Number(a), Number(b)),
    emission: { builtIn: "Math.min" },
    gives: "the smaller of two ints",
  },
  {
    name: "max",
    parameters: twoInts,
    result: "int",
    evaluate: (a, b) => Math.max(Number(a), Number(b)),
    emission: { builtIn: "Math.max" },
    gives: "the larger of two ints",
  },
  {
    name: "text",
    parameters: [["int", "bool"]],
    result: "string",
    evaluate: (value) => String(value),
    emission: { builtIn: "String" },
    gives: 'an int or a bool as a string: `text(3)` is `"3"`',
  },
];

/** Gives the function of a name; undefined: there is none. */
export function functionRule(name: string): FunctionRule | undefined {
  return functionRules.find((rule) => rule.name === name);
}

/** Gives how a function is called, in a sentence: `min(int, int)`. */
export function signatureText({ name, parameters }: FunctionRule): string {
  return `${name}(${parameters.map((types) => types.join(" or ")).join(", ")})`;
}

/** Gives the types that a parameter may have in a sentence: "an int or a bool". */
export function expectedText(parameter: readonly Type[]): string {
  return parameter.map((type) => types[type].article).join(" or ");
}
