// What a build makes of what the build before has found out: the same as without, whatever has happened meanwhile.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { cacheFolder, readCache } from "../4-bundle/cache-file.js";
import { bin, folderWith, vedc } from "../testing/command.js";
import { scratchFolder } from "../testing/load.js";
import { type BuildOptions, build } from "./build.js";

/** The places where sources may be. They know each other's. */
const places = ["a.ved", "b.ved", "sub/c.ved", "sub/d.ved"] as const;
type Place = (typeof places)[number];

/** How one file names another. */
function wayTo(from: Place, to: Place): string {
  if (!from.startsWith("sub/")) return `./${to}`;
  return to.startsWith("sub/") ? `./${to.slice("sub/".length)}` : `../${to}`;
}

const nameOf = (place: Place) => `D${place.replace(/\W|ved/g, "")}`;

/** What may stand in a file, by where it is and by another place. */
const texts: readonly ((own: Place, other: Place) => string)[] = [
  (own) => plain(own, "emit E.Do(n) n = 9"),
  (own) => plain(own, "n = n * 2 + 1"),
  (own) => plain(own, "emit Broadcast(Event::Loud) n = 9", "on Event::Soft { n = 0 }"),
  (own) => plain(own, "emit Broadcast(Event::Soft) n = 9", "on Event::Loud { n = 0 } // vedc-ignore VED4014: it is meant"),
  (own) => plain(own, "n = 9", "on Ping(count: int) { n = count }").replace("!down", "!down for 3s"),
  (own) => `const Limit = 7\n${plain(own, "n = Limit", "on Ping(count: int) { n = count }")}`,
  () => "const Limit = 8\n",
  (own, other) => `import { Limit } from "${wayTo(own, other)}"\n${plain(own, "n = Limit")}`,
  (own, other) => {
    const talking = plain(own, `send ${nameOf(other)} Ping(n) n = 9`, "on Ping(count: int) { n = count }");
    return `import { ${nameOf(other)} } from "${wayTo(own, other)}"\n${talking}`;
  },
  (own) => plain(own, "n = 9 }"),
  (own) => plain(own, "n = nothing"),
];

function plain(place: Place, step: string, more = ""): string {
  return `// ${place}
domain ${nameOf(place)} {
  state { down: bool, n: int }
  goal G { predicate !down || n > 5 }
  transition T { step { if down && n < 5 { ${step} } } }
  ${more}
}
`;
}

/** What may happen between two builds. */
type Happening =
  | { readonly kind: "write"; readonly place: Place; readonly text: number; readonly other: Place }
  | { readonly kind: "delete"; readonly place: Place }
  | { readonly kind: "rename"; readonly place: Place; readonly other: Place }
  | { readonly kind: "output"; readonly which: number; readonly act: "append" | "empty" | "delete" }
  | { readonly kind: "cache"; readonly act: "append" | "cut" | "delete" | "foreign" | "folder" };

const place = fc.constantFrom(...places);
const write = fc.record({ kind: fc.constant("write"), place, text: fc.nat(texts.length - 1), other: place });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: write },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete"), place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("rename"), place, other: place }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("output"), which: fc.nat(40), act: fc.constantFrom("append", "empty", "delete") }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("cache"),
      act: fc.constantFrom("append", "cut", "delete", "foreign", "folder"),
    }),
  },
);

const step = fc.record({
  happenings: fc.array(happening, { maxLength: 3 }),
  minify: fc.constantFrom(false, false, false, true),
  emit: fc.constantFrom(undefined, undefined, undefined, "ts" as const),
  format: fc.constantFrom("pretty" as const, "sarif" as const),
});

/** How a project begins: one imports what another stands for, and two talk. */
const beginning: readonly Happening[] = [
  { kind: "write", place: "a.ved", text: 5, other: "b.ved" },
  { kind: "write", place: "b.ved", text: 7, other: "a.ved" },
  { kind: "write", place: "sub/c.ved", text: 8, other: "a.ved" },
  { kind: "write", place: "sub/d.ved", text: 2, other: "a.ved" },
];

/** Makes a folder with sources as they are in the beginning. */
function newProject(): string {
  const project = scratchFolder();
  mkdirSync(join(project, "src/sub"), { recursive: true });
  for (const each of beginning) happen(each, project, []);
  return project;
}

