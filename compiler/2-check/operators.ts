import type { BinaryOperator, UnaryOperator } from "../1-parse/ast.js";
import type { Type, Value } from "./program.js";

// The one table of the operators: the types each takes and gives, what it computes, and how it is written in
// JavaScript. What can fault goes through a function of the runtime: an int that leaves its range, a string without end.

/** How an operator is written in the generated code: between its operands, or as a call of the runtime. */
export type Emission = { readonly infix: string } | { readonly call: string };

export interface BinaryRule {
  readonly operator: BinaryOperator;
  readonly operands: Type;
  readonly result: Type;
  /** The result for known operands; null where the operation faults. */
  readonly evaluate: (left: Value, right: Value) => Value | null;
  readonly emission: Emission;
  readonly canFault: boolean;
}

export interface UnaryRule {
  readonly operator: UnaryOperator;
  readonly operands: Type;
  readonly evaluate: (operand: Value) => Value;
  readonly emission: Emission;
}

/** Longer strings cannot be built by joining, in UTF-16 code units. */
const maxString = 65_536;

const types: readonly Type[] = ["int", "bool", "string"];

const equality = (operator: "==" | "!=", infix: string): BinaryRule[] =>
  types.map((type) => ({
    operator,
    operands: type,
    result: "bool",
    evaluate: (left, right) => (left === right) === (operator === "=="),
    emission: { infix },
    canFault: false,
  }));

const order = (operator: BinaryOperator, evaluate: (left: Value, right: Value) => boolean): BinaryRule => ({
  operator,
  operands: "int",
  result: "bool",
  evaluate,
  emission: { infix: operator },
  canFault: false,
});

const arithmetic = (operator: BinaryOperator, call: string, compute: (left: number, right: number) => number): BinaryRule => ({
  operator,
  operands: "int",
  result: "int",
  evaluate: (left, right) => {
    // There is no negative zero.
    const result = compute(Number(left), Number(right)) + 0;
    return Number.isSafeInteger(result) ? result : null;
  },
  emission: { call },
  canFault: true,
});

const binaryRules: readonly BinaryRule[] = [
  ...equality("==", "==="),
  ...equality("!=", "!=="),
  order("<", (left, right) => left < right),
  order("<=", (left, right) => left <= right),
  order(">", (left, right) => left > right),
  order(">=", (left, right) => left >= right),
  arithmetic("+", "add", (left, right) => left + right),
  arithmetic("-", "subtract", (left, right) => left - right),
  arithmetic("*", "multiply", (left, right) => left * right),
  arithmetic("/", "divide", (left, right) => Math.trunc(left / right)),
  arithmetic("%", "remainder", (left, right) => left % right),
  {
    operator: "+",
    operands: "string",
    result: "string",
    evaluate: (left, right) => {
      const result = `${left}${right}`;
      return result.length > maxString ? null : result;
    },
    emission: { call: "join" },
    canFault: true,
  },
];

const unaryRules: readonly UnaryRule[] = [
  { operator: "!", operands: "bool", evaluate: (operand) => !operand, emission: { infix: "!" } },
  { operator: "-", operands: "int", evaluate: (operand) => 0 - Number(operand), emission: { call: "negate" } },
];

/** The rule for an operator between two operands of one type, or null where there is none. */
export function binaryRule(operator: BinaryOperator, operands: Type): BinaryRule | null {
  return binaryRules.find((rule) => rule.operator === operator && rule.operands === operands) ?? null;
}

/** The types that an operator takes. */
export function operandTypes(operator: BinaryOperator): Type[] {
  return binaryRules.filter((rule) => rule.operator === operator).map((rule) => rule.operands);
}

/** The rule for an operator before its operand. */
export function unaryRule(operator: UnaryOperator): UnaryRule {
  const rule = unaryRules.find((candidate) => candidate.operator === operator);
  // The table lists every UnaryOperator.
  if (rule === undefined) throw new Error(`no rule for ${operator}`);
  return rule;
}
