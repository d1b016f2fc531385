import type { Findings } from "../diagnostics/diagnostic.js";
import { declaredFields } from "./own-key.js";
import type { Domain } from "./program.js";
import { allExpressions, fieldsIn } from "./traverse.js";

/** Reports fields that no goal, guard, effect or other field depends on. */
export function reportUnreadFields(domain: Domain, findings: Findings): void {
  const read = fieldsRead(domain);
  for (const { name, span } of declaredFields(domain)) if (!read.has(name)) findings.report("VED4004", span, { name });
}

function fieldsRead(domain: Domain): Set<string> {
  return new Set(allExpressions(domain).flatMap(fieldsIn));
}
