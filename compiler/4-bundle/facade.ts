// What others import gets its content into its name (`ved-runtime-1a2b3c4d.js`), behind a facade with the name that users know. So
// a module finds what it was built with, whatever has been written of the next build when the process is killed.
import { dirname, resolve } from "node:path";
import type { Program } from "../2-check/program.js";
import { moduleOf } from "../3-emit/system.js";

/** A program, the absolute path of its source, and the path of its module. */
interface Located {
  readonly program: Program;
  readonly path: string;
  readonly name: string;
}

/**
 * Gives the chunks that modules which others import go into, by the absolute paths of their sources. Those that import each other
 * have one in common: so chunks can be written, and removed, one after the other.
 */
export function chunksOf(modules: readonly Located[]): ReadonlyMap<string, string> {
  const importsOf = new Map(
    modules.map(({ program, path }) => [path, new Set(program.imported.map((each) => sourceOf(path, moduleOf(program, each))))]),
  );
  const imported = new Set([...importsOf.values()].flatMap((paths) => [...paths]));
  const chunks = new Map<string, string>();
  for (const { path, name } of modules) {
    if (!imported.has(path) || chunks.has(path)) continue;
    // What is imported in turn is among the imports.
    const together = [...(importsOf.get(path) ?? [])].filter((other) => importsOf.get(other)?.has(path) === true);
    for (const each of [path, ...together]) chunks.set(each, name);
  }
  return chunks;
}

/** Gives the path of the source that a module means by a specifier. */
export function sourceOf(importer: string, specifier: string): string {
  return resolve(dirname(importer), specifier.replace(/\.js$/, ".ved"));
}

const prefix = "\0facade:";

/** Names the facade of a module. */
export function facadeOf(id: string): string {
  return prefix + id;
}

/** Gives the module behind a facade; null: it is none. */
export function behindFacade(id: string): string | null {
  return id.startsWith(prefix) ? id.slice(prefix.length) : null;
}

/** Prints a facade: what a module exports. @param hasDefault whether one of its names is `default` */
export function printFacade(id: string, hasDefault: boolean): string {
  const from = JSON.stringify(id);
  return `export * from ${from};\n${hasDefault ? `export { default } from ${from};\n` : ""}`;
}
