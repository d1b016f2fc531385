import type { Findings } from "../diagnostics/diagnostic.js";
import type { FileNode } from "./ast.js";
import { walk } from "./walk.js";

/** Reports comparisons that are chained, and says how to write what was meant. */
export function reportChains(file: FileNode, findings: Findings): void {
  for (const { node } of walk(file)) {
    if (node.kind !== "chain") continue;
    findings.report("VED1010", node.span, {}, { notes: ["Join two comparisons with `&&`: `a < b && b < c`."] });
  }
}
