import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { scratchFolder } from "./load.js";

/** The path of the command. */
export const bin = resolve("bin/vedc.js");

/** Runs the command as a user does, in a folder. */
export function vedc(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** Makes a folder with files in it. */
export function folderWith(files: Record<string, string>): string {
  const folder = scratchFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Runs a program in a folder. */
export function node(folder: string, code: string, ...flags: string[]) {
  writeFileSync(join(folder, "main.mjs"), code);
  return spawnSync(process.execPath, [...flags, "main.mjs"], { cwd: folder, encoding: "utf8" });
}
