import type { ImportNode } from "../../1-parse/ast.js";
import { list } from "./brackets.js";
import type { Cursor } from "./cursor.js";
import type { Doc } from "./doc.js";

/** Prints an import. */
export function imported({ names }: ImportNode, cursor: Cursor): Doc {
  const word = [cursor.take("import"), cursor.tight(" ")];
  const given = list(cursor, names, ({ text }) => cursor.take(text), "{}");
  return [word, given, cursor.tight(" "), cursor.take("from"), cursor.tight(" "), cursor.take()];
}
