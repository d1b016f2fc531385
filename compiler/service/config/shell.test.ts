// Arguments that become a part of what a shell, or another reader of programs, reads.
import { describe, expect, it } from "vitest";
import { runProgramOf } from "../testing/service.js";
import { problemsWith } from "./fit.js";
import { pathText } from "./problem.js";
import { noConfig } from "./read.js";
import { validate } from "./validate.js";

const source = `effect Box.Run(name: string, mode: "on" | "off", times: int)
domain Box { state { on: bool } goal On { predicate on } transition Go { step { if !on { emit Box.Run("x", "on", 3) on = true } } } }`;
const program = await runProgramOf(source);

/** What is said of a command: the place, the message and the way out. */
function said(command: readonly string[], option: "effects" | "legacyEffects" = "effects"): string[] {
  const base = { "Box.Run": { log: {} } };
  const effect = { exec: { command } };
  const { config } = validate(
    option === "effects" ? { effects: { "Box.Run": effect } } : { effects: base, legacyEffects: { Old: effect } },
  );
  const problems = problemsWith(noConfig(".", {}), config ?? expect.fail(command.join(" ")), program, false);
  expect(problems.every(({ isWarning }) => isWarning)).toBe(true);
  return problems.map(({ path, message, fix }) => `${pathText(path)}: ${message}; ${fix}`);
}

describe("a warning is given", () => {
  it.each([
    [["sh", "-c", "restart {name}"], 2],
    [["/bin/bash", "-c", "restart '{name}'"], 2],
    [["bash", "-lc", "restart {name}"], 2],
    [["bash", "-euo", "pipefail", "-c", "restart {name}"], 4],
    [["bash", "--norc", "-c", "--", "restart {name}"], 4],
    [["dash", "-c", "-e", "restart {name}"], 3],
    [["zsh", "-c", "restart {name}"], 2],
    [["ksh", "-c", "restart {name}"], 2],
    [["fish", "--command=restart {name}"], 1],
    [["busybox", "sh", "-c", "restart {name}"], 3],
    [["env", "sh", "-c", "restart {name}"], 3],
    [["/usr/bin/env", "-i", "A=1", "sh", "-c", "restart {name}"], 5],
    [["env", "-S", "sh -c 'restart {name}'"], 2],
    [["sudo", "-u", "web", "sh", "-c", "restart {name}"], 5],
    [["timeout", "5", "bash", "-c", "restart {name}"], 4],
    [["docker", "exec", "web", "sh", "-c", "restart {name}"], 5],
    [["cmd", "/c", "restart", "{name}"], 3],
    [["C:\\Windows\\System32\\cmd.exe", "/d", "/s", "/C", "restart {name}"], 4],
    [["powershell", "-NoProfile", "-Command", "Restart", "{name}"], 4],
    [["powershell.exe", "Restart {name}"], 1],
    [["pwsh", "-c", "Restart {name}"], 2],
    [["ssh", "-p", "22", "web", "restart", "{name}"], 5],
    [["su", "web", "-c", "restart {name}"], 3],
    [["python3", "-u", "-c", "print('{name}')"], 3],
    [["node", "--eval=say('{name}')"], 1],
    [["perl", "-ne", "say '{name}'"], 2],
    [["sh", "-c", "echo {call.instance}"], 2],
    [["sh", "-c", "echo {call.key}"], 2],
  ])("%j", (command, index) => {
    const [line = "", ...others] = said(command);
    expect(others).toEqual([]);
    expect(line).toMatch(
      new RegExp(`^effects\\["Box\\.Run"\\]\\.exec\\.command\\[${index}\\]: \\{[\\w.]+\\} becomes a part of what \\w+ runs: `),
    );
  });

  it.each([[["{name}", "-v"]], [["./{name}.sh"]]])("where the program itself is what an argument says: %j", (command) => {
    expect(said(command)).toEqual([
      'effects["Box.Run"].exec.command[0]: {name} says which program is run; write the program, and give it the argument',
    ]);
  });

  it("with the way out", () => {
    const way = '; pass it behind the script, and not in it: ["sh", "-c", "… \\"$1\\" …", "sh", "{name}"]';
    expect(said(["/bin/sh", "-c", "restart {name}"])).toEqual([
      `effects["Box.Run"].exec.command[2]: {name} becomes a part of what sh runs: a value with a quote or a \`;\` in it runs what it likes${way}`,
    ]);
    expect(said(["cmd", "/c", "restart {name}"]).join()).toContain(
      "; read it from standard input, where all arguments are as JSON",
    );
  });

  it("also for what an older program has left", () => {
    expect(said(["sh", "-c", "restart {0}"], "legacyEffects")).toHaveLength(1);
  });
});

describe("nothing is said of", () => {
  it.each([
    [["sh", "-c", 'restart "$1"', "sh", "{name}"]],
    [["bash", "-c", 'restart "$@"', "--", "{name}", "-c", "{name}"]],
    [["sh", "-e", "restart.sh", "{name}"]],
    [["sh", "restart.sh", "-c", "{name}"]],
    [["env", "NAME={name}", "sh", "-c", 'restart "$NAME"']],
    [["restart", "-c", "{name}"]],
    [["sh", "-c", "restart {times} {mode} {call.attempt} {call.activation} {call.domain} {call.effect}"]],
    [["sh", "-c", "restart {{name}}"]],
    [["cmd", "/k"]],
    [["pwsh", "-File", "restart.ps1", "{name}"]],
    [["ssh", "web", "restart"]],
    [["python3", "restart.py", "-c", "{name}"]],
    [["python3", "-c", "import sys", "{name}"]],
    [["node", "-e", "process.argv", "{name}"]],
    [["perl", "-e", "say @ARGV", "{name}"]],
  ])("%j", (command) => {
    expect(said(command)).toEqual([]);
  });
});
