import { stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { isDynamicPattern } from "tinyglobby";
import { importsOf } from "../../index.js";
import { defaultNames } from "../../service/config/read.js";
import { UsageError } from "../exit.js";
import { fail, type ReadSource, readSources } from "../sources.js";

/** What is watched. All paths are absolute. */
export interface Subjects {
  /** Every source below them. */
  readonly folders: readonly string[];
  /** These files, whether or not they are there. */
  readonly files: ReadonlySet<string>;
}

/**
 * Gives what the arguments of a command name: sources, folders and patterns, and the configuration of this folder.
 * @throws UsageError for what is not there to be watched
 */
export async function subjectsOf(args: readonly string[]): Promise<Subjects> {
  const folders: string[] = [];
  const files = defaultNames.map((name) => resolve(name));
  for (const argument of args) {
    if (argument === "-") throw new UsageError("--watch needs files: standard input is read once.");
    const pattern = resolve(withoutWildcards(argument));
    const kind = await stat(pattern).catch((error: unknown) => fail("read", argument, error));
    if (kind.isDirectory()) folders.push(pattern);
    else files.push(pattern);
  }
  return { folders, files: new Set([...files, ...folders.flatMap((folder) => defaultNames.map((name) => join(folder, name)))]) };
}

/** Gives the part of a pattern before its first wildcard: the folder below which it finds files. */
function withoutWildcards(argument: string): string {
  const parts = argument.split("/");
  const first = parts.findIndex((part) => isDynamicPattern(part));
  return first < 0 ? argument : parts.slice(0, first).join("/") || (argument.startsWith("/") ? "/" : ".");
}

/** Gives what the sources of arguments import as well, also what is not there yet; nothing where they cannot be read. */
export async function importedBy(args: readonly string[]): Promise<string[]> {
  const sources = await readSources(args).catch((): ReadSource[] => []);
  // Most sources import nothing, and need not be parsed to know that.
  const importing = sources.filter(({ source }) => /\bimport\b/.test(source.text));
  const imported = importing.flatMap(({ source }) => importsOf(source).map((path) => resolve(path)));
  return [...sources.map(({ path }) => path), ...imported];
}

/** Gives the folders in which there is something to watch. */
export function foldersOf({ folders, files }: Subjects): string[] {
  return [...new Set([...folders, ...[...files].map((file) => dirname(file))])];
}

/** Says whether something is one of the sources and files that are watched. */
export function isSubject({ folders, files }: Subjects, path: string): boolean {
  return files.has(path) || (path.endsWith(".ved") && folders.some((folder) => isBelow(folder, path)));
}

/** Says whether a file could ever be watched, by its name. */
export function mayBeSubject(path: string): boolean {
  return path.endsWith(".ved") || defaultNames.includes(basename(path));
}

/** Says whether a path is below a folder, on a way that leads through no package and nothing hidden, as sources are looked for. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way.split(sep).every((part) => !part.startsWith(".") && part !== "node_modules");
}
