import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderWith, vedc } from "../testing/command.js";

const text = "domain A { state { x: bool } goal x }\n";

it.each(["src/..ved", "src/...ved", "src/..x.ved", "src/..x.y.ved"])("refuses %s, whose name begins with two dots", (path) => {
  const folder = folderWith({ [path]: text });
  const { status, stdout, stderr } = vedc(folder, "build", path, "-o", "dist");
  const why = `the name of a module cannot begin with two dots, as ${path.slice("src/".length)} does`;
  expect([status, stdout, stderr]).toEqual([2, "", `vedc: Cannot build ${path}: ${why}. Rename it.\n`]);
  expect(existsSync(join(folder, "dist"))).toBe(false);
});

it("refuses a folder whose name begins with two dots, where it is a part of a module's path", () => {
  const folder = folderWith({ "a.ved": text, "..old/b.ved": text });
  const { status, stderr } = vedc(folder, "build", "a.ved", "..old/b.ved", "-o", "dist");
  expect([status, stderr]).toEqual([2, expect.stringContaining("as ..old does. Rename it.")]);
  expect(vedc(folder, "build", "..old/b.ved", "-o", "dist").status).toBe(0);
});

it("refuses a source of which nothing is left without its extension", () => {
  const { status, stderr } = vedc(folderWith({ ".ved": text }), "build", ".ved", "-o", "dist");
  const why = "it has no name before `.ved`. Give it one, as in main.ved.";
  expect([status, stderr]).toEqual([2, `vedc: Cannot build .ved: ${why}\n`]);
});

it("builds a source whose name begins with one dot", () => {
  const folder = folderWith({ ".x.ved": text });
  expect(vedc(folder, "build", ".x.ved", "-o", "dist")).toMatchObject({ status: 0, stderr: "" });
  expect(existsSync(join(folder, "dist/.x.js"))).toBe(true);
});
