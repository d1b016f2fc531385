import { assume, boundsIn, evaluate, type Facts } from "../2-check/facts.js";
import type { Arithmetic, Comparison, Expression, Logical, Ranged } from "../2-check/program.js";
import { visibleJson } from "../diagnostics/visible.js";
import { rangeCheck } from "../language/name.js";
import { type CallEmission, type Emission, emittedPrecedence } from "../language/operator.js";
import { precedence } from "../language/precedence.js";
import { allInts, isWithin, type Range, type TypeRef, types, type Value } from "../language/type.js";
import { unreachable } from "../language/unreachable.js";
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

/** Longer conditions are broken at their outermost operator. */
const maxWidth = 100;

/**
 * Longer chains are printed in groups: compilers walk what is nested by recursion, and each operator of a chain nests once more.
 */
const maxChain = 64;

/** Gives an expression in TypeScript. */
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
      if (!("infix" in emission)) return mark(expression.span) + printCall(emission, [expression.operand], scope);
      return emission.infix + printOperand(expression.operand, precedence.unary, scope);
    }
    case "arithmetic":
      return printArithmetic(expression, scope);
    case "ranged":
      return printRanged(expression, scope);
    case "comparison":
      return printComparison(expression, scope);
    case "logical":
      return printLogical(expression, scope).join(` ${expression.rule.operator} `);
    case "call":
      return mark(expression.span) + printCall(expression.rule.emission, expression.arguments, scope);
    default:
      return unreachable(expression);
  }
}

/** Gives how the operations of an expression itself are written, and not those of what stands inside it. */
export function emissionsOf(expression: Expression): Emission[] {
  switch (expression.kind) {
    case "unary":
    case "comparison":
    case "call":
      return [expression.rule.emission];
    case "ranged":
      return expression.saturates ? [] : [{ call: rangeCheck }];
    case "arithmetic":
      return expression.rest.map(({ rule }) => rule.emission);
    case "logical":
      return [{ infix: expression.rule.operator }];
    case "literal":
    case "field":
    case "timed":
    case "parameter":
      return [];
    default:
      return unreachable(expression);
  }
}

/** Gives an expression in TypeScript where it stands beside something: in parentheses if it binds less tightly than `least`. */
export function printOperand(operand: Expression, least: number, scope: Scope): string {
  const text = printExpression(operand, scope);
  return precedenceOf(operand) < least ? `(${text})` : text;
}

/** Prints `if (condition)` and what follows it, marked with its source span, and broken over several lines where it is long. */
export function printTest(before: string, condition: Expression, after: string, scope: Scope): string[] {
  const line = before + mark(condition.span) + printExpression(condition, scope) + after;
  if (condition.kind !== "logical" || widthOf(line) <= maxWidth) return [line];
  const operands = printLogical(condition, scope);
  const lines = operands.map((operand, index) =>
    index < operands.length - 1 ? `${operand} ${condition.rule.operator}` : operand,
  );
  return [before, ...indented([mark(condition.span) + (lines[0] ?? ""), ...lines.slice(1)]), after];
}

/** Prints a value as a literal of JavaScript, in which nothing reads otherwise than it runs. */
export function printValue(value: Value): string {
  return visibleJson(value);
}

/** Prints a field's value. */
function printField(field: string, { variables }: Scope): string {
  return variables.has(field) ? variableName(field) : `state.${field}`;
}

/** Gives how tightly an expression binds as it is printed. */
function precedenceOf(expression: Expression): number {
  switch (expression.kind) {
    case "literal":
    case "field":
    case "timed":
    case "parameter":
    case "call":
    case "ranged":
    case "arithmetic":
      return precedence.primary;
    case "unary":
      return emittedPrecedence(expression.rule);
    case "comparison":
    case "logical":
      return expression.rule.precedence;
    default:
      return unreachable(expression);
  }
}

function printCall(emission: CallEmission, args: readonly Expression[], scope: Scope): string {
  const name = "call" in emission ? emission.call : emission.builtIn;
  return `${name}(${args.map((argument) => printExpression(argument, scope)).join(", ")})`;
}

