import type { AnyNode } from "./ast.js";

/** Gives every node of a tree with its depth, in the order of the source. Iterative, so that no depth exhausts the stack. */
export function* walk(root: AnyNode): Generator<{ readonly node: AnyNode; readonly depth: number }> {
  const pending = [{ node: root, depth: 1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    const { depth } = next;
    pending.push(
      ...childrenOf(next.node)
        .map((node) => ({ node, depth: depth + 1 }))
        .reverse(),
    );
  }
}

function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "kind" in value;
}
