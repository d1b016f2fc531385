import type { Findings, Span } from "../diagnostics/diagnostic.js";
import type { ChainNode } from "./ast.js";

/** Reports comparisons that are chained, and says how to write what was meant. */
export function reportChain({ span }: ChainNode, findings: Findings): void {
  if (isMended(span, findings)) return;
  findings.report("VED1010", span, {}, { notes: ["Join two comparisons with `&&`: `a < b && b < c`."] });
}

/** Says whether something was reported in a place: then what stands there is not what was written. */
function isMended({ start, end }: Span, findings: Findings): boolean {
  return findings.all().some(({ span }) => span.start >= start && span.start < end);
}
