// What is run where a program stands in several files, from sources and as it is built.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileAll } from "../index.js";
import { folderWith, vedc } from "../testing/command.js";
import { LoadError, programOfModules, programOfSources } from "./load.js";
import type { RunProgram } from "./program.js";

type Files = Readonly<Record<string, string>>;

/** Two domains that send to each other. */
const there = `import { B } from "./b.ved"
domain A { state { n: bool } goal G { predicate !n } transition T { if n { send B[self] Hi n = false } } on Yo { n = false } }`;
const back = `import { A } from "./main.ved"
domain B { state { m: bool } goal G { predicate !m } transition T { if m { send A[self] Yo m = false } } on Hi { m = true } }`;
const system = 'system Main { start A["x"] start B["x"] }';

/** A domain that others start. */
const counter = "domain W { state { n: int } goal G { predicate n == 0 } transition T { if n != 0 { emit A.B() n = 0 } } }";
const starting = (fields: string) => `import { W } from "./w.ved" system Main { start W["us"] { ${fields} } }`;

async function fromSources(files: Files): Promise<RunProgram> {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  return programOfSources(compileAll(sources).flatMap(({ program }) => program ?? []));
}

async function asBuilt(files: Files): Promise<RunProgram> {
  const folder = folderWith(Object.fromEntries(Object.entries(files).map(([path, text]) => [`src/${path}`, text])));
  expect(vedc(folder, "build", "src", "-o", "dist")).toMatchObject({ status: 0 });
  return programOfModules([join(folder, "dist")]);
}

/** Gives what a program is called, and what it starts. */
function outline({ name, starts }: RunProgram): [string, readonly string[] | null] {
  return [name, starts?.map(({ domain, key, state }) => `${domain}/${key} ${JSON.stringify(state)}`) ?? null];
}

describe.each([
  ["sources", fromSources],
  ["built modules", asBuilt],
])("a program of %s", (_, load) => {
  it("starts what its `system` says where files import each other", async () => {
    const program = outline(await load({ "main.ved": `${there}\n${system}`, "b.ved": back }));
    expect(program).toEqual(["main", ["A/x {}", "B/x {}"]]);
  });

  it("is not called by files that have only constants and types for others, and starts what its `system` says", async () => {
    const main = `import { Z } from "./limits.ved"\n${there.replace("predicate !n", "predicate n != Z")}\n${system}`;
    const program = outline(await load({ "limits.ved": "const Z = true", "main.ved": main, "b.ved": back }));
    expect(program).toEqual(["main", ["A/x {}", "B/x {}"]]);
  });

  it("starts every domain once where files import each other and none has a `system`", async () => {
    expect(outline(await load({ "b.ved": back, "main.ved": there }))).toEqual(["b, main", null]);
  });

  it("starts once what stands in files that import each other, where another has a `system`", async () => {
    const other = "domain C { state { up: bool } goal G { predicate up } transition T { if !up { up = true } } }";
    const files = { "b.ved": back, "c.ved": `system Other { start C["y"] }\n${other}`, "main.ved": there };
    const [, starts] = outline(await load(files));
    expect([...(starts ?? [])].sort()).toEqual(["A/default {}", "B/default {}", "C/y {}"]);
  });

  it("starts domains of other files with the values of its `system`", async () => {
    expect(outline(await load({ "w.ved": counter, "main.ved": starting("n = 2") }))).toEqual(["main", ['W/us {"n":2}']]);
  });

  it("starts once what two files start alike, and refuses what they start with other values", async () => {
    const alike = await load({ "a.ved": starting("n = 0"), "b.ved": starting(""), "w.ved": counter });
    expect(alike.starts).toHaveLength(1);
    const refused = load({ "a.ved": starting("n = 2"), "b.ved": starting("n = 3"), "w.ved": counter });
    await expect(refused).rejects.toThrow(LoadError);
    await expect(refused).rejects.toThrow(/^W\/us starts with other values in .*b\.(ved|js) than in .*a\.(ved|js): /);
  });
});
