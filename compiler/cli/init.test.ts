// What `vedc init` writes, used as its README says: with node_modules linked, as no test reaches the network.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { until } from "../service/testing/service.js";
import { bin, folderWith, vedc } from "../testing/command.js";

interface Manifest {
  readonly name: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

/** Makes a project in a folder that has the packages which it asks for. */
function project(): string {
  const folder = folderWith({});
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  for (const [name, path] of [
    ["vedc", "."],
    ["vitest", "node_modules/vitest"],
    [".bin/vedc", "bin/vedc.js"],
    [".bin/vitest", "node_modules/.bin/vitest"],
  ] as const) {
    symlinkSync(resolve(path), join(folder, "node_modules", name));
  }
  expect(vedc(folder, "init", "demo")).toMatchObject({ status: 0, stderr: "" });
  return join(folder, "demo");
}

function npm(folder: string, ...args: string[]) {
  // The tests of the project know nothing of those that run them.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|npm_)/.test(name)));
  const offline = { ...env, npm_config_offline: "true", CI: "true" };
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: folder, encoding: "utf8", env: offline });
  return { status, output: stdout + stderr };
}

describe("a new project", () => {
  it("is checked and simulated", () => {
    const folder = project();
    expect(vedc(folder, "check", "src")).toEqual({ status: 0, stdout: "1 file checked: no problems.\n", stderr: "" });
    expect(vedc(folder, "simulate", "src", "--runs", "50")).toMatchObject({ status: 0 });
  });

  // `npx vitest run compiler/cli/init.test.ts -u` writes the template's own snapshot anew; from then on the next test finds it.
  it("becomes the code in its snapshot", async () => {
    const folder = project();
    expect(npm(folder, "run", "build")).toMatchObject({ status: 0 });
    const code = readFileSync(join(folder, "dist/website.ts"), "utf8");
    await expect(code).toMatchFileSnapshot(resolve("templates/project/test/website.generated.ts"));
  });

  it("proves itself, builds, and passes its own tests", () => {
    const tested = npm(project(), "test");
    expect(tested, tested.output).toMatchObject({ status: 0 });
    expect(tested.output).toContain("Website: proved");
  });

  it("runs as a service with what its configuration says", async () => {
    const folder = project();
    const child = spawn(process.execPath, [bin, "run", "src", "--port", "0"], { cwd: folder });
    onTestFinished(() => void child.kill("SIGKILL"));
    const lines = linesOf(child);
    const line = await until(() => lines.find((each) => each.includes("http://")));
    const url = /http:\/\/\S+\//.exec(line)?.[0] ?? "";
    const request = { method: "POST", headers: { "content-type": "application/json" }, body: '{"health": "down"}' };
    expect((await fetch(`${url}api/instances/Website/default/observe`, request)).status).toBe(200);
    await until(() => lines.some((each) => each.includes("The website is down")));
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(existsSync(join(folder, "data"))).toBe(true);
  });

  it("is called after its folder, and asks for this vedc and the Vitest that it was tested with", () => {
    const folder = folderWith({});
    expect(vedc(folder, "init", "My Démo")).toMatchObject({ status: 0 });
    const { name, devDependencies } = manifestOf(join(folder, "My Démo"));
    expect(name).toBe("my-demo");
    expect(resolve(folder, "My Démo", (devDependencies.vedc ?? "").replace(/^file:/, ""))).toBe(resolve("."));
    expect(devDependencies.vitest).toBe(manifestOf(".").devDependencies.vitest);
  });

  it("has the scripts that its README speaks of, and keeps what is made out of git", () => {
    const { scripts } = manifestOf("templates/project");
    const spoken = readFileSync("templates/project/README.md", "utf8").matchAll(/npm (?:run )?(\w+)/g);
    const names = [...spoken].map(([, name = ""]) => name).filter((name) => name !== "install");
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(names));
    expect(readFileSync("templates/project/gitignore", "utf8")).toBe("node_modules/\ndist/\ndata/\n");
  });
});

function linesOf(child: ChildProcess): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on("line", (line) => lines.push(line));
  }
  return lines;
}

describe("vedc init", () => {
  it("writes into this folder where none is named, beside the repository that is there", () => {
    const folder = folderWith({ ".git/HEAD": "ref: refs/heads/main\n" });
    expect(vedc(folder, "init")).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining([".git", ".gitignore", "package.json", "src", "vedc.config.yaml"]),
    );
  });

  it("overwrites nothing, and names what is in the way", () => {
    const folder = folderWith({ "demo/README.md": "mine" });
    expect(vedc(folder, "init", "demo")).toEqual({
      status: 2,
      stdout: "",
      stderr:
        "vedc: demo is not empty: README.md is in the way. `vedc init` overwrites nothing; name a folder that is new or empty.\n",
    });
    expect(readdirSync(join(folder, "demo"))).toEqual(["README.md"]);
    for (const name of "abcdef") writeFileSync(join(folder, "demo", name), "");
    expect(vedc(folder, "init", "demo").stderr).toContain("README.md, a, b, c, d and 2 more are in the way");
  });

  it("says what keeps it from writing", () => {
    const folder = folderWith({ file: "" });
    expect(vedc(folder, "init", "file")).toMatchObject({
      status: 2,
      stderr: "vedc: Cannot write file: a part of the path is a file.\n",
    });
  });
});
