import type { Span } from "../diagnostics/diagnostic.js";
import type { AnyNode, ChainNode, FileNode, LaterNode } from "./ast.js";
import { surplusOf } from "./limits.js";
import { walk } from "./walk.js";

/** What in a tree is to be looked at, found in one walk. */
export interface Survey {
  /** The first place at which the tree is too deep to be walked by others; null: there is none. */
  readonly tooDeep: Span | null;
  /** What can be read and is never right. */
  readonly marked: readonly (LaterNode | ChainNode)[];
}

/** Walks a tree once for all that ask about single nodes. */
export function survey(file: FileNode): Survey {
  const marked: (LaterNode | ChainNode)[] = [];
  for (const { node, depth } of walk(file)) {
    const tooDeep = surplusOf(node, depth);
    if (tooDeep !== null) return { tooDeep, marked: [] };
    if (isMarked(node)) marked.push(node);
  }
  return { tooDeep: null, marked };
}

function isMarked(node: AnyNode): node is LaterNode | ChainNode {
  return node.kind === "later" || node.kind === "chain";
}
