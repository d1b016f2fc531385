// The store of the file journal: an append-only log over a disk. What it relies on and what it guarantees:
//
//  1. There is one file at a time that counts: that with the highest number. It comes to be by a rename, complete and on
//     stable storage, so that it is never half there.
//  2. Records that are appended while a write is under way share the next one: one write, one sync.
//  3. A write begins only after the one before it is on stable storage. So a frame that is broken, with a whole one behind it,
//     is damage, and is never cut off.
//  4. After a failed write or sync nothing is written any more: nobody knows what of it is kept.
//  5. A snapshot is written beside the running log; records that come meanwhile go to both. Disk use and the time to recover are
//     bounded by what lives.

import type { SettleRequest } from "../host/journal.js";
import type { Disk, DiskFile } from "./disk.js";
import { JournalError } from "./error.js";
import { frameOf } from "./frame.js";
import { firstLine, lastLine, nameOf, numbersIn, readFile } from "./read.js";
import type { JournalRecord, Store, StoreOwner } from "./store.js";

/** So much may be appended, in bytes, beyond the size of the last snapshot, before a new one is made. */
const defaultAllowance = 8 * 1024 * 1024;

/** So much is not kept waiting for more, in characters. */
const plenty = 12_288;

/** A snapshot is written in pieces of about so many bytes, with a sync after each. */
const pieceLength = 1024 * 1024;

/** Records that are written together, and the promise that they share. */
class Batch {
  lines = "";
  resolve!: () => void;
  reject!: (error: unknown) => void;
  readonly promise = new Promise<void>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

/** An append-only log. */
export class Log implements Store {
  readonly #disk: Disk;
  #unlock: (() => Promise<void>) | null = null;
  #owner: StoreOwner | null = null;
  #epoch = "";
  #number = 0;
  #file: DiskFile | null = null;
  /** What waits for the next write. */
  #batch: Batch | null = null;
  #isWriting = false;
  #failure: { readonly error: unknown } | null = null;
  /** Bytes appended since the snapshot, and how many there may be. */
  #appended = 0;
  #limit: number;
  readonly #allowance: number;
  /** What has been appended since a snapshot was begun; null: none is being made. */
  #copy: string | null = null;
  #compacting: Promise<void> = Promise.resolve();
  /** What is to be done before the next write. */
  #between: (() => Promise<void>)[] = [];

  /** A log on a disk; `allowance` bytes may be appended before a snapshot is made. */
  constructor(disk: Disk, allowance = defaultAllowance) {
    this.#disk = disk;
    this.#allowance = allowance;
    this.#limit = allowance;
  }

  async open(owner: StoreOwner): Promise<string> {
    const unlock = await this.#disk.lock(async (request) => owner.resolve(settleRequest(request)));
    try {
      await this.#recover(owner);
    } catch (error) {
      await this.#file?.close().catch(() => {});
      this.#file = null;
      await unlock();
      throw error;
    }
    this.#unlock = unlock;
    this.#owner = owner;
    return this.#epoch;
  }

