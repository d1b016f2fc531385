import type { TypeNode } from "../../1-parse/ast.js";
import { unreachable } from "../../language/unreachable.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group, indent, line } from "./doc.js";

/** Prints a type: a name, or the strings of a union. */
export function type(node: TypeNode, cursor: Cursor): Doc {
  switch (node.kind) {
    case "typeName":
      return cursor.take(node.text);
    case "union":
      return group(indent(node.members.map((_, index) => [index === 0 ? "" : bar(cursor), cursor.take()])));
    default:
      return unreachable(node);
  }
}

function bar(cursor: Cursor): Doc {
  return [cursor.tight(" "), cursor.take("|"), cursor.gap(line)];
}
