import type { Findings } from "../diagnostics/diagnostic.js";
import type { LaterNode } from "./ast.js";

/** Reports a construct of a later level by its own name: nothing that is not built is silently ignored. */
export function reportLater({ construct, level, span }: LaterNode, findings: Findings): void {
  const notes = [`It belongs to level ${level} of the language.`];
  findings.report("VED1012", span, { construct: `\`${construct}\`` }, { notes });
}
