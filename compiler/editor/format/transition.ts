import type { PriorityNode, StepNode, TransitionNode } from "../../1-parse/ast.js";
import { unreachable } from "../../language/unreachable.js";
import { block, list } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group, hardline } from "./doc.js";
import { inOrder, type Listed } from "./in-order.js";
import { parameter } from "./parameter.js";
import { annotation } from "./priority.js";
import { body } from "./statement.js";

/** Prints a transition. */
export function transition({ parameters, priority, ...node }: TransitionNode, cursor: Cursor): Doc {
  const before = priority === null ? "" : annotated(priority, cursor);
  const head = [cursor.take("transition"), cursor.tight(" "), cursor.take(node.name.text)];
  const taken = parameters === null ? "" : list(cursor, parameters, parameter);
  return [before, group([head, taken, cursor.tight(" "), block(cursor, inOrder(node), clause)])];
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
    case "duration":
      return [cursor.take("cooldown"), cursor.tight(" "), cursor.take()];
    default:
      return unreachable(node);
  }
}

function step({ name, body: statements }: StepNode, cursor: Cursor): Doc {
  const word = cursor.take();
  const second = word === "slice" && cursor.is("step") ? [cursor.tight(" "), cursor.take("step")] : "";
  const named = name === null ? "" : [cursor.tight(" "), cursor.take(name.text)];
  return group([word, second, named, cursor.tight(" "), body(statements, cursor)]);
}
