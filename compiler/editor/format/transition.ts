import type { PriorityNode, StepNode, TransitionNode } from "../../1-parse/ast.js";
import { block, list } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group, hardline } from "./doc.js";
import { inOrder, type Listed } from "./in-order.js";
import { parameter } from "./parameter.js";
import { annotation } from "./priority.js";
import { body, statement } from "./statement.js";

/** Prints a transition. */
export function transition({ parameters, priority, ...node }: TransitionNode, cursor: Cursor): Doc {
  const before = priority === null ? "" : annotated(priority, cursor);
  const head = [cursor.take("transition"), cursor.tight(" "), cursor.take(node.name.text)];
  const taken = parameters === null ? withoutParentheses(cursor) : list(cursor, parameters, parameter);
  return [before, group([head, taken, cursor.tight(" "), block(cursor, inOrder(node), clause)])];
}

/** Empty parentheses say nothing. */
function withoutParentheses(cursor: Cursor): Doc {
  cursor.skip("(");
  cursor.skip(")");
  return "";
}

/** Prints the priority before a transition, on the line where it stands in the source. */
function annotated(priority: PriorityNode, cursor: Cursor): Doc {
  return [annotation(priority, cursor), cursor.gap(cursor.beginsLine() ? hardline : " ")];
}

type ClauseNode = Listed<Omit<TransitionNode, "parameters" | "priority">>;

function clause(node: ClauseNode, cursor: Cursor): Doc {
  switch (node.kind) {
    case "step":
      return step(node, cursor);
    case "cooldown":
      return cooldown(cursor);
    default:
      return statement(node, cursor);
  }
}

/** Prints the time between two commits; a colon before it says nothing. */
function cooldown(cursor: Cursor): Doc {
  const word = cursor.take("cooldown");
  cursor.skip(":");
  return [word, cursor.tight(" "), cursor.take()];
}

function step({ name, body: statements }: StepNode, cursor: Cursor): Doc {
  const word = cursor.take();
  const second = word === "slice" && cursor.is("step") ? [cursor.tight(" "), cursor.take("step")] : "";
  const named = name === null ? "" : [cursor.tight(" "), cursor.take(name.text)];
  return group([word, second, named, cursor.tight(" "), body(statements, cursor)]);
}
