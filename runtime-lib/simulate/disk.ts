import type { Disk, DiskFile } from "../journal/disk.js";
import type { Choices } from "./choices.js";

/** A file's bytes: all that was written, of which the first so many are on stable storage. */
interface Inode {
  bytes: Uint8Array;
  length: number;
  synced: number;
}

type Folder = ReadonlyMap<string, Inode>;

/** An operation under way: done when the simulation says so. */
interface Operation {
  readonly name: string;
  run(): void;
  fail(error: Error): void;
}

/** What goes wrong with an operation, by its name; null: nothing. */
export type DiskFault = (operation: string) => Error | null;

/** Makes an error as the file system does. */
export function diskError(code: string, operation: string): Error {
  return Object.assign(new Error(`${code}: ${operation}`), { code });
}

/**
 * A folder on a disk that keeps what was synced, and of the rest, at a crash, what it likes: some of it, torn anywhere, or with
 * holes. Operations wait until `step` performs them; writes reach the disk's cache at once.
 */
export class SimulatedDisk implements Disk {
  readonly path = "journal";
  /** Asked before each operation. */
  fault: DiskFault = () => null;
  #folder: Folder = new Map();
  /** The folder as it may look after a crash: as it was last synced, or as after one of the operations since. */
  #candidates: Folder[] = [this.#folder];
  #operations: Operation[] = [];
  #isLocked = false;

  /** What is under way, the next first. */
  get pending(): readonly { readonly name: string }[] {
    return this.#operations;
  }

  /** Performs the operation that is next. */
  step(): void {
    const next = this.#operations.shift();
    if (next === undefined) return;
    const error = next.name === "defer" ? null : this.fault(next.name);
    if (error === null) next.run();
    else next.fail(error);
  }

  /** Stops everything. What was not on stable storage is there, in part or not at all. */
  crash(choices: Choices): void {
    this.#operations = [];
    this.#isLocked = false;
    const folder = choices.of(this.#candidates);
    for (const inode of new Set([...folder.values(), ...this.#folder.values()])) tear(inode, choices);
    this.#folder = folder;
    this.#candidates = [folder];
  }

  /** Gives the bytes of a file as they are now, for tests that damage them. */
  bytesOf(name: string): Uint8Array {
    const inode = this.#folder.get(name);
    return inode === undefined ? new Uint8Array() : inode.bytes.subarray(0, inode.length);
  }

  /** Cuts a file, as an operator might, or a disk that lies. */
  cut(name: string, length: number): void {
    const inode = this.#folder.get(name);
    if (inode !== undefined) [inode.length, inode.synced] = [length, Math.min(inode.synced, length)];
  }

  list(): Promise<string[]> {
    return this.#do("list", () => [...this.#folder.keys()]);
  }

  read(name: string): Promise<Uint8Array> {
    return this.#do("read", () => this.bytesOf(name).slice());
  }

  create(name: string): Promise<DiskFile> {
    return this.#do("create", () => {
      const inode = { bytes: new Uint8Array(1024), length: 0, synced: 0 };
      this.#change([...this.#folder, [name, inode]]);
      return this.#fileOf(inode);
    });
  }

  open(name: string): Promise<DiskFile> {
    return this.#do("open", () => {
      const inode = this.#folder.get(name);
      if (inode === undefined) throw diskError("ENOENT", "open");
      return this.#fileOf(inode);
    });
  }

  rename(from: string, to: string): Promise<void> {
    return this.#do("rename", () => {
      const inode = this.#folder.get(from);
      if (inode === undefined) throw diskError("ENOENT", "rename");
      this.#change([...[...this.#folder].filter(([name]) => name !== from && name !== to), [to, inode]]);
    });
  }

  remove(name: string): Promise<void> {
    return this.#do("remove", () => {
      if (!this.#folder.has(name)) throw diskError("ENOENT", "remove");
      this.#change([...this.#folder].filter(([other]) => other !== name));
    });
  }

  syncFolder(): Promise<void> {
    return this.#do("sync folder", () => {
      this.#candidates = [this.#folder];
    });
  }

  async lock(): Promise<() => Promise<void>> {
    if (this.#isLocked) throw new Error(`${this.path} is in use: another host has it open`);
    this.#isLocked = true;
    return async () => {
      this.#isLocked = false;
    };
  }

  defer(task: () => void): void {
    this.#operations.push({ name: "defer", run: task, fail: task });
  }

  #fileOf(inode: Inode): DiskFile {
    return {
      write: (bytes) => {
        const error = this.fault("write");
        // What fails may have done a part of its work.
        write(inode, error === null ? bytes : bytes.subarray(0, bytes.length >> 1));
        if (error !== null) throw error;
      },
      sync: () =>
        this.#do("sync", () => {
          inode.synced = inode.length;
        }),
      truncate: (length) =>
        this.#do("truncate", () => {
          inode.length = length;
          inode.synced = Math.min(inode.synced, length);
        }),
      close: () => Promise.resolve(),
    };
  }

  #change(entries: readonly (readonly [string, Inode])[]): void {
    this.#folder = new Map(entries);
    this.#candidates.push(this.#folder);
  }

  #do<T>(name: string, perform: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => {
        try {
          resolve(perform());
        } catch (error) {
          reject(error);
        }
      };
      this.#operations.push({ name, run, fail: reject });
    });
  }
}

function write(inode: Inode, bytes: Uint8Array): void {
  const length = inode.length + bytes.length;
  if (length > inode.bytes.length) {
    const larger = new Uint8Array(length * 2);
    larger.set(inode.bytes.subarray(0, inode.length));
    inode.bytes = larger;
  }
  inode.bytes.set(bytes, inode.length);
  inode.length = length;
}

/** Tears what was not synced: it is lost from some byte on; or it is there up to its length, but for a hole. */
function tear(inode: Inode, choices: Choices): void {
  const loose = inode.length - inode.synced;
  if (loose === 0) return;
  const [kept, end] = [choices.below(loose + 1), choices.below(loose + 1)];
  if (choices.percent(70)) inode.length = inode.synced + kept;
  else inode.bytes.fill(0, inode.synced + Math.min(kept, end), inode.synced + Math.max(kept, end));
  inode.synced = inode.length;
}
