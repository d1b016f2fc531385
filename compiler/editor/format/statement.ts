import type { AssignNode, BranchNode, EmitNode, IfNode, StatementNode } from "../../1-parse/ast.js";
import { unreachable } from "../../language/unreachable.js";
import { block, list } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group } from "./doc.js";
import { argument, expression, path, unwrapped } from "./expression.js";
import { send } from "./send.js";

/** Prints the statements of a body in braces. */
export function body(nodes: readonly StatementNode[], cursor: Cursor): Doc {
  return block(cursor, nodes, statement);
}

/** Prints a statement. */
export function statement(node: StatementNode, cursor: Cursor): Doc {
  switch (node.kind) {
    case "emit":
      return emit(node, cursor);
    case "send":
      return send(node, cursor);
    case "if":
      return ifElse(node, cursor);
    case "assign":
      return assignment(node, cursor);
    default:
      return unreachable(node);
  }
}

/** Prints an effect that is emitted, with parentheses also where it was written without. */
function emit(node: EmitNode, cursor: Cursor): Doc {
  const effect = [cursor.take("emit"), cursor.tight(" "), path(node.path, cursor)];
  return [effect, cursor.is("(") ? list(cursor, node.arguments, argument) : "()"];
}

function assignment({ target, operator, value }: AssignNode, cursor: Cursor): Doc {
  const assigned = [path(target, cursor), cursor.tight(" "), cursor.take(operator), cursor.tight(" ")];
  return [assigned, expression(value, cursor)];
}

/** Prints a whole `if`: where one of its blocks is open, all are. Comments may stand above an `else`. */
function ifElse({ branches: [first, ...rest], otherwise }: IfNode, cursor: Cursor): Doc {
  if (first === undefined) return "";
  const orElse = () => [cursor.gap(" "), cursor.take("else"), cursor.tight(" ")];
  return group([
    branch(first, cursor),
    rest.map((other) => [orElse(), branch(other, cursor)]),
    otherwise === null ? "" : [orElse(), body(otherwise, cursor)],
  ]);
}

/** Prints `if`, a condition, and what is done. Parentheses around the whole condition say nothing. */
function branch(node: BranchNode, cursor: Cursor): Doc {
  return [group([cursor.take("if"), unwrapped(node.condition, cursor)]), body(node.body, cursor)];
}
