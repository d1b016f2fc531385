// Files are staged in a folder of their own, below the one that they are to be in: `.vedc-4711-x1y2z3`, with the id of the process.
// One whose process has ended was left behind.
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";

/** What stands in a staging folder beside the files: what may lie about if the process is killed, or a change of the disk fails. */
const recordName = "record.json";

/**
 * Acts with a staging folder, which goes with whatever is left in it; but where something fails once a note was made, the note
 * stays, as it does after a kill.
 * @throws what `act` throws, or the error of the file system
 */
export async function inStaging<T>(folder: string, act: (staged: string) => Promise<T>): Promise<T> {
  const staged = await mkdtemp(join(folder, `.vedc-${process.pid}-`));
  const result = await act(staged).catch(async (error: unknown) => {
    // What cannot be cleared away either goes at the next time: the first error says more.
    await clearFailed(staged).catch(() => {});
    throw error;
  });
  await rm(staged, { recursive: true, force: true });
  return result;
}

/** Removes a staging folder, or all but the note where there is one. */
async function clearFailed(staged: string): Promise<void> {
  const names = await readdir(staged);
  const isNoted = names.includes(recordName);
  const left = isNoted ? names.filter((name) => name !== recordName).map((name) => join(staged, name)) : [staged];
  for (const path of left) await rm(path, { recursive: true, force: true });
}

/** Notes in a staging folder what may lie about from now on: files as they were written at several times. */
export async function note(staged: string, written: readonly ReadonlyMap<string, string>[]): Promise<void> {
  await writeFile(join(staged, recordName), JSON.stringify(written.map((files) => Object.fromEntries(files))));
}

/** What a process left behind that was killed, or failed, while it wrote. */
export interface Leftover {
  /** The absolute path of its staging folder. */
  readonly path: string;
  /** The text of its note; null: it had not come to write it. */
  readonly note: string | null;
}

/** Finds what was left behind in a folder. */
export async function leftoversIn(folder: string): Promise<Leftover[]> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => {
    const [, pid] = /^\.vedc-(\d+)-\w{6}$/.exec(name) ?? [];
    return pid !== undefined && !isOther(Number(pid));
  });
  const found = left.map(async (name) => {
    const path = join(folder, name);
    return { path, note: await readFile(join(path, recordName), "utf8").catch(() => null) };
  });
  return Promise.all(found);
}

/** Removes what was left behind. */
export async function removeLeftovers(leftovers: readonly Leftover[]): Promise<void> {
  for (const { path } of leftovers) await rm(path, { recursive: true, force: true });
}

/** Says whether another process with this id is running; in a container this one may have the id of the one that was killed. */
function isOther(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else's runs as well.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
