import type { ArgumentNode, ExpressionNode, LogicalNode, PathNode } from "../../1-parse/ast.js";
import { unreachable } from "../../language/unreachable.js";
import { list } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group, indent, line, softline } from "./doc.js";

/** Prints an expression, with the parentheses that it has: on one line if it fits, else broken at its operators. */
export function expression(node: ExpressionNode, cursor: Cursor): Doc {
  const parentheses = cursor.parenthesesTo(node.span.end);
  return parentheses > 0 ? parenthesised(node, cursor, parentheses) : bare(node, cursor);
}

/** Prints a condition that has lines to itself where it does not fit: its operands stand below each other. */
export function condition(node: ExpressionNode, cursor: Cursor): Doc {
  return cursor.parenthesesTo(node.span.end) > 0 ? expression(node, cursor) : content(node, cursor);
}

/** Prints a condition without the parentheses around the whole of it, between words that have their lines where it does not fit. */
export function unwrapped(node: ExpressionNode, cursor: Cursor): Doc {
  const parentheses = takeAll("(", cursor.parenthesesTo(node.span.end), cursor);
  const inner = [cursor.gap(line), content(node, cursor)];
  takeAll(")", parentheses, cursor);
  const { inside, outside } = cursor.closing(line, false, false);
  return [indent([inner, inside]), outside];
}

/** Prints an expression in parentheses, of which one pair is enough. */
function parenthesised(node: ExpressionNode, cursor: Cursor, parentheses: number): Doc {
  takeAll("(", parentheses, cursor);
  // Of `((a && b) for 1s)` it is enough to break the inner ones.
  const isHugging = node.kind === "timed" && cursor.parenthesesTo(node.condition.span.end) > 0;
  const inner = isHugging ? bare(node, cursor) : [cursor.gap(softline), content(node, cursor)];
  takeAll(")", parentheses - 1, cursor);
  if (isHugging) return ["(", inner, cursor.take(")")];
  const { inside, outside } = cursor.closing(softline, false, false);
  return group(["(", indent([inner, inside]), outside, cursor.take(")")]);
}

function takeAll(text: "(" | ")", count: number, cursor: Cursor): number {
  for (let taken = 0; taken < count; taken += 1) cursor.take(text);
  return count;
}

/** Prints what stands within parentheses, or has lines to itself otherwise: operands stand below each other. */
function content(node: ExpressionNode, cursor: Cursor): Doc {
  return node.kind === "logical" ? operands(node, cursor) : bare(node, cursor);
}

/** Gives the operands with what follows the first of them apart. */
function operands({ operator, operands: [first, ...rest] }: LogicalNode, cursor: Cursor): [Doc, Doc] {
  if (first === undefined) return ["", ""];
  const begin = expression(first, cursor);
  return [begin, rest.map((operand) => [infix(operator, cursor), expression(operand, cursor)])];
}

/** Prints an operator between two operands: a line may end behind it. */
function infix(operator: string, cursor: Cursor): Doc {
  return [cursor.tight(" "), cursor.take(operator), cursor.gap(line)];
}

/** Prints an expression but for the parentheses around it. */
function bare(node: ExpressionNode, cursor: Cursor): Doc {
  switch (node.kind) {
    case "literal":
    case "duration":
    case "self":
      return cursor.take();
    case "path":
      return path(node, cursor);
    case "event":
      return [cursor.take(node.scope.text), cursor.take("::"), cursor.take(node.name.text)];
    case "call":
      return [path(node.path, cursor), list(cursor, node.arguments, argument)];
    case "unary":
      return [cursor.take(node.operator), expression(node.operand, cursor)];
    case "timed": {
      const held = expression(node.condition, cursor);
      return [held, cursor.tight(" "), cursor.take("for"), cursor.tight(" "), cursor.take()];
    }
    case "logical": {
      const [first, rest] = operands(node, cursor);
      return group([first, indent(rest)]);
    }
    case "comparison": {
      const left = expression(node.left, cursor);
      return group([left, indent([infix(node.operator, cursor), expression(node.right, cursor)])]);
    }
    case "arithmetic": {
      const first = expression(node.first, cursor);
      const rest = node.rest.map(({ operator, operand }) => [infix(operator, cursor), expression(operand, cursor)]);
      return group([first, indent(rest)]);
    }
    case "chain":
      throw new Error("A chain of comparisons is an error, and what has errors is not printed");
    default:
      return unreachable(node);
  }
}

/** Prints dotted names. */
export function path({ names }: PathNode, cursor: Cursor): Doc {
  return names.map(({ text }, index) => [index === 0 ? "" : cursor.take("."), cursor.take(text)]);
}

/** Prints an argument: a value, or a name with its value. */
export function argument({ name, value }: ArgumentNode, cursor: Cursor): Doc {
  if (name === null) return expression(value, cursor);
  return [cursor.take(name.text), cursor.take(":"), cursor.tight(" "), expression(value, cursor)];
}
