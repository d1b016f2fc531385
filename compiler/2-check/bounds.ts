import { allInts, nearestIn, type Range } from "../language/type.js";
import { unreachable } from "../language/unreachable.js";
import type { Arithmetic, Call, Expression } from "./program.js";

// The ints between which an expression surely comes out where it is one and does not fault (interval arithmetic; Moore, 1966).

/** Gives the bounds of what is read. */
type Bounds = (name: string) => Range;

/** Gives the least and the largest int that an expression can come to. */
export function boundsOf(expression: Expression, read: Bounds): Range {
  switch (expression.kind) {
    case "literal":
      return point(Number(expression.value));
    case "field":
      return read(expression.field);
    case "parameter":
      return read(expression.parameter);
    case "unary": {
      const { min, max } = boundsOf(expression.operand, read);
      return { min: 0 - max, max: 0 - min };
    }
    case "arithmetic":
      return boundsOfArithmetic(expression, read);
    case "call":
      return boundsOfCall(expression, read);
    case "ranged": {
      const { min, max } = boundsOf(expression.operand, read);
      return { min: nearestIn(expression.range, min), max: nearestIn(expression.range, max) };
    }
    case "timed":
    case "comparison":
    case "logical":
      return allInts;
    default:
      return unreachable(expression);
  }
}

function point(value: number): Range {
  return { min: value, max: value };
}

function boundsOfCall({ rule, arguments: args }: Call, read: Bounds): Range {
  const ranges = args.map((argument) => boundsOf(argument, read));
  const pick = rule.name === "min" ? Math.min : rule.name === "max" ? Math.max : null;
  if (pick === null) return allInts;
  return { min: pick(...ranges.map(({ min }) => min)), max: pick(...ranges.map(({ max }) => max)) };
}

function boundsOfArithmetic({ first, rest }: Arithmetic, read: Bounds): Range {
  return rest.reduce((left, { rule, operand }) => combined(rule.operator, left, boundsOf(operand, read)), boundsOf(first, read));
}

function combined(operator: Arithmetic["rest"][number]["rule"]["operator"], a: Range, b: Range): Range {
  switch (operator) {
    case "+":
      return within([a.min + b.min, a.max + b.max]);
    case "-":
      return within([a.min - b.max, a.max - b.min]);
    case "*":
      return within([a.min * b.min, a.min * b.max, a.max * b.min, a.max * b.max]);
    case "/": {
      // What is divided comes no further from nothing; by what is surely more than nothing, as far as at either end.
      if (b.min <= 0) return { min: Math.min(a.min, 0 - a.max), max: Math.max(a.max, 0 - a.min) };
      return within([a.min / b.min, a.min / b.max, a.max / b.min, a.max / b.max].map(Math.trunc));
    }
    case "%": {
      const most = Math.max(Math.abs(b.min), Math.abs(b.max), 1) - 1;
      return { min: Math.max(Math.min(a.min, 0), -most) + 0, max: Math.min(Math.max(a.max, 0), most) };
    }
    default:
      return unreachable(operator);
  }
}

/** Gives the bounds of some values; what is beyond every int faults. */
function within(values: readonly number[]): Range {
  return { min: nearestIn(allInts, Math.min(...values)) + 0, max: nearestIn(allInts, Math.max(...values)) + 0 };
}
