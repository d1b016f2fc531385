import { lstat, readFile, realpath, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join, posix, sep } from "node:path";
import { digestOf } from "./digest.js";
import type { OutputFile } from "./files.js";
import { manifestExtension } from "./manifest.js";
import type { Trace } from "./traces.js";

/** What became of the files that were built from a source which is gone; paths are from the output folder. */
export interface Gone {
  /** Absolute. */
  readonly source: string;
  /** What was built from it. */
  readonly module: string;
  /** The manifest is among them. What several sources had in common is said of one of them. */
  readonly removed: readonly string[];
  /** What somebody has changed since it was written: where there is such a file, none of the source's is removed. */
  readonly changed: readonly string[];
}

/**
 * Removes what earlier builds wrote and nothing needs any more: what was built from a source that is gone, what this build has
 * replaced, and what a killed build left. A file that somebody has changed since, or that a module still imports, stays.
 * @param traces what was known of the folder before this build wrote into it
 * @param files what this build has written
 * @throws the error of the file system
 */
export async function removeObsolete(folder: string, traces: readonly Trace[], files: readonly OutputFile[]): Promise<Gone[]> {
  const written = new Set(files.map(({ path }) => path));
  const { living, replaced, gone } = await sorted(traces, written);
  const kept = new Set([...written, ...living.flatMap(filesOf)]);
  const known = await compared(folder, [...replaced, ...gone], kept);
  const fates = gone.map((trace) => ({ ...trace, changed: filesOf(trace).filter((path) => known.changed.has(path)) }));
  const staying = new Set([...living, ...fates.filter(({ changed }) => changed.length > 0)].flatMap(filesOf));
  const candidates = new Set([...known.unchanged].filter((path) => !staying.has(path)));
  const readers = [...staying, ...known.changed].filter((path) => path.endsWith(".js") && !written.has(path));
  const obsolete = await withoutImported(folder, candidates, readers);
  for (const path of await importersFirst(folder, obsolete)) await remove(folder, path);
  for (const { manifest, changed } of fates) if (changed.length === 0) await remove(folder, manifest);
  return fates.map((fate) => {
    const module = `${fate.manifest.slice(0, -manifestExtension.length)}.js`;
    const own = filesOf(fate).filter((path) => obsolete.delete(path));
    return { ...fate, module, removed: fate.changed.length === 0 ? [...own, fate.manifest] : own };
  });
}

function filesOf({ files }: Trace): string[] {
  return [...files.keys()];
}

/** A trace whose source is gone. */
interface GoneTrace extends Trace {
  readonly manifest: string;
  readonly source: string;
}

interface Sorted {
  /** Of sources that are there, and were not built this time. */
  readonly living: Trace[];
  /** Of modules that were built again, and of builds that were killed. */
  readonly replaced: Trace[];
  readonly gone: GoneTrace[];
}

async function sorted(traces: readonly Trace[], written: ReadonlySet<string>): Promise<Sorted> {
  const result: Sorted = { living: [], replaced: [], gone: [] };
  for (const trace of traces) {
    const { manifest, source } = trace;
    if (manifest === null || written.has(manifest)) result.replaced.push(trace);
    else if (source === null || (await isThere(source))) result.living.push(trace);
    else result.gone.push({ ...trace, manifest, source });
  }
  return result;
}

/** Says whether a file is there, or may be: what cannot be looked at is not taken for gone. */
async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT" && error.code !== "ENOTDIR",
  );
}

/** Tells the files of traces that are as they were written from those that are not; what is not there is neither. */
async function compared(folder: string, traces: readonly Trace[], kept: ReadonlySet<string>) {
  const [unchanged, changed] = [new Set<string>(), new Set<string>()];
  for (const [path, digest] of traces.flatMap(({ files }) => [...files])) {
    const content = kept.has(path) ? null : await contentOf(folder, path);
    if (content !== null) (digestOf(content) === digest ? unchanged : changed).add(path);
  }
  // Two builds may have written one file: it is as one of them wrote it.
  for (const path of unchanged) changed.delete(path);
  return { unchanged, changed };
}

/** Reads a file of a folder; null where it is none, or links lead out of the folder. */
async function contentOf(folder: string, path: string): Promise<Uint8Array | null> {
  try {
    const whole = join(folder, path);
    const [root, parent] = [await realpath(folder), await realpath(dirname(whole))];
    const isInside = parent === root || parent.startsWith(root + sep);
    return isInside && (await lstat(whole)).isFile() ? await readFile(whole) : null;
  } catch {
    return null;
  }
}

/** Leaves out what modules that stay import, and what that imports in turn. */
async function withoutImported(folder: string, paths: ReadonlySet<string>, stay: readonly string[]): Promise<Set<string>> {
  const rest = new Set(paths);
  for (let readers = rest.size === 0 ? [] : stay; readers.length > 0; ) {
    const texts = await Promise.all(readers.map((path) => readFile(join(folder, path), "utf8").catch(() => "")));
    const imported = [...rest].filter((path) => texts.some((text) => mentions(text, path)));
    for (const path of imported) rest.delete(path);
    readers = imported.filter((path) => path.endsWith(".js"));
  }
  return rest;
}

/** Puts files in an order in which they can go, so that each that is left finds what it imports. */
async function importersFirst(folder: string, paths: ReadonlySet<string>): Promise<string[]> {
  const texts = new Map<string, string>();
  for (const path of paths) if (path.endsWith(".js")) texts.set(path, await readFile(join(folder, path), "utf8"));
  const rest = new Set(paths);
  const ordered: string[] = [];
  while (rest.size > 0) {
    const readers = [...texts].filter(([path]) => rest.has(path));
    const free = [...rest].filter((path) => !readers.some(([reader, text]) => reader !== path && mentions(text, path)));
    // What imports each other goes as it comes.
    for (const path of free.length > 0 ? free : rest) {
      rest.delete(path);
      ordered.push(path);
    }
  }
  return ordered;
}

/** Says whether a module names a script, or that to which a source map belongs, as what it imports. */
function mentions(text: string, path: string): boolean {
  const name = posix.basename(path).replace(/\.map$/, "");
  return text.includes(`/${name}'`) || text.includes(`/${name}"`);
}

/** Removes a file, and the folders that are empty then. */
async function remove(folder: string, path: string): Promise<void> {
  await rm(join(folder, path), { force: true });
  for (let at = posix.dirname(path); at !== "."; at = posix.dirname(at)) {
    const isEmptied = await rmdir(join(folder, at)).then(
      () => true,
      () => false,
    );
    if (!isEmptied) return;
  }
}
