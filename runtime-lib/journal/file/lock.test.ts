import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../../../compiler/testing/load.js";
import { lockFolder } from "./lock.js";

const nobody = async () => {};

/** Another process that takes the lock of a folder and keeps it. */
async function holder(folder: string) {
  const module = pathToFileURL(resolve("lib/runtime-lib/journal/file/lock.js")).href;
  const code = `import { lockFolder } from ${JSON.stringify(module)};
    await lockFolder(${JSON.stringify(folder)}, async () => {});
    console.log("locked");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

describe("the lock of a folder", () => {
  it("keeps out another process as long as that lives, and is not fooled by a dead one", async () => {
    const folder = scratchFolder();
    const child = await holder(folder);
    await expect(lockFolder(folder, nobody)).rejects.toThrow(`${folder} is in use: another host has it open`);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(readdirSync(folder)).toHaveLength(1);
    const unlock = await lockFolder(folder, nobody);
    expect(readdirSync(folder)).toHaveLength(1);
    await unlock();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps out a process that is merely stopped", async () => {
    const folder = scratchFolder();
    const child = await holder(folder);
    child.kill("SIGSTOP");
    await expect(lockFolder(folder, nobody)).rejects.toThrow("is in use");
    child.kill("SIGKILL");
    await once(child, "exit");
  });

  it("lets in at most one of many that come at once", async () => {
    const folder = scratchFolder();
    for (let round = 0; round < 20; round += 1) {
      const tries = await Promise.allSettled(Array.from({ length: 5 }, () => lockFolder(folder, nobody)));
      const won = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      expect(won.length).toBeLessThanOrEqual(1);
      for (const unlock of won) await unlock();
    }
  });

  it("works in a folder whose path is too long for a socket", async () => {
    const folder = join(scratchFolder(), "x".repeat(120), "y".repeat(120));
    mkdirSync(folder, { recursive: true });
    const unlock = await lockFolder(folder, nobody);
    await expect(lockFolder(folder, nobody)).rejects.toThrow("is in use");
    await unlock();
  });

  it("is taken over from a file that is no socket", async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "lock-left-over"), "");
    await (await lockFolder(folder, nobody))();
    expect(readdirSync(folder)).toEqual([]);
  });
});
