import { precedence } from "./precedence.js";
import { allTypes, type Type, type Value } from "./type.js";

// The one table of the operators: how tightly each binds, the types that it takes and gives, what it computes, how it is written
// in JavaScript, and what the reference page says of it. What can fault goes through a function of the runtime: an int that
// leaves its range, a string without end.

/** How an operation is written in generated code where it is a call: of the runtime, or of a function that JavaScript has. */
export type CallEmission = { readonly call: string } | { readonly builtIn: string };

/** How an operation is written in generated code: between or before its operands, or as a call. */
export type Emission = { readonly infix: string } | CallEmission;

/** The operators on conditions. */
export type LogicalOperator = "||" | "&&";
/** The operators that compare. */
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";
/** The operators on ints; `+` joins strings as well. */
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%";
/** The operators that stand before their operand. */
export type UnaryOperator = "!" | "-";

/** An operator that compares two operands of one type. */
export interface ComparisonRule {
  readonly operator: ComparisonOperator;
  readonly precedence: number;
  readonly operands: Type;
  readonly evaluate: (left: Value, right: Value) => boolean;
  readonly emission: { readonly infix: string };
}

/** An operator that makes a value of two of the same type. It can fault. */
export interface ArithmeticRule {
  readonly operator: ArithmeticOperator;
  readonly precedence: number;
  readonly operands: Type;
  /** Gives the result for known operands; null where the operation faults. */
  readonly evaluate: (left: Value, right: Value) => Value | null;
  readonly emission: { readonly call: string };
}

/** An operator before its operand. */
export interface UnaryRule {
  readonly operator: UnaryOperator;
  readonly precedence: number;
  readonly operands: Type;
  readonly evaluate: (operand: Value) => Value;
  readonly emission: Emission;
}

/** An operator that joins conditions, and stops at the one that decides. */
export interface LogicalRule {
  readonly operator: LogicalOperator;
  readonly precedence: number;
  /** The operand that decides, whatever comes after it. */
  readonly decisive: boolean;
}

/** The length of the longest string that can be built by joining, in UTF-16 code units. */
export const maxStringLength = 65_536;

const equality = (operator: "==" | "!=", infix: string): ComparisonRule[] =>
  allTypes.map((type) => ({
    operator,
    precedence: precedence.equality,
    operands: type,
    evaluate: (left, right) => (left === right) === (operator === "=="),
    emission: { infix },
  }));

const order = (operator: ComparisonOperator, evaluate: ComparisonRule["evaluate"]): ComparisonRule => ({
  operator,
  precedence: precedence.order,
  operands: "int",
  evaluate,
  emission: { infix: operator },
});

/** The table of the comparisons. */
export const comparisonRules: readonly ComparisonRule[] = [
  ...equality("==", "==="),
  ...equality("!=", "!=="),
  order("<", (left, right) => left < right),
  order("<=", (left, right) => left <= right),
  order(">", (left, right) => left > right),
  order(">=", (left, right) => left >= right),
];

type Compute = (left: number, right: number) => number;

const ofInts = (operator: ArithmeticOperator, level: number, call: string, compute: Compute): ArithmeticRule => ({
  operator,
  precedence: level,
  operands: "int",
  evaluate: (left, right) => {
    // There is no negative zero.
    const result = compute(Number(left), Number(right)) + 0;
    return Number.isSafeInteger(result) ? result : null;
  },
  emission: { call },
});

/** The table of arithmetic. */
export const arithmeticRules: readonly ArithmeticRule[] = [
  ofInts("+", precedence.sum, "add", (left, right) => left + right),
  ofInts("-", precedence.sum, "subtract", (left, right) => left - right),
  ofInts("*", precedence.product, "multiply", (left, right) => left * right),
  ofInts("/", precedence.product, "divide", (left, right) => Math.trunc(left / right)),
  ofInts("%", precedence.product, "remainder", (left, right) => left % right),
  {
    operator: "+",
    precedence: precedence.sum,
    operands: "string",
    evaluate: (left, right) => {
      const result = `${left}${right}`;
      return result.length > maxStringLength ? null : result;
    },
    emission: { call: "join" },
  },
];

/** The table of the operators before an operand. */
export const unaryRules: Readonly<Record<UnaryOperator, UnaryRule>> = {
  "!": {
    operator: "!",
    precedence: precedence.unary,
    operands: "bool",
    evaluate: (operand) => !operand,
    emission: { infix: "!" },
  },
  "-": {
    operator: "-",
    precedence: precedence.unary,
    operands: "int",
    evaluate: (operand) => 0 - Number(operand),
    emission: { call: "negate" },
  },
};

/** The table of the operators that join conditions. */
export const logicalRules: Readonly<Record<LogicalOperator, LogicalRule>> = {
  "||": { operator: "||", precedence: precedence.or, decisive: true },
  "&&": { operator: "&&", precedence: precedence.and, decisive: false },
};

/** Gives the rule of a comparison of two operands of one type; undefined: there is none. */
export function comparisonRule(operator: ComparisonOperator, operands: Type): ComparisonRule | undefined {
  return comparisonRules.find((rule) => rule.operator === operator && rule.operands === operands);
}

/** Gives the rule of an operation on two operands of one type; undefined: there is none. */
export function arithmeticRule(operator: ArithmeticOperator, operands: Type): ArithmeticRule | undefined {
  return arithmeticRules.find((rule) => rule.operator === operator && rule.operands === operands);
}

/** Gives the types that an operator takes. */
export function operandTypes(operator: ComparisonOperator | ArithmeticOperator): Type[] {
  return [...comparisonRules, ...arithmeticRules].filter((rule) => rule.operator === operator).map((rule) => rule.operands);
}

/** Gives how tightly what is written in JavaScript binds. */
export function emittedPrecedence({
  emission,
  precedence: own,
}: {
  readonly emission: Emission;
  readonly precedence: number;
}): number {
  return "infix" in emission ? own : precedence.primary;
}