/** Gives a sum or a product: what can fault is a call for each operator, from left to right. */
function printArithmetic({ first, rest, span, called }: Arithmetic, scope: Scope): string {
  const printed = rest.map(({ rule, operand }) => {
    // What stands for a name was written somewhere else, as a whole.
    const at = mark(called === undefined ? { start: span.start, end: operand.span.end } : span);
    return { call: at + rule.emission.call, operand: printExpression(operand, scope) };
  });
  const fold = (terms: typeof printed, start: string) =>
    terms.reduce((left, { call, operand }) => `${call}(${left}, ${operand})`, start);
  const start = printExpression(first, scope);
  if (rest.length <= maxChain) return fold(printed, start);
  const steps = groupsOf(printed).map((terms) => `left = ${fold(terms, "left")};`);
  return `((): ${typeName({ type: first.type })} => { let left = ${start}; ${steps.join(" ")} return left; })()`;
}

/** Gives a value that is to be in a range: as it is where it surely is. */
function printRanged({ operand, range, saturates, span }: Ranged, scope: Scope): string {
  if (scope.facts !== null && isWithin(boundsIn(operand, scope.facts), range))
    return printOperand(operand, precedence.primary, scope);
  const value = printExpression(operand, scope);
  const [min, max] = [printValue(range.min), printValue(range.max)];
  if (!saturates) return `${mark(span)}${rangeCheck}(${value}, ${min}, ${max})`;
  const raised = range.min === allInts.min ? value : `Math.max(${value}, ${min})`;
  return range.max === allInts.max ? raised : `Math.min(${raised}, ${max})`;
}

function printComparison(expression: Comparison, scope: Scope): string {
  const { rule, left, right } = expression;
  const own = rule.precedence;
  const first = printOperand(left, own + 1, scope);
  const widened = isForegone(expression, scope) ? `(${first} as ${typeName(left)})` : first;
  return `${widened} ${rule.emission.infix} ${printOperand(right, own + 1, scope)}`;
}

/**
 * Says whether a comparison can come out in one way only where it stands. TypeScript, which narrows types as conditions are
 * tested, would refuse to compare the two sides.
 */
function isForegone(expression: Comparison, { facts }: Scope): boolean {
  const { operator } = expression.rule;
  if (operator !== "==" && operator !== "!=") return false;
  return facts === null || evaluate(expression, facts) !== null;
}

/** Gives the operands of a chain, each printed with what the ones before it leave known; groups of them where there are many. */
function printLogical({ rule, operands }: Logical, scope: Scope): string[] {
  let { facts } = scope;
  const printed = operands.map((operand, index) => {
    const text = printOperand(operand, rule.precedence + 1, { ...scope, facts });
    facts = facts === null ? null : assume(operand, !rule.decisive, facts);
    return index === 0 ? text : mark(operand.span) + text;
  });
  return grouped(printed, ` ${rule.operator} `);
}

/** Joins parts in parentheses until there are few. */
function grouped(parts: readonly string[], operator: string): string[] {
  if (parts.length <= maxChain) return [...parts];
  const groups = groupsOf(parts).map((group) => (group.length === 1 ? group.join("") : `(${group.join(operator)})`));
  return grouped(groups, operator);
}

function groupsOf<T>(parts: readonly T[]): T[][] {
  const count = Math.ceil(parts.length / maxChain);
  return Array.from({ length: count }, (_, index) => parts.slice(index * maxChain, (index + 1) * maxChain));
}

/** Prints a type as a value, for the check at run time. */
export function printType({ type, members, range }: TypeRef): string {
  if (range !== undefined) return printRange(range);
  return members === undefined ? JSON.stringify(type) : `[${members.map(printValue).join(", ")}]`;
}

/** Prints a range as a value, for the check at run time. */
export function printRange({ min, max }: Range): string {
  return `{ min: ${printValue(min)}, max: ${printValue(max)} }`;
}

/** Gives a type in TypeScript. */
export function typeName({ type, members }: TypeRef): string {
  return members === undefined ? types[type].typescript : members.map(printValue).join(" | ");
}
