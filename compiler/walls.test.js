// The walls between the rooms, tried with the linter itself.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { configurationText, walls } from "../walls.js";

const folder = mkdtempSync(join(tmpdir(), "vedc-walls-"));
afterAll(() => rmSync(folder, { recursive: true }));

const rooms = Object.keys(walls);

/** Whether a room may import all of another: itself and what lies open to it. */
function mayImport(room, other) {
  return room === other || walls[room].rooms.includes(other);
}

/** Gives, for each probe file by its path, the rules that it breaks. */
function lint(probes) {
  for (const [path, text] of Object.entries(probes)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const config = JSON.parse(readFileSync("biome.json", "utf8"));
  writeFileSync(join(folder, "biome.json"), JSON.stringify({ ...config, vcs: {}, plugins: [] }));
  cpSync("biome.walls.json", join(folder, "biome.walls.json"));
  const broken = new Map();
  const output = run(["lint", "--max-diagnostics=none", "--reporter=json"]);
  const { diagnostics } = JSON.parse(output.slice(output.indexOf("{")));
  for (const { category, location } of diagnostics) {
    const path = typeof location.path === "string" ? location.path : location.path.file;
    const name = posix.relative(folder, resolve(folder, path));
    broken.set(name, [...(broken.get(name) ?? []), category]);
  }
  return broken;
}

function run(args) {
  try {
    return execFileSync(resolve("node_modules/.bin/biome"), args, {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
      maxBuffer: 1 << 28,
    });
  } catch (error) {
    // It found something, as it should.
    return error.stdout;
  }
}

function probe(room, target) {
  const path = posix.relative(room, target);
  return `export * from "${path.startsWith(".") ? path : `./${path}`}";\n`;
}

describe("the walls", () => {
  it("are what the linter's configuration was generated from", () => {
    expect(readFileSync("biome.walls.json", "utf8")).toBe(configurationText());
  });

  it("know every room", () => {
    const folders = ["compiler", "runtime-lib"].flatMap((library) =>
      readdirSync(library)
        .map((name) => `${library}/${name}`)
        .filter((path) => statSync(path).isDirectory()),
    );
    expect(folders.filter((path) => !path.endsWith("/testing") && !rooms.includes(path))).toEqual([]);
    expect(rooms.filter((room) => !existsSync(room))).toEqual([]);
  });

  it("keep every pair of rooms apart that must not know each other, at any depth, and open every door", () => {
    const pairs = rooms.flatMap((room) =>
      rooms.flatMap((other) =>
        // Only the files beside the rooms are in a library itself.
        (room.includes("/") ? ["", "inner/"] : [""]).map((depth) => ({ room, other, depth })),
      ),
    );
    const nameOf = ({ room, other, depth }) => `${room}/${depth}to-${other.replaceAll("/", "-")}.ts`;
    const probes = Object.fromEntries(
      pairs.map((pair) => [nameOf(pair), probe(`${pair.room}/${pair.depth}`, `${pair.other}/probed.js`)]),
    );
    const broken = lint(probes);
    const isRefused = (path) => broken.get(path)?.includes("lint/style/noRestrictedImports") ?? false;
    expect(pairs.filter((pair) => isRefused(nameOf(pair)) === mayImport(pair.room, pair.other)).map(nameOf)).toEqual([]);
    expect(pairs.filter(({ room, other }) => !mayImport(room, other)).length).toBeGreaterThan(200);
  });

  it("are not walked around: neither by a longer way, nor in a file of another kind", () => {
    const broken = lint({
      "compiler/3-emit/roundabout.ts": 'export { parse } from "./../1-parse/parse.js";\n',
      "compiler/3-emit/twice.ts": 'export { parse } from "././../1-parse/parse.js";\n',
      "compiler/service/http/roundabout.ts": 'export { parse } from "./../../1-parse/parse.js";\n',
      "compiler/3-emit/other.mts": 'export { parse } from "../1-parse/parse.js";\n',
      "compiler/3-emit/plain.js": 'export { parse } from "../1-parse/parse.js";\n',
      "runtime-lib/kernel/clock-in-disguise.ts": "export const now = globalThis.Date.now;\n",
    });
    const files = [
      "compiler/3-emit/roundabout.ts",
      "compiler/3-emit/twice.ts",
      "compiler/service/http/roundabout.ts",
      "compiler/3-emit/other.mts",
      "compiler/3-emit/plain.js",
      "runtime-lib/kernel/clock-in-disguise.ts",
    ];
    expect(files.filter((file) => !broken.has(file))).toEqual([]);
  });

  it("open a single file of a room where only that is a door", () => {
    const doors = rooms.flatMap((room) =>
      walls[room].rooms.filter((door) => door.endsWith(".js")).map((door) => ({ room, door })),
    );
    const nameOf = ({ room, door }) => `${room}/door-${door.replaceAll(/\W/g, "-")}.ts`;
    const broken = lint(Object.fromEntries(doors.map((pair) => [nameOf(pair), probe(pair.room, pair.door)])));
    expect(doors.filter((pair) => broken.has(nameOf(pair))).map(nameOf)).toEqual([]);
  });

  it("shut a room in that they do not know, keep packages and the machine out, and refuse circles, those of types included", () => {
    const broken = lint({
      "compiler/new-room/a.ts": probe("compiler/new-room", "compiler/language/type.js"),
      "compiler/2-check/to-new-room.ts": probe("compiler/2-check", "compiler/new-room/a.js"),
      "compiler/2-check/package.ts": 'import "ts-morph";\n',
      "compiler/1-parse/machine.ts": 'import "node:fs";\n',
      "compiler/5-verify/global.ts": "export const at = process.argv;\n",
      "runtime-lib/host/package.ts": 'import "zod";\n',
      "compiler/cli/machine.ts": 'import "node:fs";\n',
      "compiler/language/round.ts": 'import type { B } from "./trip.js";\nexport interface A { readonly b: B }\n',
      "compiler/language/trip.ts": 'import type { A } from "./round.js";\nexport interface B { readonly a: A }\n',
    });
    const expected = {
      "compiler/new-room/a.ts": "lint/style/noRestrictedImports",
      "compiler/2-check/to-new-room.ts": "lint/style/noRestrictedImports",
      "compiler/2-check/package.ts": "lint/style/noRestrictedImports",
      "compiler/1-parse/machine.ts": "lint/style/noRestrictedImports",
      "compiler/5-verify/global.ts": "lint/style/noRestrictedGlobals",
      "runtime-lib/host/package.ts": "lint/style/noRestrictedImports",
      "compiler/language/round.ts": "lint/suspicious/noImportCycles",
      "compiler/language/trip.ts": "lint/suspicious/noImportCycles",
    };
    for (const [path, rule] of Object.entries(expected)) expect(broken.get(path), path).toContain(rule);
    expect(broken.get("compiler/cli/machine.ts")).toBeUndefined();
  });
});
