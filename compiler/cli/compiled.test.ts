import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const loader = pathToFileURL("lib/compiler/cli/compiled.js").href;

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ved-compiled-"));
  folder = join(root, "cache", "vedc");
  writeFileSync(join(root, "library.cjs"), `module.exports = require("./large.cjs").answer;`);
  writeLarge(42);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function writeLarge(answer: number): void {
  writeFileSync(join(root, "large.cjs"), `exports.answer = (() => ${answer})();`);
}

/** Loads the library in a process of its own. */
function load(environment: Readonly<Record<string, string>> = {}): string {
  const script = `
    import { requireCompiled } from ${JSON.stringify(loader)};
    process.stdout.write(String(requireCompiled(${JSON.stringify(join(root, "library.cjs"))}, "./large.cjs")));`;
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: "", XDG_CACHE_HOME: join(root, "cache"), ...environment };
  return execFileSync(process.execPath, ["--input-type=module", "-e", script], { env, encoding: "utf8" });
}

function kept(): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

describe.skipIf("enableCompileCache" in module)("what V8 makes of a script", () => {
  it("is kept for the next process, for its owner alone, and serves it as it is", () => {
    expect(load()).toBe("42");
    const [name = ""] = kept();
    const { mode, ino } = statSync(join(folder, name));
    expect([statSync(folder).mode & 0o777, mode & 0o777]).toEqual([0o700, 0o600]);
    expect(load()).toBe("42");
    expect([kept(), statSync(join(folder, name)).ino]).toEqual([[name], ino]);
  });

  it("does not serve a script that has changed, however alike", () => {
    load();
    writeLarge(43);
    expect(load()).toBe("43");
    expect(kept()).toHaveLength(2);
  });

  it.each([
    ["cut short", (bytes: Buffer) => bytes.subarray(0, 100)],
    ["empty", () => Buffer.alloc(0)],
    ["changed", (bytes: Buffer) => bytes.fill(0, 200, 300)],
  ])("is made again where it is %s", (_, damage) => {
    load();
    const path = join(folder, kept()[0] ?? "");
    const whole = readFileSync(path).length;
    writeFileSync(path, damage(readFileSync(path)));
    expect(load()).toBe("42");
    expect(load()).toBe("42");
    expect(readFileSync(path).length).toBe(whole);
  });

  it("is not kept where others may write, or where nothing can be written", () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    expect(load()).toBe("42");
    expect(kept()).toEqual([]);
    expect(load({ XDG_CACHE_HOME: "/proc/self/cache" })).toBe("42");
    expect(load({ XDG_CACHE_HOME: "", HOME: join(root, "nowhere") })).toBe("42");
    expect(existsSync(join(root, "nowhere"))).toBe(false);
  });

  it("is not kept for who does not want it", () => {
    expect(load({ NODE_DISABLE_COMPILE_CACHE: "1" })).toBe("42");
    expect(kept()).toEqual([]);
  });

  it("lets a script that throws throw", () => {
    writeFileSync(join(root, "large.cjs"), `throw new Error("large is broken");`);
    expect(() => load()).toThrow("large is broken");
  });
});
