import type { HandlerNode } from "../../1-parse/ast.js";
import { list } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group } from "./doc.js";
import { path } from "./expression.js";
import { parameter } from "./parameter.js";
import { body } from "./statement.js";

/** Prints what is done about an outcome. */
export function handler(node: HandlerNode, cursor: Cursor): Doc {
  const outcome = [cursor.take("on"), cursor.tight(" "), path(node.effect, cursor), cursor.tight(" "), cursor.take(node.outcome)];
  const binding = node.parameter === null ? "" : [cursor.tight(" "), list(cursor, [node.parameter], parameter)];
  return group([outcome, binding, cursor.tight(" "), body(node.body, cursor)]);
}
