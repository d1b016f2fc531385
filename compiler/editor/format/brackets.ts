import type { Cursor } from "./cursor.js";
import { type Doc, group, hardline, ifBreak, indent, line, softline } from "./doc.js";

/** Makes the document of the next node. */
type Print<T> = (node: T, cursor: Cursor) => Doc;

/** How a block is written. */
interface BlockStyle {
  /** What separates its parts where it is on one line. */
  readonly separator?: "," | "";
  /** It is never on one line, unless nothing stands in it. */
  readonly isTall?: boolean;
}

/**
 * Prints a block in braces. It stays open where the source has its first part on a line of its own, and is on one line else,
 * if it fits; the group that says so is around it. Separators of the source are left out.
 */
export function block<T>(cursor: Cursor, nodes: readonly T[], print: Print<T>, style: BlockStyle = {}): Doc {
  const { separator = "", isTall = false } = style;
  const open = cursor.take("{");
  skipSeparators(cursor);
  const isEmpty = nodes.length === 0;
  const edge = !isEmpty && (isTall || cursor.beginsLine()) ? hardline : line;
  const between: Doc = [ifBreak("", separator), line];
  const parts = nodes.map((node, index): Doc => {
    const gap = index === 0 ? cursor.gap(edge, "between") : cursor.gap(isTall ? hardline : between, "before");
    const doc = print(node, cursor);
    skipSeparators(cursor);
    return [gap, doc];
  });
  const { inside, outside } = cursor.closing(line, isEmpty, true);
  return [open, indent([parts, inside]), outside, cursor.take("}")];
}

/** Leaves out what may stand between parts, and says nothing. */
export function skipSeparators(cursor: Cursor): void {
  cursor.skip(",", ";");
}

/** Prints a list in brackets, on one line if it fits, else with a line for each of its parts. */
export function list<T>(cursor: Cursor, nodes: readonly T[], print: Print<T>, brackets: "()" | "[]" | "{}" = "()"): Doc {
  const edge = brackets === "{}" ? line : softline;
  const [opening = "", ending = ""] = brackets;
  const open = cursor.take(opening);
  const parts = nodes.map((node, index): Doc => {
    const comma = index === 0 ? "" : [cursor.tight(""), cursor.take(",")];
    return [comma, cursor.gap(index === 0 ? edge : line), print(node, cursor)];
  });
  cursor.skip(",");
  const { inside, outside } = cursor.closing(edge, nodes.length === 0, false);
  return group([open, indent([parts, inside]), outside, cursor.take(ending)]);
}
