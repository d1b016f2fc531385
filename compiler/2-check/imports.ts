import type * as ast from "../1-parse/ast.js";
import type { Parsed } from "../1-parse/parse.js";
import { type Findings, hasErrors } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import type { Correspondent } from "./context.js";
import { correspondent } from "./correspondent.js";
import type { Imported } from "./program.js";

/** Resolves the path of what a file imports; both are as the user wrote them, with `/` or `\`. */
export function resolvePath(from: string, specifier: string): string {
  const isAbsolute = /^([\\/]|[A-Za-z]:)/.test(specifier);
  const folder = isAbsolute ? [] : parts(from).slice(0, -1);
  const path: string[] = [];
  for (const part of [...folder, ...parts(specifier)]) {
    if (part === "." || (part === "" && path.length > 0)) continue;
    if (part === ".." && path.length > 0 && path.at(-1) !== "..") path.pop();
    else path.push(part);
  }
  return path.join("/");
}

function parts(path: string): string[] {
  return path.split(/[\\/]/);
}

/** Gives the file that an import names; undefined where it is not among the files of this compilation. */
function fileOf({ from }: ast.ImportNode, { source }: Parsed, files: readonly Parsed[]): Parsed | undefined {
  const path = resolvePath(source.path, String(from.value));
  return files.find((other) => resolvePath("", other.source.path) === path);
}

/** Gives the domains that a file imports, by name; null where the file is not there, which is reported. */
export function importedDomains(parsed: Parsed, files: readonly Parsed[], findings: Findings): Map<string, Correspondent | null> {
  const found = new Map<string, Correspondent | null>();
  for (const node of parsed.file.imports) {
    const file = fileOf(node, parsed, files);
    if (file === undefined) {
      findings.report("VED2024", node.from.span, { path: String(node.from.value) });
      for (const { text } of node.names) found.set(text, null);
      continue;
    }
    for (const name of node.names) {
      const domain = file.file.domains.find((other) => other.name.text === name.text);
      found.set(name.text, domain === undefined ? null : correspondent(domain, file.source));
      if (domain === undefined && file.source.isUnreadable !== true) reportUnknown(node, name, file, findings);
    }
  }
  return found;
}

function reportUnknown({ from }: ast.ImportNode, { text, span }: ast.Name, { file }: Parsed, findings: Findings): void {
  const names = file.domains.map(({ name }) => name.text);
  findings.report("VED2025", span, { path: String(from.value), name: text }, { fix: suggest(text, names, span) });
}

/** Gives the files that a file imports, and those that they import: each once, and not the file itself. */
export function reachableFrom(parsed: Parsed, files: readonly Parsed[]): Parsed[] {
  const reached = new Set([parsed]);
  for (const file of reached) {
    for (const node of file.file.imports) {
      const other = fileOf(node, file, files);
      if (other !== undefined) reached.add(other);
    }
  }
  return [...reached].slice(1);
}

/** Gives the domains of other files that belong to the same system. Reports those that are called alike. */
export function importedInto(parsed: Parsed, files: readonly Parsed[], findings: Findings): Imported[] {
  const paths = new Map(parsed.file.domains.map(({ name }) => [name.text, parsed.source.path]));
  const imported: Imported[] = [];
  for (const { source, file } of reachableFrom(parsed, files)) {
    for (const { name } of file.domains) {
      const earlier = paths.get(name.text);
      paths.set(name.text, source.path);
      if (earlier === undefined) imported.push({ name: name.text, path: source.path });
      else if (earlier !== source.path) {
        const span = parsed.file.imports[0]?.span ?? parsed.file.span;
        findings.report("VED2026", span, { name: name.text, first: earlier, second: source.path });
      }
    }
  }
  return imported;
}

/** Says whether something is wrong with a file already. */
export function isSound({ source, diagnostics }: Parsed): boolean {
  return source.isUnreadable !== true && !hasErrors(diagnostics);
}
