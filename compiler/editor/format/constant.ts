import type { ConstantNode } from "../../1-parse/ast.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group } from "./doc.js";
import { expression } from "./expression.js";
import { type } from "./type.js";

/** Prints a name for a value. */
export function constant(node: ConstantNode, cursor: Cursor): Doc {
  const head = [cursor.take("const"), cursor.tight(" "), cursor.take(node.name.text)];
  const typed = node.type === null ? "" : [cursor.take(":"), cursor.tight(" "), type(node.type, cursor)];
  return group([head, typed, cursor.tight(" "), cursor.take("="), cursor.tight(" "), expression(node.value, cursor)]);
}
