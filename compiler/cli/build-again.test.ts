// What a build makes of what the build before has found out: the same as without, whatever has happened meanwhile.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { cacheFolder } from "../4-bundle/cache-file.js";
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
      fc.asyncProperty(write, fc.array(step, { minLength: 2, maxLength: 6 }), async (first, steps) => {
        const project = scratchFolder();
        mkdirSync(join(project, "src/sub"), { recursive: true });
        const [cached, plainly, fresh] = ["cached", "plainly", "fresh"].map((name) => join(project, name));
        if (cached === undefined || plainly === undefined || fresh === undefined) throw new Error("there is no folder");
        happen(first, project, []);
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
      { numRuns: 25 },
    );
  });
});
