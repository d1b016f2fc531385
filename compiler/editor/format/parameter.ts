import type { ParameterNode } from "../../1-parse/ast.js";
import type { Cursor } from "./cursor.js";
import type { Doc } from "./doc.js";
import { type } from "./type.js";

/** Prints a parameter with its type. */
export function parameter(node: ParameterNode, cursor: Cursor): Doc {
  return [cursor.take(node.name.text), cursor.take(":"), cursor.tight(" "), type(node.type, cursor)];
}
