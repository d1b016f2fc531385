import { access, chmod, constants, mkdtemp, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Puts a text in the place of what a file holds, so that nobody ever finds half of it: in a folder of its own beside it first,
 * then by a rename. Links and permissions stay as they are.
 * @throws the error of the file system; the file is then as it was
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path);
  // A rename asks for nothing but the folder's permission.
  await access(target, constants.W_OK);
  const { mode } = await stat(target);
  const folder = await mkdtemp(join(dirname(target), ".vedc-"));
  try {
    const staged = join(folder, basename(target));
    await writeFile(staged, text);
    await chmod(staged, mode & 0o7777);
    await rename(staged, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
