import type { AnyNode } from "../../1-parse/ast.js";

/** The nodes that a node has in lists. */
type Listed<N> = { [K in keyof N]: N[K] extends readonly (infer E extends AnyNode)[] ? E : never }[keyof N];

/**
 * Gives the nodes that a node has in lists, a list for each kind, in the order of the source. A new list brings its kind along,
 * so that whoever prints them fails to compile until it is printed as well.
 */
export function inOrder<N extends object>(node: N): Listed<N>[] {
  const lists = Object.values(node).filter(Array.isArray);
  // These are the properties that `Listed` speaks of.
  return (lists.flat() as (Listed<N> & AnyNode)[]).sort((a, b) => a.span.start - b.span.start);
}
