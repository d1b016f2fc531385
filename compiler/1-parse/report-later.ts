import type { Findings } from "../diagnostics/diagnostic.js";
import type { FileNode } from "./ast.js";
import { walk } from "./walk.js";

/** Reports the constructs of later levels by their own names: nothing that is not built is silently ignored. */
export function reportLater(file: FileNode, findings: Findings): void {
  for (const { node } of walk(file)) {
    if (node.kind !== "later") continue;
    const named = /^(a|an) |outside/.test(node.construct) ? capital(node.construct) : `\`${node.construct}\``;
    findings.report(
      "VED1012",
      node.span,
      { construct: named },
      { notes: [`It belongs to level ${node.level} of the language.`] },
    );
  }
}

function capital(text: string): string {
  const quoted = text.replace(/^(\w+) outside/, "A `$1` outside");
  return quoted.charAt(0).toUpperCase() + quoted.slice(1);
}
