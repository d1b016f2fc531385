import type { Node as OhmNode } from "ohm-js";
import type { Span } from "../diagnostics/diagnostic.js";
import type { TokenText } from "./token-text.js";

/**
 * Converts a node to the syntax tree. It is the one place where an operation's untyped result gets its type: Ohm adds the method
 * `toAst` to every node, its types leave it out, and the caller names what the grammar puts there.
 */
export function convert<T>(node: object): T {
  return (node as { toAst(): T }).toAst();
}

/** Converts each node of a repetition. */
export function convertAll<T>(iteration: OhmNode): T[] {
  return iteration.children.map((child) => convert<T>(child));
}

/** Gives what an optional node became, or null where it is not there. */
export function convertOptional<T>(iteration: OhmNode): T | null {
  const child = iteration.children[0];
  return child === undefined ? null : convert<T>(child);
}

/** Gives the source span of a node. */
export function spanOf({ source: { sourceString, startIdx, endIdx } }: OhmNode): Span {
  // What was matched was put in its place.
  return (sourceString as unknown as TokenText).spanOf(startIdx, endIdx);
}

/** Gives the node's span without the separators that the rule swallowed behind it. */
export function spanTo(first: OhmNode, last: OhmNode): Span {
  return { start: spanOf(first).start, end: spanOf(last).end };
}

/** Nodes in a list for each kind, under the names that a table gives these lists. */
type ListsByKind<N extends { readonly kind: string }, T extends Readonly<Record<N["kind"], string>>> = {
  readonly [K in N["kind"] as T[K]]: readonly Extract<N, { kind: K }>[];
};

/** Sorts nodes by their kinds. A kind that the table gives no list fails to compile, and none is lost. */
export function listsOf<N extends { readonly kind: string }, const T extends Readonly<Record<N["kind"], string>>>(
  nodes: readonly N[],
  names: T,
): ListsByKind<N, T> {
  const kinds = Object.entries<string>(names);
  const lists = kinds.map(([kind, name]) => [name, nodes.filter((node) => node.kind === kind)]);
  // Each list has the nodes of its kind, and each kind its list.
  return Object.fromEntries(lists) as ListsByKind<N, T>;
}
