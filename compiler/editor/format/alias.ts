import type { AliasNode } from "../../1-parse/ast.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group } from "./doc.js";
import { type } from "./type.js";

/** Prints a name for a type. */
export function alias(node: AliasNode, cursor: Cursor): Doc {
  const head = [cursor.take("type"), cursor.tight(" "), cursor.take(node.name.text), cursor.tight(" "), cursor.take("=")];
  return group([head, cursor.tight(" "), type(node.type, cursor)]);
}
