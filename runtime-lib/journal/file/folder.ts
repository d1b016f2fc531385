import { constants } from "node:fs";
import { chmod, mkdir, open, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

// What a journal holds is its owner's business: whatever the umask is, its files are for nobody else, and neither is its folder
// where that holds nothing else.

/** The rights of a file: its owner reads and writes it. */
export const fileRights = 0o600;

const folderRights = 0o700;

/** Every right of everybody but the owner. */
const others = 0o077;

const isOwn = (name: string) => /^(?:journal-\d+(?:\.tmp)?|lock-.*)$/.test(name);

/** Makes the folder of a journal, if it is not there, and takes from others the rights to what is the journal's. */
export async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await chmod(folder, folderRights);
  for (let path = folder; made !== undefined && path.length >= made.length; path = dirname(path)) await syncFolder(dirname(path));
  const names = await readdir(folder);
  if (names.every(isOwn)) await closeToOthers(folder);
  for (const name of names) if (isOwn(name) && name.startsWith("journal-")) await closeFile(join(folder, name));
}

/** Puts on stable storage which files are in a folder. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Says whether others than its owner have any right to a folder. */
export async function isOpenToOthers(folder: string): Promise<boolean> {
  return ((await stat(folder)).mode & others) !== 0;
}

async function closeToOthers(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  // It may belong to somebody else, who shares it by a group: then it stays as it is, and its files are closed all the same.
  if ((mode & others) !== 0) await chmod(folder, mode & 0o7777 & ~others).catch(() => {});
}

/** Takes from others the rights that they may have to a file of before. A link or a pipe of that name is none of a journal's files. */
async function closeFile(path: string): Promise<void> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  await file?.chmod(fileRights).catch(() => {});
  await file?.close();
}
