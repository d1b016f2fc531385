import type { Findings, Span } from "../diagnostics/diagnostic.js";
import type { AnyNode } from "./ast.js";
import type { Token } from "./token.js";

// Later phases walk the tree by recursion. These limits, far above what a person writes, keep any input from exhausting
// the stack.

/** How deep brackets may nest. */
const maxNesting = 64;

/** How deep the whole tree may be; a chain of operators of one level adds one, however long it is. */
const maxDepth = 500;

/** How many conditions one `if` may have: each `else if` is inside the one before it in the code that is generated. */
const maxBranches = 1000;

/** Reports brackets that nest too deep to be parsed. */
export function reportDeepNesting(tokens: readonly Token[], findings: Findings): boolean {
  let depth = 0;
  for (const { text, start, end } of tokens) {
    if (text === "(" || text === "{") depth += 1;
    if (text === ")" || text === "}") depth = Math.max(depth - 1, 0);
    if (depth > maxNesting) {
      findings.report("VED1014", { start, end }, {});
      return true;
    }
  }
  return false;
}

/** Says where a node with this depth makes a tree too deep to be walked; null: it does not. */
export function surplusOf(node: AnyNode, depth: number): Span | null {
  const surplus = node.kind === "if" ? node.branches[maxBranches] : undefined;
  return depth > maxDepth || surplus !== undefined ? (surplus?.span ?? node.span) : null;
}