/** Lets something happen to a project, whose sources are built into several folders alike. */
function happen(what: Happening, project: string, folders: readonly string[]): void {
  const source = (at: Place) => join(project, "src", at);
  switch (what.kind) {
    case "write":
      return writeFileSync(source(what.place), texts[what.text]?.(what.place, what.other) ?? "");
    case "delete":
      return rmSync(source(what.place), { force: true });
    case "rename": {
      if (!existsSync(source(what.place))) return;
      const text = readFileSync(source(what.place));
      rmSync(source(what.place));
      return writeFileSync(source(what.other), text);
    }
    case "output":
      for (const folder of folders) {
        const files = Object.keys(contentsOf(folder));
        const file = files[what.which % files.length];
        if (file === undefined) continue;
        if (what.act === "append") appendFileSync(join(folder, file), "// mine\n");
        if (what.act === "empty") truncateSync(join(folder, file));
        if (what.act === "delete") rmSync(join(folder, file));
      }
      return;
    case "cache":
      for (const folder of folders) spoil(join(folder, cacheFolder, "build.json"), what.act);
  }
}

function spoil(path: string, act: Extract<Happening, { kind: "cache" }>["act"]): void {
  if (!existsSync(path) || statSync(path).isDirectory()) return;
  if (act === "append") appendFileSync(path, " ");
  if (act === "cut") truncateSync(path, Math.floor(statSync(path).size / 2));
  if (act === "delete" || act === "folder") rmSync(path);
  if (act === "folder") mkdirSync(path);
  if (act === "foreign") writeFileSync(path, readFileSync(path, "utf8").replace(/^vedc \S+/, "vedc another"));
}

/** The content of all files below a folder but the cache, by their paths. */
function contentsOf(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
  const own = paths.filter((path) => !path.startsWith(join(folder, cacheFolder))).sort();
  return Object.fromEntries(own.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

/** Builds in this process. Gives the exit code and all that was said, whatever the folder is called and the time it took. */
async function built(project: string, folder: string, options: Omit<BuildOptions, "out">) {
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      said[stream] += text;
      return true;
    });
  }
  try {
    const code = await build([join(project, "src")], { ...options, out: folder }).catch((error: Error) => error.message);
    const stdout = said.stdout.replaceAll(folder, "dist").replace(/Built in .*/, "");
    return { code, stdout: alike(stdout), stderr: said.stderr.replaceAll(folder, "dist"), files: contentsOf(folder) };
  } finally {
    vi.restoreAllMocks();
  }
}

/** Gives a report as it is however long the name of the folder is. */
function alike(text: string): string {
  return text.replace(/ +/g, " ");
}

