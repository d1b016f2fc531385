import { precedence } from "../language/precedence.js";
import { unreachable } from "../language/unreachable.js";
import type { Arithmetic, Expression } from "./program.js";
import { operandsOf } from "./traverse.js";
import { conjoined } from "./words.js";

/** Gives an expression in one spelling, whatever white space, parentheses and names it was written with. */
export function canonicalText(expression: Expression): string {
  return textOf(expression, false);
}

/** Gives an expression in one spelling, in which what has a name in the source is called so. */
export function writtenText(expression: Expression): string {
  return textOf(expression, true);
}

/** Gives an expression as `writtenText` does, and what the names in it stand for. */
export function explainedText(expression: Expression): string {
  return writtenText(expression) + whereText(expression, (text) => text);
}

/**
 * Says what the names in an expression stand for, as in `, where A is b + c and C is 1`; nothing where there are none.
 * @param quoted marks names and expressions in a sentence
 */
export function whereText(expression: Expression, quoted: (text: string) => string): string {
  const meanings = new Map<string, string>();
  const pending = [expression];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { called, ...meant } = next;
    if (called !== undefined) meanings.set(called, writtenText(meant));
    pending.push(...operandsOf(next));
  }
  const said = [...meanings].map(([name, text]) => `${quoted(name)} is ${quoted(text)}`);
  return said.length === 0 ? "" : `, where ${conjoined(said)}`;
}

function textOf(expression: Expression, isCalled: boolean): string {
  if (isCalled && expression.called !== undefined) return expression.called;
  const operandText = (operand: Expression, least: number) => withParentheses(operand, least, isCalled);
  switch (expression.kind) {
    case "literal":
      return JSON.stringify(expression.value);
    case "field":
    case "timed":
      return expression.field;
    case "parameter":
      return expression.parameter;
    case "ranged":
      return textOf(expression.operand, isCalled);
    case "unary":
      return `${expression.rule.operator}${operandText(expression.operand, precedence.unary)}`;
    case "arithmetic":
      return arithmeticText(expression, isCalled);
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
      return `${expression.rule.name}(${expression.arguments.map((each) => textOf(each, isCalled)).join(", ")})`;
    default:
      return unreachable(expression);
  }
}

function arithmeticText(expression: Arithmetic, isCalled: boolean): string {
  const own = precedenceOf(expression);
  const rest = expression.rest.map(({ rule, operand }) => ` ${rule.operator} ${withParentheses(operand, own + 1, isCalled)}`);
  return withParentheses(expression.first, own, isCalled) + rest.join("");
}

/** Gives the text of what `for` asks about. */
export function timedText(condition: Expression): string {
  return withParentheses(condition, precedence.timed + 1, false);
}

function withParentheses(operand: Expression, least: number, isCalled: boolean): string {
  const text = textOf(operand, isCalled);
  const isName = isCalled && operand.called !== undefined;
  return !isName && precedenceOf(operand) < least ? `(${text})` : text;
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
    case "ranged":
      return precedenceOf(expression.operand);
    case "literal":
    case "field":
    case "parameter":
    case "call":
      return precedence.primary;
    default:
      return unreachable(expression);
  }
}
