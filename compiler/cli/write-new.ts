import { mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { OutputFile } from "../4-bundle/bundle.js";

/**
 * Writes files where none are: what is there stays as it is, whoever put it there meanwhile. Where one cannot be written, those that
 * were are taken back.
 * @throws the error of the file system; EEXIST for a file that is there
 */
export async function writeNew(folder: string, files: readonly OutputFile[]): Promise<void> {
  const written: string[] = [];
  const made: string[] = [];
  try {
    for (const { path, text } of files) {
      const place = join(folder, path);
      made.push(...(await makeFolder(dirname(place))));
      await writeFile(place, text, { flag: "wx" });
      written.push(place);
    }
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    // A folder in which somebody else has put something stays.
    for (const path of made.reverse()) await rmdir(path).catch(() => undefined);
    throw error;
  }
}

/**
 * Makes a folder with those above it, and gives those that were not there, the ones above first. (`mkdir` of Node never ends where
 * nothing can be made in a folder that is there, as in /proc.)
 */
async function makeFolder(path: string): Promise<string[]> {
  const code = await mkdir(path).then(
    () => null,
    (error: NodeJS.ErrnoException) => (error.code === "EEXIST" || error.code === "ENOENT" ? error.code : Promise.reject(error)),
  );
  if (code === null) return [path];
  if (code === "EEXIST") return [];
  const above = await makeFolder(dirname(path));
  await mkdir(path);
  return [...above, path];
}
