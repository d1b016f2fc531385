import type { ReceiverNode } from "../../1-parse/ast.js";
import { list } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import { type Doc, group } from "./doc.js";
import { expression } from "./expression.js";
import { parameter } from "./parameter.js";
import { body } from "./statement.js";

/** Prints what is done about a message or an event. */
export function receiver(node: ReceiverNode, cursor: Cursor): Doc {
  const { message } = node;
  const word = [cursor.take("on"), cursor.tight(" ")];
  const heard = "kind" in message ? expression(message, cursor) : cursor.take(message.text);
  const parameters = cursor.is("(") ? list(cursor, node.parameters, parameter) : "";
  return group([word, heard, parameters, cursor.tight(" "), body(node.body, cursor)]);
}
