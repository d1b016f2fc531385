import type { State } from "../../runtime-lib/kernel/value.js";
import { assignments } from "../../runtime-lib/words.js";
import type { Expression, Goal, Reality, Statement, Transition, Value } from "../2-check/program.js";
import { fieldsIn } from "../2-check/usage.js";
import type { Source } from "../diagnostics/diagnostic.js";

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
    case "binary": {
      const [left, right] = [valueIn(expression.left, state), valueIn(expression.right, state)];
      return left === null || right === null ? null : expression.rule.evaluate(left, right);
    }
    case "logical": {
      const deciding = expression.operator === "||";
      for (const operand of expression.operands) {
        const value = valueIn(operand, state);
        if (value === null || value === deciding) return value;
      }
      return !deciding;
    }
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
  for (const statement of body) {
    if (statement.kind === "assign") {
      const value = valueIn(statement.value, scratch);
      if (value === null) return false;
      scratch[statement.field] = value;
    } else if (statement.kind === "if") {
      let taken = statement.otherwise ?? [];
      for (const { condition, body: inner } of statement.branches) {
        const value = valueIn(condition, scratch);
        asked.push({ condition, value, state: { ...scratch } });
        if (value === null) return false;
        if (value !== true) continue;
        taken = inner;
        break;
      }
      if (!run(taken, scratch, asked)) return false;
    }
  }
  return true;
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
  return `\`${textOf(part, source)}\` is false${values === "" ? "" : `, as ${values}`}`;
}

function decisivePart(condition: Expression, state: State): Expression {
  if (condition.kind !== "logical" || condition.operator === "||") return condition;
  const operand = condition.operands.find((each) => valueIn(each, state) !== true);
  return operand === undefined ? condition : decisivePart(operand, state);
}

/** A condition with the values of its fields, where it does not say them itself. */
function withValues(condition: Expression, state: State, source: Source): string {
  const text = textOf(condition, source);
  const values = fieldsIn(condition).some((field) => typeof state[field] === "number") ? valuesOf(condition, state) : "";
  return values === "" ? `\`${text}\`` : `\`${text}\` with ${values}`;
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
