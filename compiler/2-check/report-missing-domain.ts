import type { Findings } from "../diagnostics/diagnostic.js";

/** Reports a file without a domain: it has nothing to reconcile. */
export function reportMissingDomain(findings: Findings): void {
  findings.report("VED4008", { start: 0, end: Math.min(1, findings.source.text.length) }, {});
}
