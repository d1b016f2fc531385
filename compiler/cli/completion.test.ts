// Completion as the shells themselves do it, where they are there.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, vedc } from "../testing/command.js";

/** Runs a shell in a folder with sources, where its script has been read. */
function run(shell: string, ...lines: string[]): string {
  const cwd = folderWith({ "a b.ved": "", "notes.txt": "", "sub/c.ved": "" });
  writeFileSync(join(cwd, "script"), vedc(".", "completion", shell).stdout);
  const flag = { bash: "--norc", zsh: "-f", fish: "--no-config" }[shell] ?? "";
  const { stdout, stderr } = spawnSync(shell, [flag, "-c", lines.join("\n")], { encoding: "utf8", timeout: 60_000, cwd });
  return stdout + stderr;
}

const isThere = (shell: string) => spawnSync(shell, ["-c", "exit"]).status === 0;

/** What stands on the command line, and what has to be offered. */
const cases: [words: string[], offered: string[]][] = [
  [["che"], ["check"]],
  [["build", "--mini"], ["--minify"]],
  [
    ["check", "--severity", ""],
    ["error", "warning", "hint"],
  ],
  [["check", "a", "--format", "sa"], ["sarif"]],
  [["build", "-o", "s"], ["sub"]],
  [["check", "a"], ["a b.ved"]],
  [["check", "n"], []],
  [["resolve", "journal", "key", "h"], ["happened"]],
  [
    ["explain", "VED420"],
    ["VED4201", "VED4202", "VED4203", "VED4204"],
  ],
  [["completion", "f"], ["fish"]],
];

describe("vedc completion", () => {
  it("offers commands, options, choices, folders and sources to bash", () => {
    const lines = cases.map(([words]) => {
      const all = ["vedc", ...words].map((word) => `'${word}'`).join(" ");
      return `COMP_WORDS=(${all}); COMP_CWORD=${words.length}; _vedc; (IFS='|'; echo "\${COMPREPLY[*]}")`;
    });
    const offered = run("bash", "source ./script", ...lines)
      .split("\n")
      .slice(0, -1);
    expect(offered).toEqual(cases.map(([, expected]) => expected.join("|")));
  });

  it("takes what stands behind = in bash for the value of the option", () => {
    const words = "COMP_WORDS=(vedc check --format = js); COMP_CWORD=4";
    expect(run("bash", `source ./script; ${words}; _vedc; echo "\${COMPREPLY[*]}"`)).toBe("json\n");
  });

  it.runIf(isThere("fish"))("offers the same to fish", () => {
    const lines = cases.map(([words]) => `complete -C 'vedc ${words.join(" ")}'; echo .`);
    const offered = run("fish", "source ./script", ...lines)
      .split(".\n")
      .slice(0, -1);
    const names = offered.map((text) =>
      text
        .split("\n")
        .slice(0, -1)
        .map((line) => line.replace(/\t.*/, "").replace(/\/$/, "").replaceAll("\\", "")),
    );
    expect(names.map((each) => each.sort())).toEqual(cases.map(([, expected]) => [...expected].sort()));
  });

  it.runIf(isThere("zsh"))("completes what can mean only one thing in zsh", () => {
    const single = cases.filter(([, offered]) => offered.length === 1 && !offered[0]?.includes(" "));
    const typed = single.map(([words, [offered]]) => {
      const before = words.slice(0, -1).map((word) => `${word} `);
      return `zpty -w -n z $'vedc ${words.join(" ")}\\t'; zpty -r z out '*${before.join("")}${offered}*'; print -r -- ${offered}; zpty -w -n z $'\\x15'`;
    });
    const setUp =
      "zmodload zsh/zpty; zpty z zsh -f -i; zpty -w z 'PS1=; autoload -Uz compinit; compinit -u -D; source ./script; print re''ady'";
    const out = run("zsh", setUp, "zpty -r z out '*ready*'", ...typed, "zpty -d z");
    expect(out.trim().split("\n")).toEqual(single.map(([, [offered]]) => offered));
  });

  it("knows every command and every option that the help of a command shows", () => {
    const script = vedc(".", "completion", "bash").stdout;
    const commands = [...vedc(".", "--help").stdout.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = ""]) => name);
    expect(commands).toContain("check");
    for (const command of commands) {
      const options = [...vedc(".", command, "--help").stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(
        ([, flag = ""]) => flag,
      );
      const line = script.split("\n").find((each) => each.trim().startsWith(`"${command}") _vedc_words`)) ?? "";
      expect(line.match(/--[a-z-]+/g)).toEqual(options);
    }
  });

  it("says which shells there are", () => {
    expect(vedc(".", "completion", "tcsh")).toMatchObject({ status: 2, stderr: expect.stringContaining("bash, zsh, fish") });
  });
});
