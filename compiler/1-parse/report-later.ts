import type { Findings } from "../diagnostics/diagnostic.js";
import type { FileNode } from "./ast.js";
import { walk } from "./walk.js";

/** Reports the constructs of later levels by their own names: nothing that is not built is silently ignored. */
export function reportLater(file: FileNode, findings: Findings): void {
  for (const { node } of walk(file)) {
    if (node.kind !== "later") continue;
    findings.report(
      "VED1012",
      node.span,
      { construct: `\`${node.construct}\`` },
      { notes: [`It belongs to level ${node.level} of the language.`] },
    );
  }
}
