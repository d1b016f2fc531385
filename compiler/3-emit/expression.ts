import { assume, evaluate, type Facts } from "../2-check/facts.js";
import type { Binary, Expression, Logical, TypeRef, Value } from "../2-check/program.js";
import { indented } from "./lines.js";
import { mark, widthOf } from "./marks.js";
import { memberOf, variableName } from "./names.js";

/** What an expression's text depends on beside itself. */
export interface Scope {
  /** Fields that the function keeps in a variable because it assigns them. */
  readonly variables: ReadonlySet<string>;
  /** What is known of the fields where the expression stands; null: nobody gets there. */
  readonly facts: Facts | null;
}

const precedence = { "||": 1, "&&": 2, equality: 3, order: 4, unary: 5, primary: 6 } as const;

/** Longer conditions are broken at their outermost operator. */
const maxWidth = 100;

/** An expression in TypeScript. */
export function printExpression(expression: Expression, scope: Scope): string {
  switch (expression.kind) {
    case "literal":
      return printValue(expression.value);
    case "field":
      return printField(expression.field, scope);
    case "timed":
      return memberOf("state", expression.field);
    case "parameter":
      return variableName(expression.parameter);
    case "unary": {
      const { emission } = expression.rule;
      if ("call" in emission) return `${mark(expression.span)}${emission.call}(${printExpression(expression.operand, scope)})`;
      return emission.infix + printOperand(expression.operand, precedence.unary, scope);
    }
    case "binary":
      return printBinary(expression, scope);
    case "logical":
      return printLogical(expression, scope).join(` ${expression.operator} `);
  }
}

/** `if (condition)` and what follows it, marked with its place, and broken over several lines where it is long. */
export function printTest(before: string, condition: Expression, after: string, scope: Scope): string[] {
  const line = before + mark(condition.span) + printExpression(condition, scope) + after;
  if (condition.kind !== "logical" || widthOf(line) <= maxWidth) return [line];
  const operands = printLogical(condition, scope);
  const lines = operands.map((operand, index) => (index < operands.length - 1 ? `${operand} ${condition.operator}` : operand));
  return [before, ...indented([mark(condition.span) + (lines[0] ?? ""), ...lines.slice(1)]), after];
}

/** A value as a literal of JavaScript. */
export function printValue(value: Value): string {
  // JSON escapes every control character; the two line separators of Unicode are made visible as well.
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A field's value. */
function printField(field: string, { variables }: Scope): string {
  return variables.has(field) ? variableName(field) : `state.${field}`;
}

function precedenceOf(expression: Expression): number {
  switch (expression.kind) {
    case "literal":
    case "field":
    case "timed":
    case "parameter":
      return precedence.primary;
    case "unary":
      return "call" in expression.rule.emission ? precedence.primary : precedence.unary;
    case "logical":
      return precedence[expression.operator];
    case "binary": {
      const { emission, operator } = expression.rule;
      if ("call" in emission) return precedence.primary;
      return operator === "==" || operator === "!=" ? precedence.equality : precedence.order;
    }
  }
}

function printOperand(operand: Expression, least: number, scope: Scope): string {
  const text = printExpression(operand, scope);
  return precedenceOf(operand) < least ? `(${text})` : text;
}

function printBinary(expression: Binary, scope: Scope): string {
  const { rule, left, right, span } = expression;
  if ("call" in rule.emission) {
    return `${mark(span)}${rule.emission.call}(${printExpression(left, scope)}, ${printExpression(right, scope)})`;
  }
  const own = precedenceOf(expression);
  const first = printOperand(left, own + 1, scope);
  const widened = isForegone(expression, scope) ? `(${first} as ${typeName(left)})` : first;
  return `${widened} ${rule.emission.infix} ${printOperand(right, own + 1, scope)}`;
}

/**
 * Whether a comparison can come out in one way only where it stands. TypeScript, which narrows types as conditions are
 * tested, would refuse to compare the two sides.
 */
function isForegone(expression: Binary, { facts }: Scope): boolean {
  const { operator } = expression.rule;
  if (operator !== "==" && operator !== "!=") return false;
  return facts === null || evaluate(expression, facts) !== null;
}

/** The operands of a chain, each printed with what the ones before it leave known. */
function printLogical({ operator, operands }: Logical, scope: Scope): string[] {
  let { facts } = scope;
  return operands.map((operand, index) => {
    const text = printOperand(operand, precedence[operator] + 1, { ...scope, facts });
    facts = facts === null ? null : assume(operand, operator === "&&", facts);
    return index === 0 ? text : mark(operand.span) + text;
  });
}

/** A type as a value, for the check at run time. */
export function printType({ type, members }: TypeRef): string {
  return members === undefined ? JSON.stringify(type) : `[${members.map(printValue).join(", ")}]`;
}

/** The type in TypeScript. */
export function typeName({ type, members }: TypeRef): string {
  if (members !== undefined) return members.map(printValue).join(" | ");
  return type === "int" ? "number" : type === "bool" ? "boolean" : "string";
}
