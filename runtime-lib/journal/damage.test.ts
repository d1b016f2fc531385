// What the log makes of a disk that tears, flips and fails: at every byte, and at every operation.
import { describe, expect, it } from "vitest";
import { Choices } from "../simulate/choices.js";
import { diskError, SimulatedDisk } from "../simulate/disk.js";
import { pump, recordOf } from "../testing/log.js";
import { frameOf } from "./frame.js";
import { Log } from "./log.js";
import type { JournalRecord, StoreOwner } from "./store.js";

/** Opens a log; what it replays is in `replayed`. */
async function open(disk: SimulatedDisk, log = new Log(disk)) {
  const replayed: JournalRecord[] = [];
  const owner: StoreOwner = {
    epoch: "e",
    replay: (record) => replayed.push(record),
    snapshot: () => replayed.map((record) => ({ ...record, input: { type: "snapshot", now: 0 } })),
    resolve: async () => {},
  };
  await pump(disk, log.open(owner));
  return { log, replayed };
}

/** A disk with a journal of so many writes, two records in each. */
async function written(writes: number): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk();
  const { log } = await open(disk);
  for (let write = 0; write < writes; write += 1) {
    const both = [log.append(recordOf(2 * write)), log.append(recordOf(2 * write + 1))];
    await pump(disk, Promise.all(both));
  }
  await pump(disk, log.close());
  return disk;
}

const numbers = (records: readonly JournalRecord[]) => records.map(({ changes }) => changes.state.n);

describe("a journal whose end is missing", () => {
  it("comes back up to its last whole write, wherever it is cut", async () => {
    const length = (await written(3)).bytesOf("journal-1").length;
    const ends: number[] = [];
    let refused = 0;
    for (let cut = 0; cut <= length; cut += 1) {
      const disk = await written(3);
      disk.cut("journal-1", cut);
      const result = await open(disk).catch((error: Error) => error);
      if (result instanceof Error) {
        // Its head was on stable storage before it had its name: that it is missing is damage.
        expect(result.message).toBe("journal/journal-1 is damaged at byte 0: what is written there does not match its checksum");
        expect(ends).toEqual([]);
        refused += 1;
        continue;
      }
      ends.push(result.replayed.length);
      expect(numbers(result.replayed)).toEqual(Array.from({ length: result.replayed.length }, (_, index) => index));
      // It goes on behind what is whole, and that is there the next time.
      await pump(disk, result.log.append(recordOf(100)));
      await pump(disk, result.log.close());
      expect(numbers((await open(disk)).replayed)).toEqual([...numbers(result.replayed), 100]);
    }
    expect(refused).toBeGreaterThan(20);
    expect(new Set(ends)).toEqual(new Set([0, 2, 4, 6]));
  });
});

describe("a journal with a flipped bit", () => {
  it("is refused with file and offset where anything whole comes after it, and never guessed", async () => {
    const length = (await written(3)).bytesOf("journal-1").length;
    const offsets = new Set<number>();
    for (let at = 0; at < length; at += 1) {
      const disk = await written(3);
      const byte = disk.bytesOf("journal-1");
      byte[at] = (byte[at] ?? 0) ^ (1 << (at % 8));
      const result = await open(disk).catch((error: Error) => error);
      if (result instanceof Error) {
        const offset = Number(/^journal\/journal-1 is damaged at byte (\d+): /.exec(result.message)?.[1]);
        expect(offset).toBeLessThanOrEqual(at);
        offsets.add(offset);
      } else expect(numbers(result.replayed)).toEqual([0, 1, 2, 3]);
    }
    // The head and two of three writes; a broken last write cannot be told from one that a crash has torn.
    expect(offsets.size).toBe(3);
  });

  it("says so of a format that it does not know", async () => {
    const disk = new SimulatedDisk();
    const file = await pump(disk, disk.create("journal-7"));
    file.write(frameOf('{"format":2,"epoch":"e","more":true}\n'));
    await expect(open(disk)).rejects.toThrow("its format is 2, and this program reads format 1");
  });
});

describe("a disk that fails", () => {
  /** Runs a life of a journal in which the n-th operation fails, and gives what was acknowledged. */
  async function liveWith(disk: SimulatedDisk, failing: number, code: string, allowance: number | undefined) {
    let operations = 0;
    disk.fault = (operation) => (operations++ === failing ? diskError(code, operation) : null);
    const acknowledged: number[] = [];
    let isRefused = false;
    try {
      const { log, replayed } = await open(disk, new Log(disk, allowance));
      for (let n = 0; n < 12; n += 1) {
        try {
          replayed.push(recordOf(n));
          await pump(disk, log.append(recordOf(n)));
          // Nothing is kept once something was not.
          expect(isRefused).toBe(false);
          acknowledged.push(n);
        } catch (error) {
          expect(error).toMatchObject({ code });
          isRefused = true;
        }
      }
    } catch (error) {
      expect(error).toMatchObject({ code });
      isRefused = true;
    }
    disk.fault = () => null;
    return { acknowledged, isRefused, hasFailed: operations > failing };
  }

  const faults: readonly (readonly [code: string, allowance: number | undefined])[] = [
    ["ENOSPC", undefined],
    ["EIO", undefined],
    ["ENOSPC", 300],
    ["EIO", 300],
  ];

  it.each(faults)(
    "keeps what was acknowledged, with %s at any operation, and goes on (a snapshot every %s bytes)",
    async (code, allowance) => {
      let failing = 0;
      for (; ; failing += 1) {
        const disk = new SimulatedDisk();
        const { acknowledged, isRefused, hasFailed } = await liveWith(disk, failing, code, allowance);
        if (!hasFailed) break;
        // A snapshot that fails does no harm.
        if (allowance === undefined) expect(isRefused).toBe(true);
        disk.crash(new Choices(failing));
        const { log, replayed } = await open(disk);
        expect(numbers(replayed)).toEqual(expect.arrayContaining(acknowledged));
        expect(Number(numbers(replayed).at(-1) ?? -1)).toBeGreaterThanOrEqual(acknowledged.at(-1) ?? -1);
        await pump(disk, log.append(recordOf(100)));
        disk.crash(new Choices(failing));
        expect(numbers((await open(disk)).replayed).at(-1)).toBe(100);
      }
      expect(failing).toBeGreaterThan(allowance === undefined ? 25 : 32);
    },
  );
});
