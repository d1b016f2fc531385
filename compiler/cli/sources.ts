import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { decode } from "../1-parse/decode.js";
import type { Diagnostic, Source } from "../diagnostics/diagnostic.js";
import { importsOf } from "../index.js";
import { fail, shorten } from "./file-trouble.js";
import { findSources } from "./find.js";

export { fail, shorten } from "./file-trouble.js";

/** A source that was read. */
export interface ReadSource {
  readonly source: Source;
  /** Absolute. */
  readonly path: string;
  /** The path of its module, with `/` and without an extension, relative to what all arguments have in common. */
  readonly name: string;
  /** What is wrong with its encoding. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A source that is not read from a file of its own: standard input. */
export interface GivenSource {
  /** The file that it stands for; null: none. */
  readonly path: string | null;
  readonly bytes: Uint8Array;
}

/**
 * Reads the sources that the arguments name: files, folders with all `.ved` files below them, patterns; and what these import.
 * @param given what stands for a file whatever is in it
 * @param importedBy gives the paths of what a source imports, as they are resolved; each source comes to it once
 * @throws UsageError for what is not there, cannot be read or holds no source.
 */
export async function readSources(
  args: readonly string[],
  given: GivenSource | null = null,
  importedBy: (source: Source) => readonly string[] = importsOf,
): Promise<ReadSource[]> {
  const found = await findSources(args);
  const first = given === null ? [] : [decoded(given)];
  const sources = await withImports(first, [...new Set(found.flatMap(({ files }) => files))], importedBy);
  const root = commonFolder([...found.map(({ folder }) => folder), ...sources.map(({ path }) => dirname(path))]);
  return sources.map((source) => ({ ...source, name: nameIn(root, source.path) })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Gives the absolute paths of the sources that the arguments name, each once and in order; what they import is not among them.
 * @throws UsageError for what is not there or holds no source.
 */
export async function pathsOfSources(args: readonly string[]): Promise<string[]> {
  const found = await findSources(args);
  return [...new Set(found.flatMap(({ files }) => files))].sort();
}

/** What standard input is called that stands for no file. */
const nameless = "<stdin>";

function decoded({ path, bytes }: GivenSource): Omit<ReadSource, "name"> {
  const whole = resolve(path ?? nameless);
  return { ...decode(path === null ? nameless : shorten(whole), bytes), path: whole };
}

/** Reads files, and what they and others import: what is not there is reported where it is imported. */
async function withImports(
  given: readonly Omit<ReadSource, "name">[],
  paths: readonly string[],
  importedBy: (source: Source) => readonly string[],
): Promise<Omit<ReadSource, "name">[]> {
  const known = new Set(given.map(({ path }) => path));
  const unread = paths.filter((path) => !known.has(path));
  for (const path of unread) known.add(path);
  const sources = [...given, ...(await Promise.all(unread.map(read)))];
  for (const { source } of sources) {
    for (const path of importedBy(source).map((each) => resolve(each))) {
      if (known.has(path) || !(await isFile(path))) continue;
      known.add(path);
      sources.push(await read(path));
    }
  }
  return sources;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile() && path.endsWith(".ved"),
    () => false,
  );
}

/** Gives the path of a source's module. */
function nameIn(root: string, path: string): string {
  return join(relative(root, dirname(path)), basename(path, ".ved"))
    .split(sep)
    .join("/");
}

async function read(path: string): Promise<Omit<ReadSource, "name">> {
  const shown = shorten(path);
  const bytes = await readFile(path).catch((error: unknown) => fail("read", shown, error));
  const { source, diagnostics } = decode(shown, bytes);
  return { source, path, diagnostics };
}

function commonFolder(folders: readonly string[]): string {
  const [first = "", ...rest] = folders.map((folder) => folder.split(sep));
  const parts = [...first];
  const isShared = (length: number) =>
    rest.every((other) => parts.slice(0, length).every((part, index) => other[index] === part));
  let length = parts.length;
  while (!isShared(length)) length -= 1;
  return parts.slice(0, length).join(sep) || sep;
}
