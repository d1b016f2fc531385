// A short version of `npm run chaos`: real processes, a real disk, a real server, SIGKILL.
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

const chaos = (...args: string[]) =>
  spawnSync(process.execPath, ["runtime-lib/testing/chaos/run.js", ...args], { encoding: "utf8" });

it("loses nothing and leaves nothing half-finished over 60 kills", () => {
  const { status, stdout } = chaos("--kills", "60");
  expect(stdout).toContain("No acknowledged observation was lost, and nothing was half-finished.");
  expect(status).toBe(0);
});

it("does each job of a system once over 60 kills", () => {
  const { status, stdout } = chaos("--kills", "60", "--system");
  expect(stdout).toContain("No acknowledged observation was lost, and nothing was half-finished.");
  expect(status).toBe(0);
});

it("finds what is lost where there is no journal", () => {
  const { status, stdout } = chaos("--kills", "60", "--without-journal");
  expect(stdout).toContain("VIOLATED: an acknowledged observation is lost");
  expect(status).toBe(1);
});
