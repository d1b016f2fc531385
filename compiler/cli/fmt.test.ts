import { spawnSync } from "node:child_process";
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { bin, folderWith, vedc } from "../testing/command.js";
import { hostile, unseenIn } from "../testing/hostile-text.js";

const rough = "domain A{state{n:int}// note\r\ngoal n==1}";
const fine = "domain A {\n  state { n: int } // note\n  goal n == 1\n}\n";
const broken = "domain B { state { n int } }\n";

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

/** Formats a text that the command gets on standard input. */
function formatInput(input: string | Uint8Array, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "fmt", "-", ...args], { input, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("vedc fmt", () => {
  it("writes files and what is in folders, and names what it has changed", () => {
    const folder = folderWith({
      "src/a.ved": rough,
      "src/deep/b.ved": rough,
      "src/fine.ved": fine,
      "c.ved": rough,
      "src/d.txt": rough,
    });
    expect(vedc(folder, "fmt", "src", "c.ved", "src/a.ved")).toEqual({
      status: 0,
      stdout: "c.ved\nsrc/a.ved\nsrc/deep/b.ved\n",
      stderr: "Formatted: 3 of 4 files.\n",
    });
    for (const path of ["src/a.ved", "src/deep/b.ved", "src/fine.ved", "c.ved"]) expect(read(folder, path)).toBe(fine);
    expect(read(folder, "src/d.txt")).toBe(rough);
    expect(vedc(folder, "fmt", ".")).toEqual({ status: 0, stdout: "", stderr: "Formatted: 0 of 4 files.\n" });
  });

  it("leaves what has syntax errors as it is, reports it, ends with 1, and formats the rest", () => {
    const folder = folderWith({ "a.ved": rough, "b.ved": broken, "c.ved": rough });
    const { status, stdout, stderr } = vedc(folder, "fmt", ".");
    expect([status, stdout]).toEqual([1, "a.ved\nc.ved\n"]);
    expect(stderr).toContain(vedc(folder, "check", "b.ved").stderr);
    expect([read(folder, "a.ved"), read(folder, "b.ved"), read(folder, "c.ved")]).toEqual([fine, broken, fine]);
  });

  it("leaves what is not UTF-8 as it is", () => {
    const folder = folderWith({});
    const bytes = Buffer.from([...Buffer.from("domain A { // "), 0xff, ...Buffer.from("\n}")]);
    writeFileSync(join(folder, "a.ved"), bytes);
    const { status, stderr } = vedc(folder, "fmt", "a.ved");
    expect([status, stderr]).toEqual([1, expect.stringContaining("not UTF-8")]);
    expect(readFileSync(join(folder, "a.ved"))).toEqual(bytes);
  });

  it("drops a byte order mark", () => {
    const folder = folderWith({ "a.ved": `\uFEFF${fine}` });
    expect(vedc(folder, "fmt", "a.ved").stdout).toBe("a.ved\n");
    expect(read(folder, "a.ved")).toBe(fine);
  });

  it("keeps links and permissions, touches nothing that is formatted, and leaves nothing behind", () => {
    const folder = folderWith({ "real/a.ved": rough, "fine.ved": fine });
    symlinkSync("real/a.ved", join(folder, "link.ved"));
    chmodSync(join(folder, "real/a.ved"), 0o640);
    utimesSync(join(folder, "fine.ved"), 1, 1);
    expect(vedc(folder, "fmt", "link.ved", "fine.ved").stdout).toBe("link.ved\n");
    expect(lstatSync(join(folder, "link.ved")).isSymbolicLink()).toBe(true);
    expect([read(folder, "real/a.ved"), statSync(join(folder, "real/a.ved")).mode & 0o777]).toEqual([fine, 0o640]);
    expect(statSync(join(folder, "fine.ved")).mtimeMs).toBe(1000);
    expect([readdirSync(folder).sort(), readdirSync(join(folder, "real"))]).toEqual([
      ["fine.ved", "link.ved", "real"],
      ["a.ved"],
    ]);
  });

  it("ends with 2 where there is nothing to read", () => {
    const folder = folderWith({ "b.ved/readme": "" });
    expect(vedc(folder, "fmt", "nowhere.ved")).toMatchObject({
      status: 2,
      stderr: "vedc: Cannot read nowhere.ved: it does not exist.\n",
    });
    expect(vedc(folder, "fmt", "b.ved")).toMatchObject({ status: 2, stderr: "vedc: There is no .ved file in b.ved.\n" });
  });
});

describe("vedc fmt --check", () => {
  it("lists what is not formatted, writes nothing, and ends with 1", () => {
    const folder = folderWith({ "a.ved": rough, "b.ved": fine, "c.ved": fine.replaceAll("\n", "\r\n") });
    expect(vedc(folder, "fmt", "--check", ".")).toEqual({
      status: 1,
      stdout: "a.ved\nc.ved\n",
      stderr: "Not formatted: 2 of 3 files.\n",
    });
    expect(read(folder, "a.ved")).toBe(rough);
    expect(vedc(folder, "fmt", "--check", "b.ved")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("reports what has syntax errors", () => {
    const { status, stdout, stderr } = vedc(folderWith({ "b.ved": broken }), "fmt", "--check", ".");
    expect([status, stdout, stderr]).toEqual([1, "", expect.stringContaining("b.ved:1:20")]);
  });
});

describe("vedc fmt -", () => {
  it("formats standard input to standard output", () => {
    expect(formatInput(rough)).toEqual({ status: 0, stdout: fine, stderr: "" });
    expect(formatInput("")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("gives no text where there are syntax errors, and says where they are", () => {
    expect(formatInput(broken)).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("<stdin>:1:20") });
    const named = formatInput(broken, "--stdin-filepath", "src/b.ved");
    expect(named).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("src/b.ved:1:20") });
  });

  it("names it with --check where it is not formatted", () => {
    expect(formatInput(rough, "--check", "--stdin-filepath", "a.ved")).toEqual({ status: 1, stdout: "a.ved\n", stderr: "" });
    expect(formatInput(fine, "--check")).toEqual({ status: 0, stdout: "", stderr: "" });
    for (const input of [rough, broken]) {
      const { stdout, stderr } = formatInput(input, "--check", "--stdin-filepath", hostile);
      expect([stdout + stderr, unseenIn(stdout + stderr)]).toEqual([expect.stringContaining("u{202e}"), []]);
    }
  });

  it.each([
    [["fmt", "-", "a.ved"], "`-` is standard input, which is formatted alone."],
    [["fmt", "a.ved", "--stdin-filepath", "b.ved"], "`--stdin-filepath` says what standard input is called"],
    [["fmt"], "missing required argument"],
  ])("wrong usage ends with 2: vedc %j", (args, message) => {
    expect(vedc(folderWith({ "a.ved": fine }), ...args)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
  });
});
