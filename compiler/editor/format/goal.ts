import type { GoalNode, PredicateNode, StrategyNode } from "../../1-parse/ast.js";
import { unreachable } from "../../language/unreachable.js";
import { block } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group, hardline, indent, line } from "./doc.js";
import { condition } from "./expression.js";
import { inOrder, type Listed } from "./in-order.js";
import { priority } from "./priority.js";

/** Prints a goal. */
export function goal(node: GoalNode, cursor: Cursor): Doc {
  if (node.name === null) return group(node.predicates.map((each) => predicate(each, cursor)));
  const head = [cursor.take("goal"), cursor.tight(" "), cursor.take(node.name.text), cursor.tight(" ")];
  return group([head, block(cursor, inOrder(node), clause)]);
}

function clause(node: Listed<GoalNode>, cursor: Cursor): Doc {
  switch (node.kind) {
    case "predicate":
      return predicate(node, cursor);
    case "priority":
      return priority(node, cursor);
    case "strategy":
      return strategy(node, cursor);
    default:
      return unreachable(node);
  }
}

/**
 * Prints a word and a condition. The condition has lines to itself where it does not fit, and where it begins one in the source;
 * the word is `goal` where the goal has no name. A colon says nothing.
 */
function predicate({ expression }: PredicateNode, cursor: Cursor): Doc {
  const word = cursor.take();
  cursor.skip(":");
  const gap = cursor.gap(cursor.beginsLine() ? hardline : line);
  return group([word, indent([gap, condition(expression, cursor)])]);
}

function strategy({ transitions }: StrategyNode, cursor: Cursor): Doc {
  const word = [cursor.take("strategy"), cursor.tight(" ")];
  return group([word, block(cursor, transitions, ({ text }) => cursor.take(text))]);
}
