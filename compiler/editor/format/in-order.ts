import type { Span } from "../../diagnostics/diagnostic.js";

/** A node of the tree, of whatever kind. */
interface Kind {
  readonly kind: string;
  readonly span: Span;
}

/** The nodes that a node has in lists. */
export type Listed<N> = { [K in keyof N]: N[K] extends readonly (infer E extends Kind)[] ? E : never }[keyof N];

/**
 * Gives the nodes that a node has in lists, a list for each kind, in the order of the source. A new list brings its kind along,
 * so that whoever prints them fails to compile until it is printed as well.
 */
export function inOrder<N extends object>(node: N): Listed<N>[] {
  const lists = Object.values(node).filter(Array.isArray);
  // These are the properties that `Listed` speaks of.
  return (lists.flat() as (Listed<N> & Kind)[]).sort((a, b) => a.span.start - b.span.start);
}
