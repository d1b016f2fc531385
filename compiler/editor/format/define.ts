import type { DefineNode } from "../../1-parse/ast.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group, indent, line } from "./doc.js";
import { condition } from "./expression.js";

/** Prints a name for an expression, which has lines to itself where it does not fit. */
export function define(node: DefineNode, cursor: Cursor): Doc {
  const head = [cursor.take("define"), cursor.tight(" "), cursor.take(node.name.text), cursor.tight(" "), cursor.take("=")];
  return group([head, indent([cursor.gap(line), condition(node.expression, cursor)])]);
}
