import type { SendNode } from "../../1-parse/ast.js";
import { list } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import type { Doc } from "./doc.js";
import { expression } from "./expression.js";

/** Prints a message that is sent, in the spelling that it has: `send Worker Work(3)` or `send("Worker", "Work", 3)`. */
export function send(node: SendNode, cursor: Cursor): Doc {
  const word = cursor.take();
  if (cursor.is("(")) return [word, list(cursor, olderParts(node), (print) => print(cursor))];
  const target = [cursor.tight(" "), cursor.take(node.target.text), key(node, cursor)];
  const message = [cursor.tight(" "), cursor.take(node.message.text)];
  return [word, target, message, cursor.is("(") ? list(cursor, node.arguments, expression) : ""];
}

function olderParts({ arguments: args }: SendNode): ((cursor: Cursor) => Doc)[] {
  const quoted = (cursor: Cursor) => cursor.take();
  return [quoted, quoted, ...args.map((arg) => (cursor: Cursor) => expression(arg, cursor))];
}

/** Prints the key of an instance, where there is one. */
export function key({ key: value }: Pick<SendNode, "key">, cursor: Cursor): Doc {
  return value === null ? "" : list(cursor, [value], expression, "[]");
}
