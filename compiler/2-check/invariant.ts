import type * as ast from "../1-parse/ast.js";
import { type Context, remarksOf } from "./context.js";
import { checkCondition } from "./expression.js";
import type { Invariant } from "./program.js";

/** Checks a condition that no commit may break. Gives it; null when something in it was reported. */
export function checkInvariant(node: ast.InvariantNode, context: Context): Invariant | null {
  const condition = checkCondition(node.condition, "An invariant", context);
  if (condition === null) return null;
  return { name: node.name.text, condition, span: node.name.span, remarks: remarksOf(context.comments, node.span) };
}
