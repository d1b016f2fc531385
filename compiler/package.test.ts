// The package as others get it: packed by npm, and installed in an empty project that has nothing but what the package asks for.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { typeErrors } from "./testing/type-check.js";

interface PackageJson {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly bin: { readonly vedc: string };
  readonly exports: Readonly<Record<string, unknown>>;
  readonly repository: { readonly url: string };
}

let project = "";
let tarball = "";

/** Packs the package, and lays it and its dependencies out as npm does. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "vedc-package-"));
  // What is packed was built before the tests.
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", project], { encoding: "utf8" });
  const [{ filename } = { filename: "" }] = JSON.parse(packed) as { filename: string }[];
  tarball = join(project, filename);
  const installed = join(project, "node_modules/vedc");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", installed]);
  for (const name of Object.keys(manifest().dependencies)) {
    const link = join(project, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve("node_modules", name), link);
  }
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** The package.json that was packed. */
function manifest(): PackageJson {
  // Our own, which has all of this.
  return JSON.parse(readFileSync(join(project, "node_modules/vedc/package.json"), "utf8")) as PackageJson;
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("the package that is published", () => {
  it("has no script that would run where it is installed", () => {
    const { scripts } = manifest();
    for (const name of ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"]) {
      expect(scripts).not.toHaveProperty(name);
    }
    // A clone is built by the one that npm runs only in the folder where somebody calls `npm ci`, and when it wrote node_modules.
    expect(scripts.dependencies).toBe(scripts.prepack);
  });

  it("is as publint and Are the types wrong want it", () => {
    const publint = run(resolve("node_modules/publint/src/cli.js"), "run", tarball, "--strict");
    expect(publint, publint.stdout).toMatchObject({ status: 0 });
    const attw = run(resolve("node_modules/@arethetypeswrong/cli/dist/index.js"), tarball, "--profile", "esm-only");
    expect(attw, attw.stdout).toMatchObject({ status: 0 });
  });

  it("gives everything that it exports", () => {
    const names = Object.keys(manifest().exports).filter((name) => name !== "./package.json");
    const specifiers = names.map((name) => `vedc${name.slice(1)}`);
    const code = `for (const name of ${JSON.stringify(specifiers)}) console.log(name, Object.keys(await import(name)).length > 0);`;
    expect(run("--input-type=module", "-e", code)).toEqual({
      status: 0,
      stdout: specifiers.map((name) => `${name} true\n`).join(""),
      stderr: "",
    });
    expect(specifiers).toEqual(["vedc", "vedc/config", "vedc/runtime", "vedc/journal", "vedc/simulate"]);
  });

  it("has the command, which builds what runs", () => {
    const bin = join("node_modules/vedc", manifest().bin.vedc);
    writeFileSync(join(project, "on.ved"), "domain On { state { on: bool } goal G { predicate on } }");
    expect(run(bin, "build", "on.ved", "-o", "dist")).toMatchObject({ status: 0, stderr: "" });
    expect(run("-e", 'import("./dist/on.js").then(({ On }) => console.log(On.name))').stdout).toBe("On\n");
    expect(run(bin, "graph", "on.ved", "--format", "svg").stdout).toContain("</svg>");
    expect(run(bin, "explain", "VED2001").status).toBe(0);
  });

  it("starts projects, which work with nothing but what the package asks for", () => {
    const bin = join("node_modules/vedc", manifest().bin.vedc);
    expect(run(bin, "init", "demo")).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(join(project, "demo"))).toEqual(
      expect.arrayContaining([".gitignore", "package.json", "vedc.config.yaml"]),
    );
    expect(run(bin, "verify", "demo/src", "--strict")).toMatchObject({ status: 0, stderr: "" });
    expect(run(bin, "build", "demo/src", "-o", "demo/dist")).toMatchObject({ status: 0, stderr: "" });
  });

  it("has types that hold at the strictest, also those of its own files", () => {
    const use = `import { compile, renderPretty, verify, type Diagnostic, type Report } from "vedc";
      import { defineDomain, type Domain, type KernelEvent, OutcomeUnknown } from "vedc/runtime";
      import { memoryJournal, type Store } from "vedc/journal";
      import { simulate } from "vedc/simulate";
      const { program, diagnostics } = compile({ path: "x.ved", text: "" });
      export const rendered: string[] = diagnostics.map((each: Diagnostic) => renderPretty(each));
      export const reports: Report[] = program === null ? [] : await verify(program);
      declare const domain: Domain<{ on: boolean }, { Act(): unknown }, { readonly G: "A" }, "T">;
      const { failure } = await simulate(domain, { observations: { on: [true, false] }, runs: 1 });
      const onEvent = (event: KernelEvent) => event.type === "rested" && event.realities["G"]?.length;
      await domain.host({ effects: { Act() { throw new OutcomeUnknown("who knows"); } }, journal: memoryJournal(), onEvent });
      export const all: [unknown, Store | null, typeof defineDomain] = [failure, null, defineDomain];`;
    const config = `import { defineConfig, type UserConfig } from "vedc/config";
      export const config: UserConfig = defineConfig({ effects: { "A.B": { log: {} } } });
      export default defineConfig<{ readonly A: { B(n: number): unknown } }>({ effects: { "A.B": (n) => n.toFixed() } });`;
    writeFileSync(join(project, "use.ts"), use);
    writeFileSync(join(project, "config.ts"), config);
    const strictest = {
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
    };
    expect(typeErrors([join(project, "use.ts")], strictest)).toEqual([]);
    // A configuration is for Node, or at least for what TypeScript assumes by itself: the types of zod name a URL.
    const lib = ["lib.es2022.d.ts", "lib.dom.d.ts"];
    expect(typeErrors([join(project, "config.ts")], { ...strictest, lib })).toEqual([]);
  });
});

