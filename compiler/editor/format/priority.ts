import type { PriorityNode } from "../../1-parse/ast.js";
import { list } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import type { Doc } from "./doc.js";

/** Prints the priority of a goal. */
export function priority(_node: PriorityNode, cursor: Cursor): Doc {
  return [cursor.take("priority"), cursor.tight(" "), cursor.take()];
}

/** Prints the priority before a transition. */
export function annotation({ value }: PriorityNode, cursor: Cursor): Doc {
  return [cursor.take("@priority"), list(cursor, [value], () => cursor.take())];
}
