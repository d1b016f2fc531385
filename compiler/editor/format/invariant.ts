import type { InvariantNode } from "../../1-parse/ast.js";
import { block } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group } from "./doc.js";
import { condition } from "./expression.js";

/** Prints an invariant. */
export function invariant(node: InvariantNode, cursor: Cursor): Doc {
  const head = [cursor.take("invariant"), cursor.tight(" "), cursor.take(node.name.text), cursor.tight(" ")];
  return group([head, block(cursor, [node.condition], condition)]);
}
