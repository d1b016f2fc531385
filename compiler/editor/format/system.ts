import type { StartFieldNode, StartNode, SystemNode } from "../../1-parse/ast.js";
import { block } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group } from "./doc.js";
import { expression } from "./expression.js";
import { key } from "./send.js";

/** Prints a system. */
export function system(node: SystemNode, cursor: Cursor): Doc {
  const head = [cursor.take("system"), cursor.tight(" "), cursor.take(node.name.text), cursor.tight(" ")];
  return group([head, block(cursor, node.starts, start, { isTall: true })]);
}

function start(node: StartNode, cursor: Cursor): Doc {
  const word = [cursor.take("start"), cursor.tight(" ")];
  const kind = cursor.is("domain") ? [cursor.take("domain"), cursor.tight(" ")] : "";
  const instance = [cursor.take(node.domain.text), key(node, cursor)];
  const fields = cursor.is("{") ? [cursor.tight(" "), block(cursor, node.fields, field)] : "";
  return group([word, kind, instance, fields]);
}

function field({ name, value }: StartFieldNode, cursor: Cursor): Doc {
  return [cursor.take(name.text), cursor.tight(" "), cursor.take("="), cursor.tight(" "), expression(value, cursor)];
}
