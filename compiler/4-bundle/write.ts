import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { OutputFile } from "./bundle.js";

/**
 * Writes files into a folder so that none is ever half-written: all of them to a temporary folder first, then each to its
 * place by a rename. Other files in the folder stay as they are.
 * @throws the error of the file system; the files that were there before are then untouched, unless a rename failed.
 */
export async function writeFiles(folder: string, files: readonly OutputFile[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const staged = await mkdtemp(join(folder, ".vedc-"));
  try {
    for (const { path, text } of files) {
      await mkdir(dirname(join(staged, path)), { recursive: true });
      await writeFile(join(staged, path), text);
    }
    for (const { path } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await rename(join(staged, path), join(folder, path));
    }
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}