describe("a build after another one", () => {
  it("says and writes what one without a cache does, whatever has become of sources, outputs and cache", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        const project = newProject();
        const [cached, plainly, fresh] = ["cached", "plainly", "fresh"].map((name) => join(project, name));
        if (cached === undefined || plainly === undefined || fresh === undefined) throw new Error("there is no folder");
        let isTouched = false;
        for (const { happenings, ...options } of steps) {
          for (const each of happenings) happen(each, project, [cached, plainly]);
          isTouched ||= happenings.some(({ kind }) => kind === "output");
          const again = await built(project, cached, options);
          expect(again).toEqual(await built(project, plainly, { ...options, cache: false }));
          rmSync(fresh, { recursive: true, force: true });
          if (isTouched || again.code !== 0) continue;
          expect(again.files).toEqual((await built(project, fresh, options)).files);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("leaves alone what is as it is to be", async () => {
    const project = newProject();
    const dist = join(project, "dist");
    const inodes = () => new Map(Object.keys(contentsOf(dist)).map((path) => [path, statSync(join(dist, path)).ino]));
    await built(project, dist, { format: "pretty" });
    const before = inodes();
    happen({ kind: "write", place: "sub/d.ved", text: 3, other: "a.ved" }, project, []);
    await built(project, dist, { format: "pretty" });
    const changed = [...inodes()].flatMap(([path, inode]) => (before.get(path) === inode ? [] : [path]));
    expect(changed.filter((path) => path !== "package.json").sort()).toEqual(
      ["d.d.ts", "d.js", "d.js.map", "d.ved.json"].map((name) => `sub/${name}`),
    );
  });

  it("ends as if nothing had been, wherever the one before was killed", async () => {
    const project = newProject();
    const [dist, fresh, old] = [join(project, "dist"), join(project, "fresh"), join(project, "old")];
    await built(project, dist, { format: "pretty" });
    cpSync(dist, old, { recursive: true });
    happen({ kind: "write", place: "a.ved", text: 4, other: "b.ved" }, project, []);
    happen({ kind: "delete", place: "b.ved" }, project, []);
    const { files } = await built(project, fresh, { format: "pretty", cache: false });
    writeFileSync(join(project, "killer.mjs"), killer);
    for (let last = 0; ; last += 7) {
      rmSync(dist, { recursive: true });
      cpSync(old, dist, { recursive: true });
      const { signal } = spawnSync(process.execPath, ["killer.mjs", resolve("lib/cli/main.js"), String(last)], { cwd: project });
      expect((await built(project, dist, { format: "pretty" })).files).toEqual(files);
      if (signal === null) break;
    }
  });

  it("is right, and finds a cache that is whole, where two others ran at once", async () => {
    const project = newProject();
    const dist = join(project, "dist");
    const both = [[], ["--minify"]].map((more) => {
      return once(
        spawn(process.execPath, [bin, "build", "src", "-o", "dist", ...more], { cwd: project, stdio: "ignore" }),
        "exit",
      );
    });
    expect(await Promise.all(both)).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(readCache(dist).size).toBeGreaterThan(0);
    const { files } = await built(project, join(project, "fresh"), { format: "pretty", cache: false });
    expect((await built(project, dist, { format: "pretty" })).files).toEqual(files);
  });
});

/** Builds, and kills its own process when it comes to its n-th change of the disk. */
const killer = `import fs from "node:fs/promises"; import { syncBuiltinESMExports } from "node:module";
const [, , library, last] = process.argv;
let steps = 0;
for (const name of ["mkdir", "mkdtemp", "rename", "rm", "rmdir", "writeFile"]) {
  const act = fs[name];
  fs[name] = (...args) => { if (++steps > Number(last)) process.kill(process.pid, "SIGKILL"); return act(...args); };
}
syncBuiltinESMExports();
const { main } = await import(library);
await main(["build", "src", "-o", "dist", "--quiet"]);`;

describe("the cache of an output folder", () => {
  const secret = plain("a.ved", 'emit E.Do("hunter2") n = 9').replace("// a.ved", "// the key is hunter2");

  it("is for its owner alone, and has nothing of what sources say", () => {
    const folder = folderWith({ "src/a.ved": secret, "src/b.ved": plain("b.ved", "n = 9") });
    expect(vedc(folder, "build", "src", "-o", "dist").status).toBe(0);
    const path = join(folder, "dist", cacheFolder, "build.json");
    expect([statSync(path).mode & 0o777, statSync(join(path, "..")).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(readFileSync(join(folder, "dist/a.js"), "utf8")).toContain("hunter2");
    expect(readFileSync(path, "utf8")).not.toContain("hunter2");
  });

  it("goes into no package", () => {
    const manifest = JSON.stringify({ name: "shop", version: "1.0.0", files: ["dist"] });
    const folder = folderWith({ "package.json": manifest, "src/a.ved": plain("a.ved", "n = 9") });
    expect(vedc(folder, "build", "src", "-o", "dist").status).toBe(0);
    const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--offline"], { cwd: folder, encoding: "utf8" });
    expect(stdout).toContain("dist/a.js");
    expect(stdout).not.toContain(cacheFolder);
  });

  it("is not made where it is not wanted, nor by a build with errors", () => {
    const folder = folderWith({ "src/a.ved": plain("a.ved", "n = 9"), "wrong/a.ved": plain("a.ved", "n = nothing") });
    expect(vedc(folder, "build", "src", "-o", "dist", "--no-cache").status).toBe(0);
    expect(existsSync(join(folder, "dist", cacheFolder))).toBe(false);
    expect(vedc(folder, "build", "wrong", "-o", "other").status).toBe(1);
    expect(existsSync(join(folder, "other"))).toBe(false);
  });

  it("may be anything else: a build neither minds nor follows it", () => {
    const folder = folderWith({ "src/a.ved": plain("a.ved", "n = 9"), "dist/.keep": "", "elsewhere/.keep": "" });
    const path = join(folder, "dist", cacheFolder);
    writeFileSync(path, "mine");
    expect(vedc(folder, "build", "src", "-o", "dist")).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(path, "utf8")).toBe("mine");
    rmSync(path);
    symlinkSync("../elsewhere", path);
    expect(vedc(folder, "build", "src", "-o", "dist")).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(join(folder, "elsewhere"))).toEqual([".keep"]);
  });
});
