import { describe, expect, it } from "vitest";
import { Choices } from "../simulate/choices.js";
import { diskError, SimulatedDisk } from "../simulate/disk.js";
import { quiet } from "../testing/clock.js";
import { pump, recordOf } from "../testing/log.js";
import { Log } from "./log.js";
import type { JournalRecord } from "./store.js";

/** An owner of one instance, whose latest record is its snapshot. */
function ownerOf(replayed: JournalRecord[]) {
  return {
    epoch: "e",
    replay: (record: JournalRecord) => void replayed.push(record),
    snapshot: () => replayed.slice(-1).map((record) => ({ ...record, input: { type: "snapshot" as const, now: 0 } })),
    resolve: async () => {},
  };
}

async function open(disk: SimulatedDisk, allowance?: number) {
  const records: JournalRecord[] = [];
  const log = new Log(disk, allowance);
  await pump(disk, log.open(ownerOf(records)));
  const append = (n: number) => {
    records.push(recordOf(n));
    return log.append(recordOf(n));
  };
  return { log, records, append };
}

/** Performs all that the disk has to do. */
async function drain(disk: SimulatedDisk): Promise<void> {
  await quiet();
  while (disk.pending.length > 0) {
    disk.step();
    await quiet();
  }
}

const numbers = (records: readonly JournalRecord[]) => records.map(({ changes }) => changes.state.n);

describe("group commit", () => {
  it("puts all that waits into one write and one sync, and answers together", async () => {
    const disk = new SimulatedDisk();
    const { append } = await open(disk);
    const done: string[] = [];
    disk.fault = (operation) => {
      done.push(operation);
      return null;
    };
    const first = append(1);
    disk.step();
    const [second, third] = [append(2), append(3)];
    expect(second).toBe(third);
    await pump(disk, Promise.all([first, second, third]));
    expect(done).toEqual(["write", "sync", "write", "sync"]);
  });

  it("acknowledges nothing before the sync", async () => {
    const disk = new SimulatedDisk();
    const { append } = await open(disk);
    let isKept = false;
    void append(1).then(() => {
      isKept = true;
    });
    disk.step();
    await quiet();
    expect([isKept, disk.pending.map(({ name }) => name)]).toEqual([false, ["sync"]]);
    await drain(disk);
    expect(isKept).toBe(true);
  });
});

describe("a failed write or sync", () => {
  it.each(["write", "sync"])(
    "(%s) fails what is under way and all that comes after, and nothing is tried again",
    async (operation) => {
      const disk = new SimulatedDisk();
      const { log, append } = await open(disk);
      disk.fault = (name) => (name === operation ? diskError("EIO", name) : null);
      const first = append(1);
      disk.step();
      const second = append(2);
      const answers = pump(disk, Promise.allSettled([first, second]));
      expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
      const operations: string[] = [];
      disk.fault = (name) => {
        operations.push(name);
        return null;
      };
      await expect(append(3)).rejects.toMatchObject({ code: "EIO" });
      await drain(disk);
      expect(operations).toEqual([]);
      await pump(disk, log.close());
    },
  );
});

describe("snapshots", () => {
  it("bound the disk by what lives, and keep the file before for its history", async () => {
    const disk = new SimulatedDisk();
    const { log, append } = await open(disk, 2000);
    for (let n = 0; n < 300; n += 1) await pump(disk, append(n));
    await drain(disk);
    const names = await pump(disk, disk.list());
    const number = Number(names[0]?.split("-")[1]);
    expect(names).toEqual([`journal-${number}`, `journal-${number + 1}`]);
    expect(number).toBeGreaterThan(5);
    for (const name of names) expect(disk.bytesOf(name).length).toBeLessThan(4000);
    await pump(disk, log.close());
    const again = await open(disk, 2000);
    expect(numbers(again.records).at(-1)).toBe(299);
    expect(again.records.length).toBeLessThan(30);
  });

  it("that fail leave the log as it is, and are made anew later", async () => {
    const disk = new SimulatedDisk();
    const { log, append } = await open(disk, 500);
    let syncs = 0;
    // The snapshot's first sync fails, and no write of the log.
    disk.fault = (name) =>
      name === "sync" && disk.bytesOf("journal-2.tmp").length > 0 && syncs++ === 0 ? diskError("ENOSPC", name) : null;
    for (let n = 0; n < 40; n += 1) await pump(disk, append(n));
    await drain(disk);
    expect(syncs).toBeGreaterThan(0);
    await pump(disk, log.close());
    const again = await open(disk);
    expect(numbers(again.records).at(-1)).toBe(39);
    expect((await pump(disk, disk.list())).length).toBe(2);
  });

  it("do not outlast a log that is closed while they are made", async () => {
    const disk = new SimulatedDisk();
    const { log, append } = await open(disk, 500);
    for (let n = 0; disk.pending.length === 0; n += 1) await pump(disk, append(n));
    await pump(disk, log.close());
    expect(disk.pending).toEqual([]);
    await open(disk);
    expect((await pump(disk, disk.list())).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe("a log", () => {
  it("is taken by one owner at a time, and may be opened again once it is closed", async () => {
    const disk = new SimulatedDisk();
    const { log, append } = await open(disk);
    await expect(open(disk)).rejects.toThrow("journal is in use: another host has it open");
    await pump(disk, append(1));
    await pump(disk, log.close());
    await expect(append(2)).rejects.toThrow("the journal is closed");
    expect(numbers((await open(disk)).records)).toEqual([1]);
  });

  it("lets go of the lock when it cannot be opened", async () => {
    const disk = new SimulatedDisk();
    disk.fault = (name) => (name === "create" ? diskError("ENOSPC", name) : null);
    await expect(open(disk)).rejects.toMatchObject({ code: "ENOSPC" });
    disk.fault = () => null;
    await open(disk);
  });

  it("keeps the epoch that it was created with", async () => {
    const disk = new SimulatedDisk();
    await pump(disk, (await open(disk)).log.close());
    disk.crash(new Choices(1));
    const log = new Log(disk);
    expect(await pump(disk, log.open({ ...ownerOf([]), epoch: "another" }))).toBe("e");
  });
});
