// What stands in an output folder after builds, one after the other, whatever became of the sources and of the process meanwhile.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { compileAll } from "../index.js";
import { scratchFolder } from "../testing/load.js";
import { bundle, type OutputFile } from "./bundle.js";
import { replaceOutput } from "./output.js";

type Sources = Readonly<Record<string, string>>;

const shop = (store: string) => `import { ${store} } from "./stock/store.ved"
system Main { start Shop { want = 2 } start ${store} { left = 5 } }
domain Shop {
  state { want: int }
  goal Got { predicate want == 0 }
  transition Ask { step { if want > 0 { send ${store} Take(1) want -= 1 } } }
}
`;
const store = (name: string) => `import { Shop } from "../shop.ved"
domain ${name} {
  state { left: int }
  goal Some { predicate left > 0 }
  transition Take(amount: int) { step { emit Lorry.Drive(amount) left -= amount } }
}
`;
const lamp =
  "domain Lamp { state { on: bool } goal On { predicate on } transition Switch { step { if !on { emit Switch() on = true } } } }\n";

const before: Sources = { "shop.ved": shop("Store"), "stock/store.ved": store("Store"), "lamp.ved": lamp };
const after: Sources = { "shop.ved": shop("Depot"), "stock/store.ved": store("Depot"), "light.ved": lamp };

/** Puts sources into a project in place of those that are there. */
function write(project: string, sources: Sources): void {
  rmSync(join(project, "src"), { recursive: true, force: true });
  for (const [name, text] of Object.entries(sources)) {
    mkdirSync(join(project, "src", name, ".."), { recursive: true });
    writeFileSync(join(project, "src", name), text);
  }
}

/** Compiles sources of a project. */
async function built(project: string, sources: Sources, names = Object.keys(sources)): Promise<OutputFile[]> {
  const paths = names.map((name) => join(project, "src", name));
  const checked = compileAll(names.map((name, index) => ({ path: paths[index] ?? "", text: sources[name] ?? "" })));
  const inputs = checked.flatMap(({ program }, index) => {
    return program === null ? [] : [{ program, path: paths[index] ?? "", name: (names[index] ?? "").replace(/\.ved$/, "") }];
  });
  expect(inputs).toHaveLength(names.length);
  return bundle(inputs, { minify: false, typescript: false, folder: join(project, "dist") });
}

/** Writes and builds sources of a project. */
async function build(project: string, sources: Sources, names?: string[]) {
  write(project, sources);
  return replaceOutput(join(project, "dist"), await built(project, sources, names));
}

function filesIn(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  return all
    .flatMap((entry) => (entry.isDirectory() ? [] : [join(entry.parentPath, entry.name).slice(folder.length + 1)]))
    .sort();
}

describe("an output folder", () => {
  it("has nothing of a source that is gone once the others are built, nor of what was shared with it", async () => {
    const [project, fresh] = [scratchFolder(), scratchFolder()];
    await build(project, { ...before, "old/lamp.ved": lamp.replace("Lamp", "Old") });
    const gone = await build(project, { "lamp.ved": lamp });
    expect(gone.map(({ source }) => source).sort()).toEqual(
      ["old/lamp.ved", "shop.ved", "stock/store.ved"].map((name) => join(project, "src", name)),
    );
    await build(fresh, { "lamp.ved": lamp });
    expect(filesIn(join(project, "dist"))).toEqual(filesIn(join(fresh, "dist")));
    expect(readdirSync(join(project, "dist"))).not.toContain("stock");
  });

  it("gives each file that is removed with a source that is gone once, with its manifest, and what is its module", async () => {
    const project = scratchFolder();
    await build(project, { "lamp.ved": lamp, "u.ved": lamp, "website.ved": lamp });
    const stood = filesIn(join(project, "dist"));
    const gone = await build(project, { "lamp.ved": lamp });
    const stands = filesIn(join(project, "dist"));
    expect(gone.flatMap(({ removed }) => removed).sort()).toEqual(stood.filter((path) => !stands.includes(path)));
    expect(gone.map(({ module, removed }) => [module, removed.includes(module)]).sort()).toEqual([
      ["u.js", true],
      ["website.js", true],
    ]);
  });

  it("keeps what was built from sources that are there, though they were not built this time", async () => {
    const project = scratchFolder();
    await build(project, before, ["lamp.ved"]);
    await build(project, before, ["shop.ved", "stock/store.ved"]);
    expect(filesIn(join(project, "dist"))).toEqual(expect.arrayContaining(["lamp.js", "shop.js", "stock/store.js"]));
  });

  it("keeps what somebody has changed, and says so", async () => {
    const project = scratchFolder();
    await build(project, before);
    writeFileSync(join(project, "dist/lamp.js"), "// mine");
    const [gone] = await build(project, after);
    expect(gone).toMatchObject({ source: join(project, "src/lamp.ved"), removed: [], changed: ["lamp.js"] });
    expect(filesIn(join(project, "dist"))).toEqual(expect.arrayContaining(["lamp.d.ts", "lamp.js", "lamp.ved.json"]));
  });

  it("keeps what a module that stays imports", async () => {
    const project = scratchFolder();
    await build(project, before);
    const chunk = readdirSync(join(project, "dist")).find((name) => /^ved-runtime-\w+\.js$/.test(name)) ?? "";
    await build(project, before, ["lamp.ved"]);
    expect(existsSync(join(project, "dist", chunk))).toBe(true);
    expect(await failuresIn([join(project, "dist")])).toEqual([]);
  });

  it("has nothing of a build that could not begin to bring its files there", async () => {
    const project = scratchFolder();
    await build(project, before);
    mkdirSync(join(project, "dist/light.js"));
    const stood = filesIn(join(project, "dist"));
    await expect(build(project, after)).rejects.toMatchObject({ code: "EISDIR" });
    expect(filesIn(join(project, "dist"))).toEqual(stood);
  });

  it("loses no file that a forged manifest names outside of it, or that vedc does not write", async () => {
    const project = scratchFolder();
    const files = await built(project, before);
    await replaceOutput(join(project, "dist"), files);
    const manifest = join(project, "dist/lamp.ved.json");
    const forged = JSON.parse(readFileSync(manifest, "utf8")) as { files: Record<string, string> };
    const digest = forged.files["lamp.js"] ?? "";
    const script = readFileSync(join(project, "dist/lamp.js"));
    mkdirSync(join(project, "elsewhere"));
    symlinkSync("../elsewhere", join(project, "dist/link"));
    const targets = ["outside.js", "elsewhere/linked.js", "dist/notes.txt"];
    for (const target of targets) writeFileSync(join(project, target), script);
    const names = ["../outside.js", "link/linked.js", "notes.txt", join(project, "outside.js")];
    writeFileSync(manifest, JSON.stringify({ ...forged, files: Object.fromEntries(names.map((name) => [name, digest])) }));
    await build(project, after);
    for (const target of targets) expect(existsSync(join(project, target))).toBe(true);
  });
});

