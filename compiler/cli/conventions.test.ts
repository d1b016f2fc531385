// The command line as people know it from other compilers and linters.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bin, folderWith, vedc } from "../testing/command.js";

const seed = readFileSync("fixtures/failover.ved", "utf8");
const unread =
  "domain D { state { up: bool, version: int } goal Up { predicate up } transition S { step { if !up { emit P() up = true } } } }\n";
const wrong = unread.replace("predicate up", "predicate upp");

/** Runs the command through a shell, with `vedc` for its name. */
function shell(folder: string, line: string) {
  const script = `vedc() { '${process.execPath}' '${bin}' "$@"; }\n${line}`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8", timeout: 120_000 });
  return { status, stdout, stderr };
}

/** Gives the files that are named in the compact form, each once. */
function filesIn(stdout: string): string[] {
  return [...new Set(stdout.split("\n").flatMap((line) => (line === "" ? [] : [line.split(":")[0] ?? ""])))];
}

describe("vedc check", () => {
  it("reads standard input, in the place of the file that it stands for", () => {
    const store =
      "domain Store { state { left: int } goal G { predicate left > 0 } transition T(n: int) { step { emit X(n) left += n } } }\n";
    const shop = 'import { Store } from "./store.ved"\nsystem M { start Store {} }\n';
    const folder = folderWith({ "src/store.ved": store, "src/shop.ved": wrong });
    writeFileSync(join(folder, "typed"), shop.replace("Store }", "Stoer }"));
    const { status, stdout } = shell(folder, "vedc check - --stdin-filepath src/shop.ved --format compact < typed");
    expect([status, filesIn(stdout)]).toEqual([1, ["src/shop.ved"]]);
    expect(stdout).toContain("declares no `Stoer`");
    writeFileSync(join(folder, "typed"), shop);
    expect(shell(folder, "vedc check src - --stdin-filepath src/shop.ved < typed").status).toBe(0);
  });

  it("takes no folder for an empty file", () => {
    const folder = folderWith({ "src/shop.ved": wrong });
    for (const command of ["check", "fmt"])
      expect(shell(folder, `vedc ${command} - < src`)).toMatchObject({
        status: 2,
        stderr: "vedc: Cannot read <stdin>: it is a folder.\n",
      });
  });

  it("calls standard input <stdin> where it stands for no file", () => {
    const folder = folderWith({ typed: wrong });
    expect(filesIn(shell(folder, "vedc check - --format compact < typed").stdout)).toEqual(["<stdin>"]);
  });

  it("takes patterns that the shell has left as they are, and says where none matches", () => {
    const folder = folderWith({ "a/x.ved": unread, "a/b/y.ved": unread, "a/notes.txt": "", "c/z.ved": unread });
    const matched = (pattern: string) => filesIn(vedc(folder, "check", "--format", "compact", pattern).stdout);
    expect(matched("a/**/*.ved")).toEqual(["a/b/y.ved", "a/x.ved"]);
    expect(matched("{a,c}/*")).toEqual(["a/x.ved", "c/z.ved"]);
    expect(matched("[c]/z.ved")).toEqual(["c/z.ved"]);
    expect(vedc(folder, "check", "d/*.ved")).toMatchObject({ status: 2, stderr: "vedc: No .ved file matches d/*.ved.\n" });
  });

  it("follows links once: it ends, and finds no file twice", () => {
    const folder = folderWith({ "src/a.ved": unread, "src/sub/b.ved": unread });
    symlinkSync("..", join(folder, "src/sub/up"));
    symlinkSync(".", join(folder, "src/self"));
    symlinkSync("a.ved", join(folder, "src/0.ved"));
    symlinkSync("src", join(folder, "link"));
    expect(filesIn(vedc(folder, "check", "src", "src/a.ved", "--format", "compact").stdout)).toEqual([
      "src/a.ved",
      "src/sub/b.ved",
    ]);
    expect(filesIn(vedc(folder, "check", "link", "--format", "compact").stdout)).toEqual(["link/a.ved", "link/sub/b.ved"]);
    symlinkSync("nowhere.ved", join(folder, "src/dangling.ved"));
    expect(vedc(folder, "check", "src").status).toBe(0);
    expect(vedc(folder, "check", "src/dangling.ved").stderr).toBe("vedc: Cannot read src/dangling.ved: it does not exist.\n");
  });

  it("names the folder in which it found nothing, and an argument that is empty", () => {
    const folder = folderWith({ "notes.txt": "" });
    expect(vedc(folder, "check", ".").stderr).toMatch(/^vedc: There is no \.ved file in \/.*vedc-test-\w+\.\n$/);
    expect(vedc(folder, "check", "")).toMatchObject({ status: 2, stderr: expect.stringContaining("empty argument") });
  });

  it("shows and counts what is grave enough, and fails for warnings where it is strict", () => {
    const folder = folderWith({ "w.ved": unread, "failover.ved": seed });
    const run = (...args: string[]) => {
      const { status, stdout } = vedc(folder, "check", ...args);
      return [status, stdout];
    };
    expect(run("w.ved")).toEqual([0, "1 file checked: 1 warning.\n"]);
    expect(run("w.ved", "--strict")).toEqual([1, "1 file checked: 1 warning. With --strict that is a failure.\n"]);
    expect(run("w.ved", "--strict", "--severity", "error")).toEqual([0, "1 file checked: no problems.\n"]);
    expect(run("failover.ved", "--strict")).toEqual([0, "1 file checked: 2 hints.\n"]);
    expect(run("failover.ved", "--severity", "warning")).toEqual([0, "1 file checked: no problems.\n"]);
  });

  it("says nothing but findings where it is to be quiet, and so does build", () => {
    const folder = folderWith({ "w.ved": unread, "wrong.ved": wrong, "failover.ved": seed });
    expect(vedc(folder, "check", "w.ved", "-q")).toMatchObject({
      status: 0,
      stdout: "",
      stderr: expect.stringMatching(/^warning/),
    });
    expect(vedc(folder, "check", "wrong.ved", "-q").stderr).not.toContain("vedc explain");
    expect(vedc(folder, "build", "failover.ved", "-o", "dist", "--quiet")).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});

describe("vedc verify", () => {
  const program = (comment: string) => `domain Service {
  state { up: bool = true, paged: bool, logged: bool }
  goal Fine { predicate up && !paged || !up && paged }
  transition Page { step { if !up && !paged { emit Alerts.Page("down") paged = true } } }
  transition Calm { step { if up && paged { paged = false } } }
  ${comment}
  transition Log { step { if !up && paged && !logged { emit Logs.Write("paged") logged = true } } }
}
`;

  it("shows no warning that is silenced and does not fail for it, but reports a comment that silences none", () => {
    const comment = "// vedc-ignore VED5105: the next release needs it";
    const files = {
      "loud.ved": program(""),
      "silent.ved": program(comment),
      "idle.ved": program(comment).replace("!up && paged && !logged", "!up && !paged && !logged"),
    };
    const folder = folderWith(files);
    expect(vedc(folder, "verify", "loud.ved", "--strict")).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("VED5105"),
    });
    const silent = vedc(folder, "verify", "silent.ved", "--strict");
    expect([silent.status, silent.stdout.includes("VED5105"), silent.stderr]).toEqual([0, false, ""]);
    expect(vedc(folder, "verify", "idle.ved").stderr).toContain("warning[VED4201]: There is no VED5105 here to silence.");
  });

  it("reports in the forms of others as well, with the verdicts on standard error", () => {
    const folder = folderWith({ "loud.ved": program(""), "silent.ved": program("// vedc-ignore VED5105: soon") });
    const { stdout, stderr } = vedc(folder, "verify", "loud.ved", "--format", "compact");
    expect(stdout).toMatch(/^loud\.ved:\d+:\d+: warning: .*\[VED5105\]\n$/);
    expect(stderr).toMatch(/^Service: proved: .*\n$/);
    const log = vedc(folder, "verify", "silent.ved", "--format", "sarif").stdout;
    expect(JSON.parse(log)).toMatchObject({
      runs: [{ results: [{ ruleId: "VED5105", suppressions: [{ kind: "inSource", justification: "soon" }] }] }],
    });
  });
});