  append(record: JournalRecord): Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure.error);
    if (this.#owner === null) return Promise.reject(new JournalError("the journal is closed"));
    if (this.#batch === null) {
      this.#batch = new Batch();
      if (!this.#isWriting) this.#disk.defer(() => void this.#write());
    }
    const batch = this.#batch;
    batch.lines += lineOf(record);
    // While that much is written, what comes next is worked out.
    if (batch.lines.length > plenty && !this.#isWriting) void this.#write();
    return batch.promise;
  }

  async close(): Promise<void> {
    const unlock = this.#unlock;
    if (unlock === null) return;
    this.#owner = null;
    this.#unlock = null;
    // What is appended while something is written waits for the next write.
    do await this.#whenIdle(async () => {});
    while (this.#batch !== null);
    await this.#compacting;
    this.#failure ??= { error: new JournalError("the journal is closed") };
    const file = this.#file;
    this.#file = null;
    try {
      await file?.close();
    } finally {
      await unlock();
    }
  }

  async #recover(owner: StoreOwner): Promise<void> {
    const disk = this.#disk;
    this.#failure = null;
    const names = await disk.list();
    for (const name of names) if (name.endsWith(".tmp")) await disk.remove(name);
    this.#number = numbersIn(names).at(-1) ?? 0;
    if (this.#number === 0) {
      this.#epoch = owner.epoch;
      const file = await disk.create(temporary(1));
      this.#limit = this.#allowance + (await this.#writeSnapshot(file, []));
      return this.#switchTo(file);
    }
    const name = nameOf(this.#number);
    const { header, end, bytes, snapshot, damage } = await readFile(disk, name, (record) => owner.replay(record));
    if (damage !== null) throw new JournalError(`${disk.path}/${name} is damaged at byte ${damage.offset}: ${damage.reason}`);
    this.#epoch = header?.epoch ?? owner.epoch;
    this.#file = await disk.open(name);
    if (end < bytes.length) {
      await this.#file.truncate(end);
      await this.#file.sync();
    }
    this.#appended = end - snapshot;
    this.#limit = snapshot + this.#allowance;
  }

  async #write(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    const batch = this.#batch;
    this.#batch = null;
    if (batch !== null) await this.#writeBatch(batch).catch((error: unknown) => this.#fail(error, batch));
    const tasks = this.#between;
    this.#between = [];
    for (const task of tasks) await task().catch((error: unknown) => this.#fail(error, null));
    this.#isWriting = false;
    if (this.#batch !== null || this.#between.length > 0) this.#disk.defer(() => void this.#write());
  }

  async #writeBatch(batch: Batch): Promise<void> {
    if (this.#failure !== null) throw this.#failure.error;
    const frame = frameOf(batch.lines);
    this.#file?.write(frame);
    await this.#file?.sync();
    batch.resolve();
    this.#appended += frame.length;
    if (this.#copy !== null) this.#copy += batch.lines;
    else if (this.#appended > this.#limit && this.#owner !== null) {
      // Between two writes at most one batch waits. The snapshot holds it already; it is kept whole or not at all.
      this.#copy = "";
      this.#compacting = this.#compact(this.#owner.snapshot());
    }
  }

  #fail(error: unknown, batch: Batch | null): void {
    this.#failure ??= { error };
    batch?.reject(error);
    this.#batch?.reject(error);
    this.#batch = null;
  }

  /** Does something while nothing is being written. If it fails, so does the log. */
  #whenIdle(task: () => Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      this.#between.push(() => task().finally(resolve));
      if (!this.#isWriting) this.#disk.defer(() => void this.#write());
    });
  }

  /** Makes a new file that begins with a snapshot, and goes on in it. While that cannot be, the log goes on as it is. */
  async #compact(records: Iterable<JournalRecord>): Promise<void> {
    this.#limit = this.#appended + this.#allowance;
    const name = temporary(this.#number + 1);
    // What is to be closed in the end: the new file, as long as it does not count, and then the old one.
    let file: DiskFile | null = null;
    try {
      const next = await this.#disk.create(name);
      file = next;
      const length = await this.#writeSnapshot(next, records);
      await this.#whenIdle(async () => {
        if (this.#owner === null || this.#failure !== null) return;
        const appended = await this.#catchUp(next);
        if (appended === null) return;
        const old = this.#file;
        await this.#switchTo(next);
        file = old;
        this.#appended = appended;
        this.#limit = length + this.#allowance;
      });
      // The file before is kept for its history, and none that is older. That it is not there is what is wanted.
      if (file !== next) await this.#disk.remove(nameOf(this.#number - 2)).catch(() => {});
    } catch {
      // It is tried again when the log has grown; what is left of it is removed when the journal is opened.
    }
    this.#copy = null;
    await file?.close().catch(() => {});
  }

  /** Writes behind a snapshot what has been appended meanwhile. Gives its length in bytes; null where it cannot be written. */
  async #catchUp(file: DiskFile): Promise<number | null> {
    const frame = frameOf(this.#copy ?? "");
    const { length } = frame;
    try {
      file.write(frame);
      await file.sync();
    } catch {
      return null;
    }
    return length;
  }

  /** Writes a snapshot to a file that does not count yet. Gives its length in bytes. */
  async #writeSnapshot(file: DiskFile, records: Iterable<JournalRecord>): Promise<number> {
    let length = 0;
    let lines = firstLine(this.#epoch);
    const write = async () => {
      const frame = frameOf(lines);
      lines = "";
      length += frame.length;
      file.write(frame);
      await file.sync();
    };
    for (const record of records) {
      lines += lineOf(record);
      if (lines.length > pieceLength) await write();
    }
    lines += lastLine;
    await write();
    return length;
  }

  /** Makes another file the one that counts. */
  async #switchTo(file: DiskFile): Promise<void> {
    const number = this.#number + 1;
    await this.#disk.rename(temporary(number), nameOf(number));
    await this.#disk.syncFolder();
    this.#file = file;
    this.#number = number;
  }
}

function temporary(number: number): string {
  return `${nameOf(number)}.tmp`;
}

function lineOf(record: JournalRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** Reads a request that came from another process. @throws JournalError where it is none */
function settleRequest(request: unknown): SettleRequest {
  const { key, happened, by, why, value } = Object(request) as Partial<Record<keyof SettleRequest, unknown>>;
  const isOne = typeof key === "string" && typeof happened === "boolean" && typeof by === "string" && typeof why === "string";
  if (!isOne) throw new JournalError("this is no request that a journal knows");
  const said = { key, happened, by, why };
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? { ...said, value } : said;
}
