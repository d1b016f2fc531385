// Who may read a journal: its owner, and nobody else.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it, onTestFinished } from "vitest";
import { scratchFolder } from "../../../compiler/testing/load.js";
import { Log } from "../log.js";
import { fileDisk } from "./disk.js";
import { isOpenToOthers } from "./folder.js";

const owner = { epoch: "e", replay: () => {}, snapshot: () => [], resolve: async () => {} };
const record = { domain: "D", key: "k", input: { type: "started", now: 0 }, changes: { state: {} } } as const;
const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);

/** The rights of a folder and of what is in it while a log is open there, and has had to make a second file. */
async function rightsOf(folder: string): Promise<Record<string, string>> {
  const log = new Log(fileDisk(folder), 1);
  await log.open(owner);
  for (let number = 0; number < 3; number += 1) await log.append(record);
  const names = () => readdirSync(folder).filter((name) => !name.endsWith(".tmp"));
  await expect.poll(() => names().filter((name) => name.startsWith("journal")).length).toBe(2);
  const rights = names().map((name) => [name.replace(/^lock-.*/, "lock").replace(/\d+/, "N"), modeOf(join(folder, name))]);
  await log.close();
  return { folder: modeOf(folder), ...Object.fromEntries(rights) };
}

describe("a journal", () => {
  it.each([0, 0o022, 0o077, 0o577])("is its owner's alone, whatever the umask: %o", async (mask) => {
    const root = scratchFolder();
    const before = process.umask(mask);
    onTestFinished(() => void process.umask(before));
    expect(await rightsOf(join(root, "data"))).toEqual({ folder: "700", "journal-N": "600", lock: "600" });
  });

  it("takes over a folder that holds nothing else, and files that were made wider", async () => {
    const folder = scratchFolder();
    await rightsOf(folder);
    chmodSync(folder, 0o775);
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
    expect(await rightsOf(folder)).toEqual({ folder: "700", "journal-N": "600", lock: "600" });
    expect(await isOpenToOthers(folder)).toBe(false);
  });

  it("leaves a folder as it is that holds other things, and only keeps its own files from others", async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "notes.txt"), "", { mode: 0o644 });
    chmodSync(folder, 0o755);
    expect(await rightsOf(folder)).toEqual({ folder: "755", "notes.txt": "644", "journal-N": "600", lock: "600" });
    expect(await isOpenToOthers(folder)).toBe(true);
  });

  it("follows no links that somebody has laid under the names of its files", async () => {
    const folder = scratchFolder();
    const target = join(scratchFolder(), "target");
    writeFileSync(target, "precious", { mode: 0o644 });
    for (const name of ["journal-1", "journal-1.tmp", "journal-2.tmp"]) symlinkSync(target, join(folder, name));
    await expect(new Log(fileDisk(folder)).open(owner)).rejects.toThrow();
    expect([readFileSync(target, "utf8"), modeOf(target)]).toEqual(["precious", "644"]);
  });

  it("may lie behind a link", async () => {
    const root = scratchFolder();
    mkdirSync(join(root, "real"));
    symlinkSync(join(root, "real"), join(root, "data"));
    const log = new Log(fileDisk(join(root, "data")));
    await log.open(owner);
    await log.close();
    expect(existsSync(join(root, "real/journal-1"))).toBe(true);
  });
});
