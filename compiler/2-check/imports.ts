import type * as ast from "../1-parse/ast.js";
import type { Parsed } from "../1-parse/parse.js";
import { type Findings, hasErrors } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
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

/** Gives the paths of what a file imports, as they are resolved. */
export function importedPaths({ source, file }: Parsed): string[] {
  return file.imports.map(({ from }) => resolvePath(source.path, String(from.value)));
}

/** Gives the file that an import names; undefined where it is not among the files of this compilation. */
export function fileOf({ from }: ast.ImportNode, { source }: Parsed, files: readonly Parsed[]): Parsed | undefined {
  return byPath(files).get(resolvePath(source.path, String(from.value)));
}

/** The files of a compilation are the same for each of them. */
const filesByPath = new WeakMap<readonly Parsed[], ReadonlyMap<string, Parsed>>();

/** Gives files by their paths; of those that have the same the first. */
function byPath(files: readonly Parsed[]): ReadonlyMap<string, Parsed> {
  const known = filesByPath.get(files);
  if (known !== undefined) return known;
  const named = new Map<string, Parsed>();
  for (const file of files) {
    const path = resolvePath("", file.source.path);
    if (!named.has(path)) named.set(path, file);
  }
  filesByPath.set(files, named);
  return named;
}

/** A domain, and the file that it stands in. */
export interface Located {
  readonly node: ast.DomainNode;
  readonly file: Parsed;
}

/** Gives the domains that a file imports, by name; null where there is none, which is reported. */
export function importedDomains(parsed: Parsed, files: readonly Parsed[], findings: Findings): Map<string, Located | null> {
  const found = new Map<string, Located | null>();
  for (const node of parsed.file.imports) {
    const file = fileOf(node, parsed, files);
    if (file === undefined) {
      findings.report("VED2024", node.from.span, { path: String(node.from.value) });
      for (const { text } of node.names) found.set(text, null);
      continue;
    }
    for (const name of node.names) {
      const domain = file.file.domains.find((other) => other.name.text === name.text);
      if (domain !== undefined) found.set(name.text, { node: domain, file });
      else if (!importable(file).includes(name.text)) {
        found.set(name.text, null);
        if (file.source.isUnreadable !== true) reportUnknown(node, name, file, findings);
      }
    }
  }
  return found;
}

function reportUnknown({ from }: ast.ImportNode, { text, span }: ast.Name, file: Parsed, findings: Findings): void {
  const fix = suggest(text, importable(file), span);
  findings.report("VED2025", span, { path: String(from.value), name: text }, { fix });
}

/** Gives the names of all that a file has for others: domains, constants and types. */
function importable({ file: { domains, constants, aliases } }: Parsed): string[] {
  return [...domains, ...constants, ...aliases].map(({ name }) => name.text);
}

/** Says whether an import names a domain, so that the file's domains belong to the same system. */
function joins({ names }: ast.ImportNode, { file }: Parsed): boolean {
  return names.some(({ text }) => file.domains.some(({ name }) => name.text === text));
}

/**
 * Gives the files that a file imports, and those that they import: each once, and not the file itself.
 * @param follows says of which imports; of all where it is left out
 */
export function reachableFrom(parsed: Parsed, files: readonly Parsed[], follows: typeof joins = () => true): Parsed[] {
  const reached = new Set([parsed]);
  for (const file of reached) {
    for (const node of file.file.imports) {
      const other = fileOf(node, file, files);
      if (other !== undefined && follows(node, other)) reached.add(other);
    }
  }
  return [...reached].slice(1);
}

/** Gives the domains of other files that belong to the same system. Reports those that are called alike. */
export function importedInto(parsed: Parsed, files: readonly Parsed[], findings: Findings): Imported[] {
  const paths = new Map(parsed.file.domains.map(({ name }) => [name.text, parsed.source.path]));
  const imported: Imported[] = [];
  for (const { source, file } of reachableFrom(parsed, files, joins)) {
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
