import type * as ast from "../1-parse/ast.js";
import { walk } from "../1-parse/walk.js";
import type { Value } from "../language/type.js";
import type { Constant, Vocabulary } from "./context.js";

/** Gives the constant that an expression names; undefined: it names none; null: it is wrong, which is reported where it stands. */
export function constantAt(node: ast.ExpressionNode, vocabulary: Vocabulary): Constant | null | undefined {
  const [name, ...more] = node.kind === "path" ? node.names : [];
  return name === undefined || more.length > 0 ? undefined : vocabulary.constant(name.text);
}

/** Gives the value that stands where only a literal or a constant may, perhaps behind a `-`; null: something else stands there. */
export function literalValue(node: ast.ExpressionNode, vocabulary: Vocabulary): Value | null {
  if (node.kind === "literal") return node.value;
  const constant = constantAt(node, vocabulary);
  if (constant?.kind === "value") return constant.value;
  if (node.kind !== "unary" || node.operator !== "-") return null;
  const operand = node.operand.kind === "unary" ? null : literalValue(node.operand, vocabulary);
  // `0 - x` and not `-x`: there is no negative zero.
  return typeof operand === "number" ? 0 - operand : null;
}

/** Gives the names in an expression that may stand for something else, as constants and definitions do. */
export function namesIn(node: ast.ExpressionNode): string[] {
  return [...walk(node)]
    .flatMap(({ node: part }) => (part.kind === "path" && part.names.length === 1 ? part.names : []))
    .map(({ text }) => text);
}
