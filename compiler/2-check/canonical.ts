import { precedence } from "../language/precedence.js";
import { unreachable } from "../language/unreachable.js";
import type { Arithmetic, Expression } from "./program.js";

/** Gives an expression in one spelling, whatever white space and parentheses it was written with. */
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
      return `${expression.rule.operator}${operandText(expression.operand, precedence.unary)}`;
    case "arithmetic":
      return arithmeticText(expression);
    case "comparison": {
      const { left, right, rule } = expression;
      // Comparisons do not chain: one inside another stands in parentheses on either side.
      return `${operandText(left, rule.precedence + 1)} ${rule.operator} ${operandText(right, rule.precedence + 1)}`;
    }
    case "logical": {
      const { rule, operands } = expression;
      return operands.map((operand) => operandText(operand, rule.precedence + 1)).join(` ${rule.operator} `);
    }
    case "call":
      return `${expression.rule.name}(${expression.arguments.map(canonicalText).join(", ")})`;
    default:
      return unreachable(expression);
  }
}

function arithmeticText(expression: Arithmetic): string {
  const own = precedenceOf(expression);
  const rest = expression.rest.map(({ rule, operand }) => ` ${rule.operator} ${operandText(operand, own + 1)}`);
  return operandText(expression.first, own) + rest.join("");
}

/** Gives the text of what `for` asks about. */
export function timedText(condition: Expression): string {
  return operandText(condition, precedence.timed + 1);
}

function operandText(operand: Expression, least: number): string {
  const text = canonicalText(operand);
  return precedenceOf(operand) < least ? `(${text})` : text;
}

/** Gives how tightly an expression binds in Ved. */
function precedenceOf(expression: Expression): number {
  switch (expression.kind) {
    case "logical":
    case "comparison":
    case "unary":
      return expression.rule.precedence;
    case "arithmetic":
      return expression.rest[0]?.rule.precedence ?? precedence.primary;
    case "timed":
      return precedence.timed;
    case "literal":
    case "field":
    case "parameter":
    case "call":
      return precedence.primary;
    default:
      return unreachable(expression);
  }
}
