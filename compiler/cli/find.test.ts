import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expect, it } from "vitest";
import { folderWith } from "../testing/command.js";
import { findSources } from "./find.js";

it("passes over pipes, which would never end", async () => {
  const folder = folderWith({ "src/a.ved": "" });
  execFileSync("mkfifo", [join(folder, "src/pipe.ved")]);
  expect(await findSources([join(folder, "src")])).toEqual([{ folder: join(folder, "src"), files: [join(folder, "src/a.ved")] }]);
});

// Nothing is forbidden to root.
it.skipIf(process.getuid?.() === 0)("passes over no folder that it may not read", async () => {
  const folder = folderWith({ "src/a.ved": "", "src/secret/b.ved": "" });
  chmodSync(join(folder, "src/secret"), 0);
  await expect(findSources([join(folder, "src")])).rejects.toThrow(/Cannot read .*secret: permission denied\./);
  chmodSync(join(folder, "src/secret"), 0o700);
});
