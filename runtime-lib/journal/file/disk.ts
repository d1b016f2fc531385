import { constants, fdatasync, writeSync } from "node:fs";
import { open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Disk, DiskFile } from "../disk.js";
import { fileRights, makeFolder, syncFolder } from "./folder.js";
import { lockFolder } from "./lock.js";

/** Opens a folder on the machine's disk. */
export function fileDisk(folder: string): Disk {
  const at = (name: string) => join(folder, name);
  return {
    path: folder,
    list: () => readdir(folder),
    read: (name) => readFile(at(name)),
    create: (name) => openFile(at(name), constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC),
    open: (name) => openFile(at(name), constants.O_RDWR),
    rename: (from, to) => rename(at(from), at(to)),
    remove: (name) => rm(at(name)),
    syncFolder: () => syncFolder(folder),
    async lock(serve) {
      await makeFolder(folder);
      return lockFolder(folder, serve);
    },
    // After all that is under way: whoever is told of one write and appends at once gets into the next one together.
    defer: (task) => void setImmediate(task),
  };
}

const sync = promisify(fdatasync);

/** So many zero bytes are written ahead: a sync is a third faster where it need not make the file longer. */
const ahead = new Uint8Array(256 * 1024);

async function openFile(path: string, flags: number): Promise<DiskFile> {
  // A link that somebody has laid under its name would lead to another file.
  const file = await open(path, flags | constants.O_NOFOLLOW, fileRights);
  await file.chmod(fileRights).catch(() => {});
  let { size: end } = await file.stat();
  let room = end;
  const writeAt = (bytes: Uint8Array, position: number) => {
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(file.fd, bytes, written, bytes.length - written, position + written);
    }
  };
  return {
    write(bytes) {
      for (; room < end + bytes.length; room += ahead.length) writeAt(ahead, room);
      writeAt(bytes, end);
      end += bytes.length;
    },
    sync: () => sync(file.fd),
    async truncate(length) {
      await file.truncate(length);
      end = length;
      room = length;
    },
    async close() {
      if (room > end) await file.truncate(end);
      await file.close();
    },
  };
}
