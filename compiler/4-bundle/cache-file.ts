// The cache of an output folder: `.vedc-cache/build.json` in it. Nobody has to keep it: one that is not there, or is not as this vedc
// wrote it, is as good as an empty one.
import { lstat, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { Cache } from "./cache.js";
import { contentOf } from "./content.js";
import { digestOf } from "./digest.js";
import { packageFingerprint } from "./package-root.js";
import { inStaging } from "./staging.js";

/** The folder of the cache, in an output folder. It begins with a dot, so that nobody looks for sources or modules there. */
export const cacheFolder = ".vedc-cache";

const fileName = "build.json";

/** Reads the cache of an output folder. */
export function readCache(folder: string): Cache {
  const text = contentOf(join(folder, cacheFolder, fileName))?.toString("utf8") ?? "";
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  const head = headOf(body);
  if (head === null || text.slice(0, end) !== head) return new Cache();
  // The digest says that `writeCache` of this very vedc wrote it.
  return new Cache(new Map(JSON.parse(body) as [string, unknown][]));
}

/** Writes the cache of an output folder, which only its owner can read. Where it cannot be written, the next build is a whole one. */
export async function writeCache(folder: string, cache: Cache): Promise<void> {
  const body = JSON.stringify(cache.entries());
  const head = headOf(body);
  if (head === null) return;
  const text = `${head}\n${body}`;
  const own = join(folder, cacheFolder);
  if (contentOf(join(own, fileName))?.toString("utf8") === text) return;
  try {
    await inStaging(folder, async (staged) => {
      await makeOwnFolder(own);
      await writeFile(join(staged, fileName), text, { mode: 0o600 });
      await rename(join(staged, fileName), join(own, fileName));
    });
  } catch {
    // What was built is in its place.
  }
}

/**
 * Makes the folder of the cache, which neither git nor npm takes for a part of the project.
 * @throws the error of the file system, or where something else is in its place
 */
async function makeOwnFolder(path: string): Promise<void> {
  const whereThere = (error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  };
  await mkdir(path, { mode: 0o700 }).catch(whereThere);
  if (!(await lstat(path)).isDirectory()) throw new Error(`${path} is no folder`);
  await writeFile(join(path, ".gitignore"), "*\n", { flag: "wx", mode: 0o600 }).catch(whereThere);
}

/** Gives the first line of a cache: which vedc wrote it, on which Node, and the digest of the rest; null where that cannot be told. */
function headOf(body: string): string | null {
  const fingerprint = packageFingerprint();
  return fingerprint === null ? null : `vedc ${fingerprint} node ${process.version} ${digestOf(body)}`;
}
