import type { Expression } from "./program.js";

// How tightly operators bind, as in the grammar.
const binding: Readonly<Record<string, number>> = {
  "||": 1,
  "&&": 2,
  "==": 4,
  "!=": 4,
  "<": 5,
  "<=": 5,
  ">": 5,
  ">=": 5,
  "+": 6,
  "-": 6,
};
const timedBinding = 3;
const productBinding = 7;
const unaryBinding = 8;
const tightest = 9;

/** An expression in one spelling, whatever white space and parentheses it was written with. */
export function canonicalText(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return JSON.stringify(expression.value);
    case "field":
    case "timed":
      return expression.field;
    case "parameter":
      return expression.parameter;
    case "unary":
      return `${expression.rule.operator}${operandText(expression.operand, unaryBinding)}`;
    case "binary": {
      const { left, right, rule } = expression;
      const own = bindingOf(expression);
      return `${operandText(left, own)} ${rule.operator} ${operandText(right, own + 1)}`;
    }
    case "logical":
      return expression.operands
        .map((operand) => operandText(operand, bindingOf(expression) + 1))
        .join(` ${expression.operator} `);
  }
}

/** The text of what `for` asks about. */
export function timedText(condition: Expression): string {
  return operandText(condition, timedBinding + 1);
}

function operandText(operand: Expression, least: number): string {
  const text = canonicalText(operand);
  return bindingOf(operand) < least ? `(${text})` : text;
}

function bindingOf(expression: Expression): number {
  switch (expression.kind) {
    case "logical":
      return binding[expression.operator] ?? 0;
    case "binary":
      return binding[expression.rule.operator] ?? productBinding;
    case "timed":
      return timedBinding;
    case "unary":
      return unaryBinding;
    default:
      return tightest;
  }
}