/** The pages that are packed, by their paths in the package. */
function packedPages(): string[] {
  const packed = readdirSync(join(project, "node_modules/vedc"), { recursive: true, encoding: "utf8" });
  return packed.filter((path) => path.endsWith(".md") && !path.startsWith("lib/") && !path.startsWith("templates/"));
}

/** Gives where the links and pictures of a page lead, but for headings of its own. */
function linksOf(page: string): string[] {
  const text = readFileSync(join(project, "node_modules/vedc", page), "utf8").replace(/^```[\s\S]*?^```/gm, "");
  const found = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(([, link, source]) => link ?? source ?? "");
  return found.filter((link) => !link.startsWith("#")).map((link) => link.replace(/#.*$/, ""));
}

describe("the pages of the package", () => {
  it("lead to files that are packed, wherever a link is relative", () => {
    const links = packedPages().flatMap((page) => linksOf(page).map((link) => ({ page, link })));
    const relative = links.filter(({ link }) => !/^[a-z]+:/.test(link));
    expect(relative.length).toBeGreaterThan(20);
    const lost = relative.filter(({ page, link }) => !existsSync(join(project, "node_modules/vedc", dirname(page), link)));
    expect(lost).toEqual([]);
  });

  it("lead to files of the repository, wherever a link names it", () => {
    const home = manifest().repository.url.replace(/^git\+(.*)\.git$/, "$1");
    expect(home).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w-]+$/);
    const raw = home.replace("github.com", "raw.githubusercontent.com");
    const inside = packedPages()
      .flatMap(linksOf)
      .flatMap((link) => [`${home}/blob/HEAD/`, `${home}/tree/HEAD/`, `${raw}/HEAD/`].map((from) => ({ link, from })))
      .filter(({ link, from }) => link.startsWith(from))
      .map(({ link, from }) => link.slice(from.length));
    expect(inside).toEqual(expect.arrayContaining(["ARCHITECTURE.md", "docs/images/fleet.png"]));
    expect(inside.filter((path) => !existsSync(path))).toEqual([]);
  });
});
