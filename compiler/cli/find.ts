import { readdir } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { UsageError } from "./exit.js";
import { fail, shorten } from "./file-trouble.js";

/** What an argument names. */
export interface Found {
  /** The folder in which it was looked for. Absolute. */
  readonly folder: string;
  /** Absolute. */
  readonly files: readonly string[];
}

/**
 * Finds the sources that arguments name: files, folders with all `.ved` files below them, and patterns, for shells that leave these
 * as they are. A file to which several ways lead, through links, is found once.
 * @throws UsageError for what is not there, cannot be read or holds no source.
 */
export async function findSources(args: readonly string[]): Promise<Found[]> {
  const found = await Promise.all(args.map(find));
  const chosen = await onePathEach(found);
  return found.map(({ folder, files }) => ({ folder, files: files.filter((file) => chosen.has(file)) }));
}

async function find(argument: string): Promise<Found> {
  if (argument === "") throw new UsageError("An empty argument names no file: perhaps a variable of the shell is not set.");
  if (argument === "-") throw new UsageError("`-` is standard input, which is not read here.");
  const path = resolve(argument);
  const kind = await stat(path).catch(async (error: unknown) => {
    return (await isPattern(argument)) ? null : fail("read", argument, error);
  });
  if (kind === null) return matching(argument);
  if (kind.isDirectory()) return below(path, argument);
  if (!path.endsWith(".ved")) throw new UsageError(`${argument} is not a .ved file.`);
  return { folder: dirname(path), files: [path] };
}

async function isPattern(argument: string): Promise<boolean> {
  const { isDynamicPattern } = await import("tinyglobby");
  return isDynamicPattern(argument) && !argument.startsWith("!");
}

async function below(folder: string, argument: string): Promise<Found> {
  const files = await filesMatching("**/*.ved", folder, argument);
  // Dots name a folder to whoever is in it, and nothing to whoever reads a log.
  const name = /^[./\\]+$/.test(argument) ? folder : argument;
  if (files.length === 0) throw new UsageError(`There is no .ved file in ${name}.`);
  return { folder, files };
}

async function matching(argument: string): Promise<Found> {
  const fixed = /^[^*?[{(]*\//.exec(argument)?.[0] ?? "";
  const folder = resolve(fixed);
  const files = await filesMatching(argument.slice(fixed.length), folder, argument);
  const sources = files.filter((file) => file.endsWith(".ved"));
  if (sources.length === 0) throw new UsageError(`No .ved file matches ${argument}.`);
  return { folder, files: sources };
}

async function filesMatching(pattern: string, folder: string, argument: string): Promise<string[]> {
  const { glob } = await import("tinyglobby");
  const failures: { readonly path: string; readonly error: Error }[] = [];
  const options = { cwd: folder, absolute: true, dot: false, ignore: ["**/node_modules/**"], expandDirectories: false };
  const files = await glob(pattern, { ...options, fs: { readdir: notingFailures(failures) } }).catch((error: unknown) =>
    fail("read", argument, error),
  );
  // What stands in a folder that cannot be read is not known to be right.
  for (const { path, error } of failures) fail("read", shorten(path), error);
  const are = await Promise.all(files.map(isFile));
  return files.filter((_, index) => are[index]).map((file) => resolve(file));
}

/** Gives what reads folders and notes what fails, which else is passed over. */
function notingFailures(failures: { readonly path: string; readonly error: Error }[]): typeof readdir {
  const reading = (path: string, options: { withFileTypes: true }, done: Parameters<typeof readdir>[2]) =>
    readdir(path, options, (error, entries) => {
      // What is gone holds no source.
      if (error !== null && error.code !== "ENOENT") failures.push({ path, error });
      // Whoever asks for entries is given entries.
      (done as unknown as (error: Error | null, found: typeof entries) => void)(error, entries);
    });
  // It is only ever asked in this way.
  return reading as unknown as typeof readdir;
}

/** Whether a path leads to a file, or nowhere, which is reported where it is read: a pipe or a device holds no source. */
async function isFile(path: string): Promise<boolean> {
  const kind = await stat(path).catch(() => null);
  return kind === null || kind.isFile();
}

/** Chooses one path for each file: one without links where there is one, and else the first. */
async function onePathEach(found: readonly Found[]): Promise<ReadonlySet<string>> {
  const chosen = new Map<string, string>();
  for (const { folder, files } of found) {
    const root = await realpath(folder).catch(() => folder);
    for (const file of files) {
      // A link that leads nowhere is reported where it is read.
      const real = await realpath(file).catch(() => file);
      const hasLinks = join(root, relative(folder, file)) !== real;
      if (!chosen.has(real) || !hasLinks) chosen.set(real, file);
    }
  }
  return new Set(chosen.values());
}
