import type { State } from "../../../runtime-lib/kernel/value.js";
import { assignments } from "../../../runtime-lib/words.js";
import { whereText } from "../../2-check/canonical.js";
import {
  type Expression,
  type Goal,
  type If,
  intoRange,
  type Reality,
  type Statement,
  type Transition,
} from "../../2-check/program.js";
import { fieldsIn } from "../../2-check/traverse.js";
import type { Source } from "../../diagnostics/diagnostic.js";
import type { Value } from "../../language/type.js";
import { unreachable } from "../../language/unreachable.js";

// Says why, for people: which condition came out how. What happens is decided by the kernel and the compiled code alone.

/** An expression's value in a state; null where it faults. */
export function valueIn(expression: Expression, state: State): Value | null {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "field":
    case "timed":
      return state[expression.field] ?? null;
    case "parameter":
      return null;
    case "unary": {
      const operand = valueIn(expression.operand, state);
      return operand === null ? null : expression.rule.evaluate(operand);
    }
    case "arithmetic":
      return expression.rest.reduce<Value | null>(
        (left, { rule, operand }) => {
          const right = left === null ? null : valueIn(operand, state);
          return left === null || right === null ? null : rule.evaluate(left, right);
        },
        valueIn(expression.first, state),
      );
    case "comparison": {
      const [left, right] = [valueIn(expression.left, state), valueIn(expression.right, state)];
      return left === null || right === null ? null : expression.rule.evaluate(left, right);
    }
    case "logical": {
      const { decisive } = expression.rule;
      for (const operand of expression.operands) {
        const value = valueIn(operand, state);
        if (value === null || value === decisive) return value;
      }
      return !decisive;
    }
    case "ranged": {
      const operand = valueIn(expression.operand, state);
      return operand === null ? null : intoRange(expression, Number(operand));
    }
    case "call": {
      const values = expression.arguments.map((argument) => valueIn(argument, state));
      const known = values.filter((value) => value !== null);
      return known.length < values.length ? null : expression.rule.evaluate(...known);
    }
    default:
      return unreachable(expression);
  }
}

/** The source text of an expression, on one line. */
export function textOf(expression: Expression, source: Source): string {
  return source.text.slice(expression.span.start, expression.span.end).replace(/\s+/g, " ");
}

/** What a step came to on its way: each condition it asked, in order, and how that came out. */
export interface Asked {
  readonly condition: Expression;
  readonly value: Value | null;
  /** The state as the step saw it, with its own writes. */
  readonly state: State;
}

/** The conditions that a step asks in a state. */
export function askedBy(body: readonly Statement[], state: State): Asked[] {
  const asked: Asked[] = [];
  run(body, { ...state }, asked);
  return asked;
}

/** Gives whether it went through without a fault. */
function run(body: readonly Statement[], scratch: Record<string, Value>, asked: Asked[]): boolean {
  return body.every((statement) => {
    switch (statement.kind) {
      case "assign": {
        const value = valueIn(statement.value, scratch);
        if (value !== null) scratch[statement.field] = value;
        return value !== null;
      }
      case "if":
        return runIf(statement, scratch, asked);
      case "emit":
      case "send":
      case "broadcast":
        return true;
      default:
        return unreachable(statement);
    }
  });
}

function runIf({ branches, otherwise }: If, scratch: Record<string, Value>, asked: Asked[]): boolean {
  for (const { condition, body } of branches) {
    const value = valueIn(condition, scratch);
    asked.push({ condition, value, state: { ...scratch } });
    if (value === null) return false;
    if (value === true) return run(body, scratch, asked);
  }
  return run(otherwise ?? [], scratch, asked);
}

/** Why a transition runs: the conditions that came out true, as they are written. */
export function whyEnabled({ body }: Transition, state: State, source: Source): string {
  const held = askedBy(body, state).filter(({ value }) => value === true);
  return held.map(({ condition, state: seen }) => withValues(condition, seen, source)).join(", and ");
}

/** Why a transition does not run: the first condition that came out false, down to the operand that makes it so. */
export function whyNotEnabled({ body }: Transition, state: State, source: Source): string {
  const asked = askedBy(body, state);
  const fault = asked.find(({ value }) => value === null);
  if (fault !== undefined) return `\`${textOf(fault.condition, source)}\` faults`;
  const [failed] = asked.filter(({ value }) => value === false);
  if (failed === undefined) return "everything it assigns is there already";
  return whyFalse(failed.condition, failed.state, source);
}

/** The part of a condition that makes it false, with the values of its fields. */
export function whyFalse(condition: Expression, state: State, source: Source): string {
  const part = decisivePart(condition, state);
  const values = valuesOf(part, state);
  return `\`${textOf(part, source)}\` is false${values === "" ? "" : `, as ${values}`}${whereText(part, inCode)}`;
}

function decisivePart(condition: Expression, state: State): Expression {
  // What has a name is spoken of by its name.
  if (condition.called !== undefined) return condition;
  // Only in `&&` does a part decide.
  if (condition.kind !== "logical" || condition.rule.operator === "||") return condition;
  const operand = condition.operands.find((each) => valueIn(each, state) !== true);
  return operand === undefined ? condition : decisivePart(operand, state);
}

/** A condition with the values of its fields, where it does not say them itself. */
function withValues(condition: Expression, state: State, source: Source): string {
  const text = textOf(condition, source);
  const values = fieldsIn(condition).some((field) => typeof state[field] === "number") ? valuesOf(condition, state) : "";
  return (values === "" ? `\`${text}\`` : `\`${text}\` with ${values}`) + whereText(condition, inCode);
}

function inCode(text: string): string {
  return `\`${text}\``;
}

function valuesOf(expression: Expression, state: State): string {
  const fields = [...new Set(fieldsIn(expression))];
  return assignments(Object.fromEntries(fields.flatMap((field) => (state[field] === undefined ? [] : [[field, state[field]]]))));
}

/** Why no reality of a goal holds, a line for each. */
export function whyUnmet({ realities }: Goal, state: State, source: Source): string[] {
  return realities.map(({ name, condition }: Reality) => {
    const why = valueIn(condition, state) === null ? "it faults" : whyFalse(condition, state, source);
    return `${name} does not hold: ${why}`;
  });
}
