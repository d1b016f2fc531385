import type { Node as OhmNode } from "ohm-js";
import type { Span } from "../diagnostics/diagnostic.js";

// The one place where an operation's untyped result gets its type: Ohm adds the method `toAst` to every node, its types
// leave it out, and the caller names what the grammar puts there.
export function convert<T>(node: object): T {
  return (node as { toAst(): T }).toAst();
}

/** What the nodes of a repetition became. */
export function convertAll<T>(iteration: OhmNode): T[] {
  return iteration.children.map((child) => convert<T>(child));
}

/** What an optional node became; null: it is not there. */
export function convertOptional<T>(iteration: OhmNode): T | null {
  const child = iteration.children[0];
  return child === undefined ? null : convert<T>(child);
}

/** The place of a node. */
export function spanOf(node: OhmNode): Span {
  return { start: node.source.startIdx, end: node.source.endIdx };
}

/** The node's span without the separators that the rule swallowed behind it. */
export function spanTo(first: OhmNode, last: OhmNode): Span {
  return { start: first.source.startIdx, end: last.source.endIdx };
}

/** The nodes of one kind. */
export function ofKind<N extends { readonly kind: string }, K extends N["kind"]>(
  nodes: readonly N[],
  kind: K,
): Extract<N, { kind: K }>[] {
  return nodes.filter((node): node is Extract<N, { kind: K }> => node.kind === kind);
}
