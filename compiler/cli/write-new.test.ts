import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderWith } from "../testing/command.js";
import { writeNew } from "./write-new.js";

const files = ["a.txt", "b/c/d.txt", "e.txt"].map((path) => ({ path, text: "new" }));

it("writes files, with the folders that they need", async () => {
  const folder = folderWith({});
  await writeNew(join(folder, "x/y"), files);
  for (const { path } of files) expect(readFileSync(join(folder, "x/y", path), "utf8")).toBe("new");
});

it("overwrites nothing that came meanwhile, and takes back what it wrote", async () => {
  const folder = folderWith({ "e.txt": "mine" });
  await expect(writeNew(folder, files)).rejects.toMatchObject({ code: "EEXIST" });
  expect(readdirSync(folder)).toEqual(["e.txt"]);
  expect(readFileSync(join(folder, "e.txt"), "utf8")).toBe("mine");
});

it("leaves no folder behind where it cannot write", async () => {
  const folder = folderWith({});
  const tooLong = { path: `b/${"x".repeat(300)}`, text: "" };
  await expect(writeNew(join(folder, "x/y"), [...files, tooLong])).rejects.toThrow();
  expect(existsSync(join(folder, "x"))).toBe(false);
});

it.skipIf(!existsSync("/proc/self"))("gives up at once where no folder can be made", async () => {
  await expect(writeNew("/proc/none/x", files)).rejects.toMatchObject({ code: "ENOENT" });
});
