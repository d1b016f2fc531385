import type { FileNode } from "../1-parse/ast.js";
import type { Parsed } from "../1-parse/parse.js";
import type { Findings, Span } from "../diagnostics/diagnostic.js";
import { resolvePath } from "./imports.js";

/**
 * Reports a file without a domain, where nobody imports what else it has and no `system` starts domains of other files: it has nothing to
 * reconcile.
 * @param imported the paths of what other files import, as they are resolved
 */
export function reportMissingDomain({ file, source }: Parsed, imported: ReadonlySet<string>, findings: Findings): void {
  if (file.domains.length > 0 || file.systems.length > 0 || imported.has(resolvePath("", source.path))) return;
  findings.report("VED4008", firstDeclaration(file) ?? { start: 0, end: Math.min(1, source.text.length) }, {});
}

/** Gives where the first declaration of a file stands, before which a comment may silence what is said of the file; null: there is none. */
function firstDeclaration({ imports, constants, aliases, effects }: FileNode): Span | null {
  const all = [...imports, ...constants, ...aliases, ...effects].map(({ span }) => span);
  return all.sort((a, b) => a.start - b.start)[0] ?? null;
}
