import type * as ast from "../1-parse/ast.js";

// A second opinion on names: in the syntax tree of a domain, what a name stands for is written wherever the name stands.

type Meanings = ReadonlyMap<string, ast.ExpressionNode>;

/** Gives a domain in which no constant and no definition is called by its name. */
export function speltOut(domain: ast.DomainNode): ast.DomainNode {
  const meanings: Meanings = new Map([
    ...domain.constants.map(({ name, value }) => [name.text, value] as const),
    ...domain.defines.map(({ name, expression }) => [name.text, expression] as const),
  ]);
  return replaced(domain, meanings);
}

/** Gives a tree of the same shape, with expressions in the place of names. */
function replaced<T>(node: T, meanings: Meanings): T {
  if (typeof node !== "object" || node === null) return node;
  const meaning = isPath(node) ? meanings.get(node.names.map(({ text }) => text).join(".")) : undefined;
  // An expression takes the place of an expression, and all else stays as it is.
  if (meaning !== undefined) return replaced(meaning, meanings) as T;
  if (Array.isArray(node)) return node.map((each: unknown) => replaced(each, meanings)) as T;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, replaced(value, meanings)])) as T;
}

function isPath(node: object): node is ast.PathNode {
  return "kind" in node && node.kind === "path";
}
