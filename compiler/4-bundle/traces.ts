import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { glob } from "tinyglobby";
import { manifestExtension } from "./manifest.js";
import { type Leftover, leftoversIn } from "./staging.js";

/** What an earlier build wrote into a folder, by its own account. */
export interface Trace {
  /** The manifest that says so, by its path from the folder; null: the build was killed on the way. */
  readonly manifest: string | null;
  /** The absolute path of the source; null where it is not said. */
  readonly source: string | null;
  /** The files by their paths from the folder, with the digests of their content. */
  readonly files: ReadonlyMap<string, string>;
}

/** What is known of earlier builds into a folder. */
export interface Traces {
  readonly traces: readonly Trace[];
  /** What is to be cleared away once its trace has been followed. */
  readonly leftovers: readonly Leftover[];
}

/**
 * Reads what is known of earlier builds into a folder. What is not as vedc writes it is taken for somebody else's.
 * @param ignored the manifests that are left out, by their paths from the folder
 */
export async function tracesIn(folder: string, ignored: ReadonlySet<string>): Promise<Traces> {
  const options = { cwd: folder, ignore: ["**/node_modules/**"], expandDirectories: false, followSymbolicLinks: false };
  const manifests = await glob(`**/*${manifestExtension}`, options).catch(() => []);
  const asked = manifests.filter((manifest) => !ignored.has(manifest));
  const read = asked.map(async (manifest) => traceOf(folder, manifest, await readFile(join(folder, manifest), "utf8")));
  const leftovers = await leftoversIn(folder);
  const noted = leftovers.flatMap(({ note }) => parsed(note ?? "") ?? []);
  const interrupted = noted.map((record) => ({ manifest: null, source: null, files: filesIn(record, ".") }));
  return { traces: [...(await Promise.all(read)), ...interrupted], leftovers };
}

function traceOf(folder: string, manifest: string, text: string): Trace {
  const content = parsed(text);
  const at = posix.dirname(manifest);
  const { sourcePath, files } = isObject(content) ? content : {};
  const source = typeof sourcePath === "string" ? join(folder, at, sourcePath) : null;
  return { manifest, source, files: filesIn(files, at) };
}

/** Gives the files of a record, by their paths from the folder; those that vedc does not write, or not there, are left out. */
function filesIn(record: unknown, at: string): ReadonlyMap<string, string> {
  const entries = Object.entries(isObject(record) ? record : {}).flatMap(([name, digest]): [string, string][] => {
    const path = posix.join(at, name);
    const isOurs = /\.(?:js|js\.map|d\.ts|ts)$/.test(path) && !path.startsWith("../") && !posix.isAbsolute(name);
    return isOurs && typeof digest === "string" ? [[path, digest]] : [];
  });
  return new Map(entries);
}

/** Reads JSON; null where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