describe("a command whose output nobody takes", () => {
  // More than a pipe takes that nobody reads.
  const many = Array.from({ length: 900 }, (_, index) => `domain D${index} { goal G { predicate a } }\n`).join("");

  it.each([
    ["vedc check many.ved --format compact", 1],
    ["vedc check many.ved --format json", 1],
    ["vedc check many.ved 2>&1", 1],
    ["vedc explain", 0],
  ])("ends quietly where the reader has seen enough, with the exit code that it has anyway (%s)", (line, code) => {
    const folder = folderWith({ "many.ved": many });
    const { stdout, stderr } = shell(folder, `${line} | head -1; echo \${PIPESTATUS[0]}`);
    expect([stdout.split("\n").slice(1), stderr]).toEqual([[String(code), ""], ""]);
  });

  it("says that the disk is full where it is, which is no bug in vedc", () => {
    const folder = folderWith({ "w.ved": unread });
    for (const line of [
      "vedc check w.ved > /dev/full",
      "vedc check w.ved --format json > /dev/full",
      "vedc explain > /dev/full",
    ]) {
      const { status, stderr } = shell(folder, line);
      expect([line, status]).toEqual([line, 2]);
      expect(stderr).toMatch(/vedc: Cannot write to standard output: the disk is full\.\n$/);
    }
    expect(shell(folder, "vedc check w.ved 2> /dev/full")).toMatchObject({ status: 2 });
  });
});

