import { readFile, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import process from "node:process";
import { decode } from "../1-parse/decode.js";
import type { Diagnostic, Source } from "../diagnostics/diagnostic.js";
import { importsOf } from "../index.js";
import { UsageError } from "./exit.js";

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

/**
 * Reads the sources that the arguments name: files, and folders with all `.ved` files below them; and what these import.
 * @throws UsageError for what is not there, cannot be read or holds no source.
 */
export async function readSources(args: readonly string[]): Promise<ReadSource[]> {
  const found = await Promise.all(args.map(find));
  const sources = await withImports([...new Set(found.flatMap(({ files }) => files))]);
  const root = commonFolder([...found.map(({ folder }) => folder), ...sources.map(({ path }) => dirname(path))]);
  return sources.map((source) => ({ ...source, name: nameIn(root, source.path) })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Gives the absolute paths of the sources that the arguments name, each once and in order; what they import is not among them.
 * @throws UsageError for what is not there or holds no source.
 */
export async function findSources(args: readonly string[]): Promise<string[]> {
  const found = await Promise.all(args.map(find));
  return [...new Set(found.flatMap(({ files }) => files))].sort();
}

/** Reads files, and what they import: what is not there is reported where it is imported. */
async function withImports(paths: readonly string[]): Promise<Omit<ReadSource, "name">[]> {
  const known = new Set(paths);
  const sources = await Promise.all(paths.map(read));
  for (const { source } of sources) {
    for (const path of importsOf(source).map((each) => resolve(each))) {
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

interface Found {
  readonly folder: string;
  readonly files: readonly string[];
}

async function find(argument: string): Promise<Found> {
  const path = resolve(argument);
  const kind = await stat(path).catch((error: unknown) => fail("read", argument, error));
  if (!kind.isDirectory()) {
    if (!path.endsWith(".ved")) throw new UsageError(`${argument} is not a .ved file.`);
    return { folder: dirname(path), files: [path] };
  }
  const { glob } = await import("tinyglobby");
  const options = { cwd: path, absolute: true, dot: false, ignore: ["**/node_modules/**"], expandDirectories: false };
  const files = await glob("**/*.ved", options).catch((error: unknown) => fail("read", argument, error));
  if (files.length === 0) throw new UsageError(`There is no .ved file in ${argument}.`);
  return { folder: path, files: files.map((file) => resolve(file)) };
}

async function read(path: string): Promise<Omit<ReadSource, "name">> {
  const shown = shorten(path);
  const bytes = await readFile(path).catch((error: unknown) => fail("read", shown, error));
  const { source, diagnostics } = decode(shown, bytes);
  return { source, path, diagnostics };
}

/** Makes a path as short as it can be from where the user is. */
export function shorten(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") || isAbsolute(short) ? path : short;
}

/** Says what could not be done with a file, in words. @throws UsageError */
export function fail(action: "read" | "write", path: string, error: unknown): never {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: "it does not exist",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EISDIR: "it is a folder",
    ENOTDIR: "a part of the path is a file",
    EEXIST: "a file is in the way",
    ENOSPC: "the disk is full",
    EROFS: "the file system is read-only",
  };
  throw new UsageError(`Cannot ${action} ${path}: ${reasons[code] ?? (error instanceof Error ? error.message : code)}.`);
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
