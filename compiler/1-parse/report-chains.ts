import type { Findings, Span } from "../diagnostics/diagnostic.js";
import type { FileNode } from "./ast.js";
import { walk } from "./walk.js";

/** Reports comparisons that are chained, and says how to write what was meant. */
export function reportChains(file: FileNode, findings: Findings): void {
  for (const { node } of walk(file)) {
    if (node.kind !== "chain" || isMended(node.span, findings)) continue;
    findings.report("VED1010", node.span, {}, { notes: ["Join two comparisons with `&&`: `a < b && b < c`."] });
  }
}

/** Says whether something was reported in a place: then what stands there is not what was written. */
function isMended({ start, end }: Span, findings: Findings): boolean {
  return findings.all().some(({ span }) => span.start >= start && span.start < end);
}
