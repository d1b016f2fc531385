import { join } from "node:path";
import { describe, it } from "vitest";
import { scratchFolder } from "../../compiler/testing/load.js";
import { storeConformance } from "./conformance.js";
import { fileDisk } from "./file/disk.js";
import { Log } from "./log.js";
import { memoryStore } from "./memory.js";

describe("the store in memory", () => {
  it.each(storeConformance)("$name", async ({ run }) => {
    const store = memoryStore();
    await run(() => store);
  });
});

describe.each([
  ["the log in a folder", undefined],
  ["the log in a folder, with a snapshot at every turn", 300],
] as const)("%s", (_, allowance) => {
  it.each(storeConformance)("$name", async ({ run }) => {
    const folder = join(scratchFolder(), "deep", "data");
    await run(() => new Log(fileDisk(folder), allowance));
  });
});
