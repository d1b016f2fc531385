// Modules are bundled in groups, each by itself and in an order in which what is imported comes first. What others import gets its
// content into its name (`ved-runtime-1a2b3c4d.js`), behind a facade with the name that users know. So a module finds what it was built
// with, whatever has been written of the next build when the process is killed.
import { dirname, resolve } from "node:path";
import type { Outline } from "./outline.js";

/** A module that is to be built. */
export interface Located {
  /** The absolute path of its source. */
  readonly path: string;
  /** Its path in the output, with `/` and without an extension. */
  readonly name: string;
  readonly outline: Outline;
}

/** Modules that go into one script: those that import each other, or one alone. */
export interface Group<M extends Located = Located> {
  /** What the script is called: like the first of them. */
  readonly name: string;
  readonly modules: readonly M[];
  /** Whether modules of other groups import it: it has facades then. */
  readonly isImported: boolean;
  /** The absolute paths of the sources of other groups that it imports, directly or not. */
  readonly imports: readonly string[];
}

/** Puts modules into groups. A group comes behind all that it imports. */
export function groupsOf<M extends Located>(modules: readonly M[]): Group<M>[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  // What is imported in turn is among the imports.
  const importsOf = new Map(modules.map((module) => [module.path, new Set(importedBy(module, byPath))]));
  const imported = new Set([...importsOf.values()].flatMap((paths) => [...paths]));
  const taken = new Set<string>();
  const groups = modules.flatMap((module): Group<M>[] => {
    if (taken.has(module.path)) return [];
    const all = [...(importsOf.get(module.path) ?? [])].sort();
    const mutual = all.flatMap((path) => (importsOf.get(path)?.has(module.path) === true ? (byPath.get(path) ?? []) : []));
    const together = [module, ...mutual.filter(({ path }) => path !== module.path)];
    const paths = new Set(together.map(({ path }) => path));
    for (const path of paths) taken.add(path);
    const imports = all.filter((path) => !paths.has(path));
    return [{ name: module.name, modules: together, isImported: imported.has(module.path), imports }];
  });
  return groups.sort((a, b) => a.imports.length - b.imports.length);
}

function importedBy({ path, outline }: Located, modules: ReadonlyMap<string, Located>): string[] {
  return outline.modules.map((specifier) => sourceOf(path, specifier)).filter((each) => modules.has(each));
}

/** Gives the path of the source that a module means by a specifier. */
export function sourceOf(importer: string, specifier: string): string {
  return resolve(dirname(importer), specifier.replace(/\.js$/, ".ved"));
}

/** What a script exports: for each name the one by which other scripts import it. */
export type ExportNames = Readonly<Record<string, string>>;

/** Gives names for what a group's modules export, by the paths of their sources; no two of a script are the same. */
export function exportNames(modules: readonly Located[], areShort: boolean): ReadonlyMap<string, ExportNames> {
  const taken = new Set<string>();
  const all = modules.map(({ path, outline }) => {
    const names = outline.exports.map((name) => {
      let free = areShort ? shortName(taken.size) : name;
      for (let number = 1; taken.has(free); number += 1) free = `${name}$${number}`;
      taken.add(free);
      return [name, free] as const;
    });
    return [path, Object.fromEntries(names)] as const;
  });
  return new Map(all);
}

/** Gives a name of a letter and, after so many, a number. */
export function shortName(index: number): string {
  const letter = String.fromCharCode("a".charCodeAt(0) + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`;
}
