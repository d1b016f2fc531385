// What the README shows is what happens: its sessions are what the commands print, its code lies in the files that it names, and
// its sizes are those of a build.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { changes } from "./failover/show/changes.js";

const readme = readFileSync("README.md", "utf8");
const seed = readFileSync("fixtures/failover.ved", "utf8");
/** The show takes ten seconds; on a busy machine more. In ms. */
const timeout = 240_000;
const script = "bash examples/failover/failover.sh";

/** The blocks of the README that are marked with a language. */
function blocksOf(language) {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, text]) => text);
}

function printedBy(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

/** The lines that say something, without margins, and without the times, which differ from run to run. */
function linesOf(text) {
  const timeless = text.replace(/\d+\.\d\d s\b/g, "0.00 s").replace(/\d+ ms\b/g, "0 ms");
  const lines = timeless.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "");
}

/**
 * What a session shows that an output does not have, in this order; nothing, as a rule. A `…` stands for lines that are left out.
 */
function missingIn(output, session) {
  const whole = (lines) => `\n${lines.join("\n")}\n`;
  const [first, ...parts] = whole(session).split(/(?<=\n)…(?=\n)/);
  const printed = whole(output);
  if (!printed.startsWith(first)) return first;
  let at = first.length - 1;
  for (const part of parts) {
    const found = printed.indexOf(part, at);
    if (found === -1) return part;
    at = found + part.length - 1;
  }
  return "";
}

describe("a session in the README", () => {
  let show = "";

  beforeAll(() => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    show = printedBy(...scripts.start.split(" ").slice(1));
  }, timeout);

  function outputOf(command) {
    // The show plays the script in a world that breaks it.
    if (command === script) return show.slice(show.indexOf(script) + script.length);
    if (command === "npm start") return show;
    return printedBy("bin/vedc.js", ...command.replace(/^npx vedc /, "").split(" "));
  }

  const sessions = blocksOf("console").map((block) => /^\$ (?<command>.*)\n(?<text>[\s\S]*)/.exec(block).groups);

  it.each(sessions)("is what the command prints: $command", ({ command, text }) => {
    expect(missingIn(linesOf(outputOf(command)), linesOf(text))).toBe("");
  });
});

it("shows the script as it is", () => {
  expect(readFileSync("examples/failover/failover.sh", "utf8")).toContain(
    blocksOf("sh").find((block) => block.startsWith("step")),
  );
});

it("shows the program as it is, but for its layout and its comments", () => {
  const words = (text) => text.replace(/\/\/.*/g, "").match(/\S+/g);
  expect(words(blocksOf("ved")[0])).toEqual(words(seed));
});

it("shows the repair as it is", () => {
  const repaired = readFileSync("examples/failover/repaired.ved", "utf8");
  expect(blocksOf("diff")).toEqual([`${changes(seed, repaired).join("\n")}\n`]);
});

it("says what a program costs, to 3 %", () => {
  const folder = mkdtempSync(join(tmpdir(), "vedc-readme-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  printedBy("bin/vedc.js", "build", "fixtures/failover.ved", "-o", folder, "--minify");
  const kilobytes = (...names) => names.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0) / 1000;
  const [, alone, journaled] = /about (\S+) kB gzipped, about (\S+) kB with the journal/.exec(readme);
  const drift = (said, real) => Math.abs(Number(said) / real - 1);
  const [program, both] = [kilobytes("failover.js"), kilobytes("failover.js", "journal.js")];
  expect(drift(alone, program), `it is ${program} kB gzipped, not ${alone}`).toBeLessThan(0.03);
  expect(drift(journaled, both), `with its journal it is ${both} kB gzipped, not ${journaled}`).toBeLessThan(0.03);
});
