import type { FieldNode, StateNode } from "../../1-parse/ast.js";
import { block } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group } from "./doc.js";
import { expression } from "./expression.js";
import { type } from "./type.js";

/** Prints the fields of a domain; commas separate them where they stand on one line. */
export function state(node: StateNode, cursor: Cursor): Doc {
  return group([cursor.take("state"), cursor.tight(" "), block(cursor, node.fields, field, { separator: "," })]);
}

function field(node: FieldNode, cursor: Cursor): Doc {
  const declared = [cursor.take(node.name.text), cursor.take(":"), cursor.tight(" "), type(node.type, cursor)];
  if (node.default === null) return declared;
  return [declared, cursor.tight(" "), cursor.take("="), cursor.tight(" "), expression(node.default, cursor)];
}