/** Kills its own process when it comes to its n-th change of the disk, or has that change fail; says if it never came to it. */
const breaker = `import fs from "node:fs/promises"; import { syncBuiltinESMExports } from "node:module"; import { readFileSync } from "node:fs";
const [, , library, folder, files, last, way] = process.argv;
let steps = 0;
const end = () => {
  if (way === "kill") process.kill(process.pid, "SIGKILL");
  throw Object.assign(new Error("the disk fails"), { code: "EIO" });
};
for (const name of ["mkdir", "mkdtemp", "rename", "rm", "rmdir", "writeFile"]) {
  const act = fs[name];
  fs[name] = async (...args) => (++steps === Number(last) + 1 ? end() : act(...args));
}
syncBuiltinESMExports();
const { replaceOutput } = await import(library);
await replaceOutput(folder, JSON.parse(readFileSync(files, "utf8"))).catch((error) => { if (error.code !== "EIO") throw error; });
if (steps <= Number(last)) console.log("whole");`;

/** Imports every module of folders, and gives what fails. */
async function failuresIn(folders: readonly string[]): Promise<string[]> {
  const paths = folders.flatMap((folder) =>
    filesIn(folder).flatMap((name) => (/^[^.].*\.js$/.test(name) ? [join(folder, name)] : [])),
  );
  const code = `for (const path of ${JSON.stringify(paths)}) await import(path).catch((error) => console.log(path + ": " + error.message));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
  return (stdout + stderr).split("\n").filter((line) => line !== "");
}

describe.each([
  ["is killed at", "kill"],
  ["fails in", "fail"],
])("a build that %s any change of the disk", (_, way) => {
  it("leaves modules that can all be imported, and nothing that the next build does not clear away", async () => {
    const [project, fresh] = [scratchFolder(), scratchFolder()];
    await build(project, before);
    const old = join(project, "old");
    cpSync(join(project, "dist"), old, { recursive: true });
    write(project, after);
    const files = await built(project, after);
    writeFileSync(join(project, "files.json"), JSON.stringify(files));
    writeFileSync(join(project, "breaker.mjs"), breaker);
    await build(fresh, after);
    const clean = filesIn(join(fresh, "dist"));
    const states: string[] = [];
    for (let last = 0; ; last += 1) {
      const dist = join(project, "dist");
      rmSync(dist, { recursive: true });
      cpSync(old, dist, { recursive: true });
      const args = [join(project, "breaker.mjs"), resolve("lib/compiler/4-bundle/output.js"), dist, join(project, "files.json")];
      const { signal, stdout, stderr } = spawnSync(process.execPath, [...args, String(last), way], { encoding: "utf8" });
      expect([signal, stderr]).toEqual([way === "kill" && stdout === "" ? "SIGKILL" : null, ""]);
      states.push(join(project, `state-${last}`));
      cpSync(dist, join(project, `state-${last}`), { recursive: true });
      await replaceOutput(dist, files);
      expect([last, filesIn(dist)]).toEqual([last, clean]);
      if (stdout === "whole\n") break;
    }
    expect(states.length).toBeGreaterThan(2 * files.length);
    expect(await failuresIn(states)).toEqual([]);
  });
});