describe("vedc build -o somewhere impossible", () => {
  it.each([
    ["/dev/null/x", "Cannot write /dev/null/x: a part of the path is a file."],
    ["/proc/x/y", "Cannot write /proc/x/y: there is no such place, and none can be made."],
    ["file", "Cannot write file: a file is in the way."],
    ["file/x", "Cannot write file/x: a part of the path is a file."],
    ["ring/x", "Cannot write ring/x: its links go round in circles."],
    ["x".repeat(300), "its name is too long."],
    ["", "--out is empty"],
  ])("ends with a message (%s)", (out, message) => {
    const folder = folderWith({ "w.ved": seed, file: "" });
    symlinkSync("ring", join(folder, "ring"));
    const { status, stderr } = shell(folder, `timeout 60 '${process.execPath}' '${bin}' build w.ved -o '${out}'`);
    expect([status, stderr.startsWith("vedc: "), stderr.includes(message)]).toEqual([2, true, true]);
  });

  it("writes nothing where a folder is in the way of one file", () => {
    const folder = folderWith({ "w.ved": seed });
    mkdirSync(join(folder, "dist/w.js"), { recursive: true });
    const { status, stderr } = vedc(folder, "build", "w.ved", "-o", "dist");
    expect([status, stderr]).toEqual([2, "vedc: Cannot write dist/w.js: it is a folder.\n"]);
    expect(readdirSync(join(folder, "dist"))).toEqual(["w.js"]);
  });
});

describe("a source that was renamed", () => {
  it("leaves nothing of its old name in the output, and that is said", () => {
    const folder = folderWith({ "src/old.ved": seed });
    vedc(folder, "build", "src", "-o", "dist");
    renameSync(join(folder, "src/old.ved"), join(folder, "src/new.ved"));
    const { stdout } = vedc(folder, "build", "src", "-o", "dist");
    expect(stdout).toMatch(/^Removed dist\/old\.js and 3 other files: src\/old\.ved is gone\.$/m);
    expect(readdirSync(join(folder, "dist")).filter((name) => name.startsWith("old"))).toEqual([]);
  });

  it("keeps what somebody has changed, with a warning; and vedc run names both files", () => {
    const folder = folderWith({ "src/old.ved": seed });
    vedc(folder, "build", "src", "-o", "dist");
    writeFileSync(join(folder, "dist/old.js"), `${readFileSync(join(folder, "dist/old.js"), "utf8")}// mine\n`);
    renameSync(join(folder, "src/old.ved"), join(folder, "src/new.ved"));
    const { status, stderr } = vedc(folder, "build", "src", "-o", "dist");
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^warning: src\/old\.ved is gone.*dist\/old\.js was changed/)]);
    expect(existsSync(join(folder, "dist/old.d.ts"))).toBe(true);
    const run = vedc(folder, "run", "dist");
    expect(run.status).toBe(2);
    for (const name of ["dist/old.js", "dist/new.js"]) expect(run.stderr).toContain(join(folder, name));
  });
});

describe("what people type first", () => {
  it("vedc alone prints help, and is wrong usage", () => {
    expect(vedc(".")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("Usage: vedc [options] [command]"),
    });
  });

  it("help of a command is its own, and of none that there is wrong usage", () => {
    expect(vedc(".", "help", "check")).toMatchObject(vedc(".", "check", "--help"));
    expect(vedc(".", "help")).toMatchObject({ status: 0, stdout: vedc(".", "--help").stdout });
    expect(vedc(".", "help", "chek")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "error: unknown command 'chek'\n(Did you mean check?)\n(`vedc --help` says what there is)\n",
    });
  });

  it("wrong usage of a command names its own help", () => {
    for (const args of [["check", "--severty", "x"], ["check"], ["check", "a.ved", "--format", "xml"]]) {
      expect(vedc(".", ...args)).toMatchObject({ status: 2, stderr: expect.stringContaining("(`vedc check --help` says what") });
    }
  });

  it("a code is known without its letters", () => {
    expect(vedc(".", "explain", "2001").stdout).toBe(vedc(".", "explain", "VED2001").stdout);
    expect(vedc(".", "explain", "9999")).toMatchObject({ status: 2, stderr: expect.stringContaining("no code 9999") });
  });
});
