import type { AnyNode } from "./ast.js";

/** Gives every node of a tree with its depth, in the order of the source. Iterative, so that no depth exhausts the stack. */
export function* walk(root: AnyNode): Generator<{ readonly node: AnyNode; readonly depth: number }> {
  const pending = [{ node: root, depth: 1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    const depth = next.depth + 1;
    const children = childrenOf(next.node);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const node = children[index];
      if (node !== undefined) pending.push({ node, depth });
    }
  }
}

function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  const values: readonly unknown[] = Object.values(node);
  for (const value of values) {
    if (Array.isArray(value)) for (const each of value) if (isNode(each)) children.push(each);
    if (isNode(value)) children.push(value);
  }
  return children;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "kind" in value;
}
