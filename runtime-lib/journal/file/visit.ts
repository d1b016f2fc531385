// Looking into a journal from outside, also while a host has it open.
import { readdir, readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { SettleRequest } from "../../host/journal.js";
import { keyOf } from "../../kernel/instance.js";
import { JournalError } from "../error.js";
import { fold, type Images, imageName, type Kept } from "../images.js";
import { Log } from "../log.js";
import { type Damage, nameOf, numbersIn, readFile as readLog } from "../read.js";
import type { JournalRecord } from "../store.js";
import { fileDisk } from "./disk.js";
import { connectTo, isAlive, locksIn } from "./lock.js";

/** What a journal's folder holds. */
export interface Visit {
  readonly folder: string;
  /** The file that counts, and its size in bytes. */
  readonly file: string;
  readonly length: number;
  readonly epoch: string;
  /** Bytes at its end that are not a whole write: one is under way, or was cut off by a crash. */
  readonly torn: number;
  readonly damage: Damage | null;
  /** Whether a host has it open. */
  readonly isOpen: boolean;
  /** The instances by name (`Domain/key`), up to the damage. */
  readonly images: ReadonlyMap<string, Kept>;
  /** All records that are kept, in order: those of the file before come first. */
  readonly records: readonly JournalRecord[];
}

/**
 * Another look is taken so often: a file may be gone before it could be read, because the host has made a newer one; and what
 * was read in pieces while it grew may look damaged.
 */
const maxTries = 10;

/** Reads a journal without changing anything. @throws JournalError where there is none; the error of the file system */
export async function visit(folder: string): Promise<Visit> {
  let damaged = -1;
  for (let tries = 1; ; tries += 1) {
    try {
      const found = await read(folder);
      const { damage, isOpen } = found;
      // Damage is still there the next time.
      if (damage === null || !isOpen || damage.offset === damaged || tries === maxTries) return found;
      damaged = damage.offset;
    } catch (error) {
      if (!isMissing(error) || tries === maxTries || !(await exists(folder))) throw error;
    }
  }
}

async function read(folder: string): Promise<Visit> {
  const disk = { read: (name: string) => readFile(join(folder, name)) };
  const numbers = numbersIn(await readdir(folder));
  const number = numbers.at(-1);
  if (number === undefined) throw new JournalError(`there is no journal in ${folder}`);
  const records: JournalRecord[] = [];
  // What the file before says of the time before; that it is damaged matters to nobody.
  if (numbers.includes(number - 1)) await readLog(disk, nameOf(number - 1), (record) => records.push(record)).catch(() => {});
  const hasPast = records.length > 0;
  const images: Images = new Map();
  const content = await readLog(disk, nameOf(number), (record) => {
    fold(images, record);
    if (!hasPast || record.input.type !== "snapshot") records.push(record);
  });
  const { header, bytes, end, damage } = content;
  const about = { folder, file: nameOf(number), length: end, epoch: header?.epoch ?? "" };
  return {
    ...about,
    torn: damage === null ? withoutZeros(bytes) - end : 0,
    damage,
    isOpen: await isInUse(folder),
    images,
    records,
  };
}

/** Gives the length of what is written, in bytes: zeros at the end are room for what comes. */
function withoutZeros(bytes: Uint8Array): number {
  let length = bytes.length;
  while (bytes[length - 1] === 0) length -= 1;
  return length;
}

async function isInUse(folder: string): Promise<boolean> {
  for (const name of await locksIn(folder)) if (await isAlive(folder, name)) return true;
  return false;
}

/**
 * Settles an intent: through the host that has the journal open, or, where none has, by a note that the next one finds.
 * @throws JournalError where no pending intent has the key, or the journal cannot be opened.
 */
export async function settle(folder: string, request: Omit<SettleRequest, "by"> & { readonly by?: string }): Promise<void> {
  const complete = { ...request, by: request.by ?? userName() };
  const { damage } = await visit(folder);
  if (damage !== null) throw new JournalError(`${folder}/${damage.file} is damaged at byte ${damage.offset}: ${damage.reason}`);
  for (const name of await locksIn(folder)) if (await isAlive(folder, name)) return ask(folder, name, complete);
  return note(folder, complete);
}

/** Says who runs this; in a container the user may have a number only. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? "unknown"}`;
  }
}

/** Has the owner of a lock settle an intent. */
async function ask(folder: string, name: string, request: SettleRequest): Promise<void> {
  const socket = await connectTo(folder, name);
  socket.write(`${JSON.stringify(request)}\n`);
  let text = "";
  for await (const data of socket.setEncoding("utf8")) text += data;
  const { error } = JSON.parse(text || '{"error":"the host went away before it answered"}') as { readonly error?: string };
  if (error !== undefined) throw new JournalError(error);
}

/** Leaves a note of a settlement in a journal that nobody has open. */
async function note(folder: string, { key, ...said }: SettleRequest): Promise<void> {
  const log = new Log(fileDisk(folder));
  const images: Images = new Map();
  const epoch = await log.open({
    epoch: "",
    replay: (record) => fold(images, record),
    snapshot: () =>
      [...images.values()].map(({ domain, key: instance, image }) => ({
        domain,
        key: instance,
        input: { type: "snapshot", now: Date.now() },
        changes: image,
      })),
    resolve: async () => {},
  });
  try {
    const found = pendingIn(images, epoch).find((pending) => pending.key === key);
    if (found === undefined) throw new JournalError(`no pending intent has the key ${key}`);
    const { domain, instance, activation, intent } = found;
    const settlement = { activation, intent, ...said };
    const earlier = images.get(imageName(domain, instance))?.image.settlements ?? [];
    const changes = { state: {}, settlements: [...earlier, settlement] };
    const record: JournalRecord = { domain, key: instance, input: { type: "settled", now: Date.now(), ...settlement }, changes };
    fold(images, record);
    await log.append(record);
  } finally {
    await log.close();
  }
}

/** An intent whose outcome is open. */
export interface Pending {
  /** Its idempotency key. */
  readonly key: string;
  readonly domain: string;
  readonly instance: string;
  readonly activation: number;
  readonly intent: number;
}

/** Gives the intents of a journal whose outcome is open. */
export function pendingIn(images: ReadonlyMap<string, Kept>, epoch: string): Pending[] {
  return [...images.values()].flatMap(({ domain, key: instance, image: { activations = [] } }) =>
    activations.map(({ number: activation, next: intent = 0 }) => {
      return { key: keyOf(domain, instance, epoch, activation, intent), domain, instance, activation, intent };
    }),
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

async function exists(folder: string): Promise<boolean> {
  return readdir(folder).then(
    () => true,
    () => false,
  );
}
