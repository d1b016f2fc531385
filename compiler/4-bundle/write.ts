import { lstat, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { OutputFile } from "./files.js";
import { makeFolder } from "./make-folder.js";
import { inStaging } from "./staging.js";

/**
 * Writes files into a folder so that none is ever half-written. Other files in the folder stay as they are.
 * @throws the error of the file system; the files that were there before are then untouched, unless a rename failed.
 */
export async function writeFiles(folder: string, files: readonly OutputFile[]): Promise<void> {
  await makeFolder(folder);
  await inStaging(folder, async (staged) => {
    await stage(staged, folder, files);
    await bring(staged, folder, files);
  });
}

/** Writes files to a staging folder, and sees to it that there is a place for each. */
export async function stage(staged: string, folder: string, files: readonly OutputFile[]): Promise<void> {
  for (const at of new Set(files.map(({ path }) => dirname(path)))) {
    await makeFolder(join(staged, at));
    await makeFolder(join(folder, at));
  }
  for (const { path, text } of files) {
    await writeFile(join(staged, path), text);
    await expectNoFolder(join(folder, path));
  }
}

/**
 * Brings each file from a staging folder to its place by a rename, what lies deepest first: whoever is killed on the way leaves
 * modules that find what they import.
 */
export async function bring(staged: string, folder: string, files: readonly OutputFile[]): Promise<void> {
  for (const { path } of [...files].sort((a, b) => (b.depth ?? 0) - (a.depth ?? 0))) {
    await rename(join(staged, path), join(folder, path));
  }
}

/** Sees to it that no folder is in the place of a file: that would be found out half-way. */
async function expectNoFolder(path: string): Promise<void> {
  const isFolder = await lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) throw Object.assign(new Error(`${path} is a folder`), { code: "EISDIR", dest: path });
}
