// Modules in the projects of users: whatever the package.json around them says, they are what they are.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, vedc } from "../testing/command.js";
import { typeErrors } from "../testing/type-check.js";

const seed = readFileSync("fixtures/failover.ved", "utf8");
const ours = '{ "type": "module" }\n';

const commonJs = { "package.json": '{ "name": "app", "type": "commonjs" }', "src/failover.ved": seed };
const unsaid = { "package.json": '{ "name": "app" }', "src/failover.ved": seed };
const nothing = { "src/failover.ved": seed };

const imports = {
  "use.mjs": 'import { DatabaseRouting } from "./dist/failover.js"; console.log(DatabaseRouting.name);',
  "use.cjs": 'import("./dist/failover.js").then(({ DatabaseRouting }) => console.log(DatabaseRouting.name));',
};

/** Runs a file as the first releases of Node 20 do: they take what nobody says anything of for CommonJS. */
function run(folder: string, file: string) {
  const flags = ["--no-experimental-detect-module", "--no-experimental-require-module"];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, file], { cwd: folder, encoding: "utf8" });
  return stdout + stderr;
}

describe.each([
  ["says commonjs", commonJs],
  ["says nothing", unsaid],
  ["is not there", nothing],
])("what is built into a folder of a project whose package.json %s", (_, project) => {
  it("is imported by modules and by CommonJS alike", () => {
    const folder = folderWith({ ...project, ...imports });
    const { status, stdout, stderr } = vedc(folder, "build", "src", "-o", "dist");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^dist\/package\.json +21 B/m);
    expect(run(folder, "use.mjs")).toBe("DatabaseRouting\n");
    expect(run(folder, "use.cjs")).toBe("DatabaseRouting\n");
  });

  it("has its types in TypeScript, in modules and in CommonJS", () => {
    const folder = folderWith(project);
    vedc(folder, "build", "src", "-o", "dist", "--emit", "ts");
    const use = `const state: import("./dist/failover.js", { with: { "resolution-mode": "import" } }).DatabaseRoutingState | null = null;
      void import("./dist/failover.js").then(({ DatabaseRouting }) => DatabaseRouting.goals.RoutingStable(state ?? DatabaseRouting.initial) satisfies boolean);`;
    const files = {
      "use.ts": use,
      "use.cts": use,
      "use.mts": `import { DatabaseRouting } from "./dist/failover.js"; DatabaseRouting.name.trim();`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    expect(typeErrors(Object.keys(files).map((name) => join(folder, name)))).toEqual([]);
  });
});

describe("the package.json of what is built", () => {
  it("is the same each time, wherever it is built", () => {
    const folder = folderWith({ ...commonJs, "module/package.json": '{ "type": "module" }' });
    const built = (out: string) => {
      expect(vedc(folder, "build", "src", "-o", out).status).toBe(0);
      return [readdirSync(join(folder, out)).sort(), readFileSync(join(folder, out, "package.json"), "utf8")];
    };
    const first = built("dist");
    expect(first[1]).toBe(ours);
    expect([built("dist"), built("module/dist")]).toEqual([first, first]);
  });

  it("is not written where the folder's own says that they are modules", () => {
    const own = '{ "name": "app", "type": "module", "dependencies": {} }';
    const folder = folderWith({ "package.json": own, "failover.ved": seed });
    const { status, stdout, stderr } = vedc(folder, "build", "failover.ved", "-o", ".");
    expect([status, stderr, stdout.includes("package.json")]).toEqual([0, "", false]);
    expect(readFileSync(join(folder, "package.json"), "utf8")).toBe(own);
  });

  it("is not written where it would change what other scripts are taken for", () => {
    const folder = folderWith({ "package.json": '{ "type": "module" }', "src/failover.ved": seed, "dist/index.js": "" });
    expect(vedc(folder, "build", "src", "-o", "dist")).toMatchObject({ status: 0, stderr: "" });
    expect(existsSync(join(folder, "dist/package.json"))).toBe(false);
  });

  it("does not mind scripts that have another one, or go by none", () => {
    const others = {
      "dist/sub/package.json": "{}",
      "dist/sub/index.js": "",
      "dist/a.mjs": "",
      "dist/node_modules/b/index.js": "",
    };
    const folder = folderWith({ ...commonJs, ...others });
    expect(vedc(folder, "build", "src", "-o", "dist")).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(join(folder, "dist/package.json"), "utf8")).toBe(ours);
  });
});

describe("nothing is written, and it is said what to do, where Node would take the modules for CommonJS:", () => {
  it("the folder's own package.json says so", () => {
    const folder = folderWith(commonJs);
    const { status, stderr } = vedc(folder, "build", "src", "-o", ".");
    expect([status, stderr]).toEqual([
      2,
      'vedc: Node would take what is built into this folder for CommonJS: package.json says `"type": "commonjs"`. Build into a folder of its own, such as dist/, or say `"type": "module"` there.\n',
    ]);
    expect(readdirSync(folder).sort()).toEqual(["package.json", "src"]);
  });

  it("one above says so, and other scripts in the folder may go by that", () => {
    const folder = folderWith({ ...commonJs, "dist/index.js": "module.exports = 1;" });
    const { status, stderr } = vedc(folder, "build", "src", "-o", "dist");
    expect(status).toBe(2);
    expect(stderr).toContain("what is built into dist for CommonJS, as it does dist/index.js: package.json says");
    expect(readdirSync(join(folder, "dist"))).toEqual(["index.js"]);
  });
});

describe("a warning says what to do where nobody says anything, and only newer releases of Node see what it is:", () => {
  it.each([
    ["the folder's own package.json", { "package.json": "{}" }, ': package.json says no `"type"`. '],
    ["one that is no JSON", { "package.json": "{" }, ': package.json says no `"type"`. '],
    [
      "one above, and there are other scripts",
      { "package.json": "{}", "out/x.ts": "" },
      ', as it does out/x.ts: package.json says no `"type"`. ',
    ],
  ])("%s", (_, files, reason) => {
    const folder = folderWith({ ...nothing, ...files });
    const out = "out/x.ts" in files ? "out" : ".";
    const { status, stderr } = vedc(folder, "build", "src", "-o", out);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^warning: Node before 20\.19 takes what is built into (this folder|out) for CommonJS/);
    expect(stderr).toContain(reason);
    expect(existsSync(join(folder, out, "failover.js"))).toBe(true);
    if (files["package.json"] !== undefined)
      expect(readFileSync(join(folder, "package.json"), "utf8")).toBe(files["package.json"]);
  });
});

it("is not confused by a package.json that cannot be read", () => {
  const folder = folderWith(nothing);
  mkdirSync(join(folder, "dist/package.json"), { recursive: true });
  const { status, stderr } = vedc(folder, "build", "src", "-o", "dist");
  expect([status, existsSync(join(folder, "dist/failover.js"))]).toEqual([0, true]);
  expect(stderr).toContain('CommonJS: dist/package.json says no `"type"`.');
});
