// What V8 makes of scripts is kept between calls of the command: to compile the ten megabytes of TypeScript takes longer than to check a
// program. Node does it for all scripts from 22.1 on; before, it is done here for the one that takes the longest.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { Script } from "node:vm";

/** A script as V8 compiles it. */
interface Compiled {
  readonly script: Script;
  /** The file that holds what V8 made of it, or will. */
  readonly file: string;
}

/** What Node has for it; the types are those of Node 20. */
const { enableCompileCache } = module as { readonly enableCompileCache?: (folder: string) => unknown };

/** Has Node keep what V8 makes of all scripts that are loaded from now on. */
export function keepCompiled(folder = usualFolder()): void {
  if (folder !== null && isOwn(folder)) enableCompileCache?.(folder);
}

/**
 * Loads a CommonJS library by `require`, and its largest script by what V8 made of it for an earlier process: that is kept when this one
 * ends.
 * @param largest the largest script, as the library calls it @param folder where to keep it; null: nowhere
 * @throws what `require` throws
 */
export function requireCompiled(library: string, largest: string, folder = usualFolder()): unknown {
  const require = createRequire(import.meta.url);
  if (enableCompileCache === undefined && folder !== null) {
    loadCompiled(createRequire(require.resolve(library)).resolve(largest), folder);
  }
  return require(library);
}

/** Where a user's caches are; null: this user has none. */
function usualFolder(): string | null {
  const { XDG_CACHE_HOME, NODE_DISABLE_COMPILE_CACHE } = process.env;
  if (NODE_DISABLE_COMPILE_CACHE) return null;
  try {
    return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "vedc");
  } catch {
    return null;
  }
}

/** Loads a script, so that `require` finds it loaded. */
function loadCompiled(path: string, folder: string): void {
  const { cache } = createRequire(path);
  if (cache[path] !== undefined || !isOwn(folder)) return;
  const loaded = new module.Module(path);
  const { script, file } = compiled(path, folder);
  loaded.filename = path;
  loaded.paths = [];
  cache[path] = loaded;
  try {
    script.runInThisContext()(loaded.exports, createRequire(path), loaded, path, dirname(path));
    loaded.loaded = true;
  } catch (error) {
    delete cache[path];
    throw error;
  }
  if (script.cachedDataRejected !== false) process.once("exit", () => keep(file, script.createCachedData()));
}

function compiled(path: string, folder: string): Compiled {
  const source = readFileSync(path);
  const file = join(
    folder,
    `${createHash("sha256").update(source).update(process.version).update(process.arch).digest("hex")}.v8`,
  );
  const cachedData = readKept(file);
  const script = new Script(module.Module.wrap(source.toString("utf8")), {
    filename: path,
    ...(cachedData === null ? {} : { cachedData }),
  });
  return { script, file };
}

const digestLength = 32;

/** Reads what was kept; null where nothing was, or not as it was written. */
function readKept(file: string): Buffer | null {
  try {
    const bytes = readFileSync(file);
    const data = bytes.subarray(digestLength);
    return digestOf(data).equals(bytes.subarray(0, digestLength)) ? data : null;
  } catch {
    return null;
  }
}

/** Keeps it, whole or not at all. */
function keep(file: string, data: Buffer): void {
  const staged = `${file}.${randomUUID()}`;
  try {
    writeFileSync(staged, Buffer.concat([digestOf(data), data]), { mode: 0o600, flag: "wx" });
    renameSync(staged, file);
  } catch {
    // The next process compiles it again.
    rmSync(staged, { force: true });
  }
}

function digestOf(data: Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

/** Makes a folder where there is none, and says whether nobody else writes to it: what lies in it is run. */
function isOwn(folder: string): boolean {
  try {
    for (const each of [dirname(folder), folder]) {
      // A home that is not there is not made.
      if (!existsSync(each)) mkdirSync(each, { mode: 0o700 });
    }
    const status = lstatSync(folder);
    return status.isDirectory() && status.uid === process.getuid?.() && (status.mode & 0o022) === 0;
  } catch {
    return false;
  }
}
