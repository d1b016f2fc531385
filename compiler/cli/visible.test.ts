// Whatever is foreign (file names, strings of a program, keys, what adapters and operators say) reaches terminals and logs in
// characters that can be seen, and on its own line.
import { renameSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expect, it, vi } from "vitest";
import { fileJournal } from "../../runtime-lib/journal/file/journal.js";
import type { KernelEvent } from "../../runtime-lib/kernel/event.js";
import { folderWith, vedc } from "../testing/command.js";
import { hostile, unseenIn } from "../testing/hostile-text.js";
import { loadDomains, scratchFolder } from "../testing/load.js";
import { runLog } from "./run-log.js";

/** As it may stand in a string of Ved. */
const text = hostile.replaceAll("\n", "");
const program = `domain A {
  state { s: string = "${text}", up: bool }
  goal G { predicate up || s == "${text}x" }
  transition T { step { if !up && s != "${text}y" { emit Fix.It("${text}") up = true } } }
}`;
const stuck = `domain B { state { s: string = "${text}", up: bool } goal G { predicate up && s == "${text}" } }`;
const restless = `domain C {
  state { s: string = "${text}", on: bool, n: int }
  goal Off { predicate !on }
  transition Count { step { if on { emit Tick("${text}") n += 1 } } }
}`;

function expectSeen(output: string): void {
  expect(unseenIn(output)).toEqual([]);
  expect(output).not.toMatch(/^forged/m);
}

/** Runs the command with arguments that may have everything but NUL in them. */
function shown(folder: string, ...args: string[]): string {
  const { stdout, stderr } = vedc(folder, ...args);
  expectSeen(stdout);
  expectSeen(stderr);
  return stdout + stderr;
}

it("shows what is foreign in programs and file names", () => {
  const folder = folderWith({ "a.ved": program, "b.ved": stuck, "c.ved": restless, "d.ved": `domain ${text}` });
  renameSync(join(folder, "c.ved"), join(folder, `${hostile}.ved`));
  for (const format of ["pretty", "json"]) {
    const options = ["--format", format];
    shown(folder, "check", ".", ...options);
    expect(shown(folder, "fmt", "--check", ".")).toContain("u{202e}");
    for (const file of ["a.ved", "b.ved", `${hostile}.ved`]) {
      const replay = format === "pretty" ? ["--replay"] : [];
      expect(shown(folder, "verify", file, ...replay, "--time-limit", "1", ...options)).toContain("\\u");
      shown(folder, "simulate", file, "--runs", "20", ...options);
    }
  }
  for (const format of ["mermaid", "dot", "svg"]) expect(shown(folder, "graph", "a.ved", "--format", format)).toContain("202e");
  expect(shown(folder, "build", "a.ved", `${hostile}.ved`, "-o", `dist${hostile}`)).toContain("forged");
});

it("shows what is foreign in its own arguments", () => {
  const folder = folderWith({
    "a.ved": program,
    "c.json": JSON.stringify({ [hostile]: 1, effects: { [hostile]: { log: {} } } }),
  });
  renameSync(join(folder, "c.json"), join(folder, `c${hostile}.json`));
  for (const args of [
    [hostile],
    ["check", hostile],
    ["check", `--${hostile}`],
    ["check", "a.ved", "--format", hostile],
    ["explain", hostile],
    ["fmt", hostile],
    ["inspect", hostile],
    ["graph", "a.ved", "--domain", hostile],
    ["resolve", hostile, hostile, "happened", "--why", "x"],
    ["resolve", ".", hostile, hostile, "--why", "x"],
    ["run", hostile],
    ["run", "a.ved", "-c", hostile],
    ["run", "a.ved", "-c", `c${hostile}.json`],
    ["run", "a.ved", "--host", hostile],
  ])
    expect(shown(folder, ...args)).toContain("u{202e}");
});

it("shows what is foreign in a journal", async () => {
  const folder = scratchFolder();
  const { A } = await loadDomains(program);
  if (A === undefined) throw new Error("there is no A");
  const effects = {
    Fix: {
      It: () => {
        throw new Error(hostile);
      },
    },
  };
  const running = await A.host({ effects, journal: fileJournal(join(folder, "data")) });
  await running.instance(`k${hostile}`).observe({ s: hostile });
  await running.stop();
  const key = String(JSON.parse(vedc(folder, "inspect", "data", "--json").stdout).instances[0].activations[0].key);
  expect(shown(folder, "resolve", "data", `${key}x`, "happened", "--why", "x")).toContain("u{202e}");
  expect(shown(folder, "resolve", "data", key, "happened", "--why", hostile, "--by", hostile)).toContain("u{202e}");
  for (const options of [[], ["--history"], ["--json"], ["--history", "--json"], ["--key", hostile]])
    expect(shown(folder, "inspect", "data", ...options)).toContain("202e");
});

it.each(["pretty", "json", "quiet"] as const)("shows what is foreign in a log: %s", (format) => {
  const written: string[] = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((chunk) => written.push(String(chunk)) > 0);
  const log = runLog(format);
  const about = { domain: hostile, instance: hostile, at: 0 };
  const event = { ...about, type: "failed", transition: "T", intent: { effect: "E", args: [hostile] }, reason: hostile };
  log.event(event as unknown as KernelEvent);
  log.say(hostile);
  log.warn(hostile);
  vi.restoreAllMocks();
  const lines = written.join("").trimEnd().split("\n");
  expect([lines.length, written.length]).toEqual(format === "quiet" ? [2, 2] : [3, 3]);
  for (const line of lines) expect(unseenIn(line)).toEqual([]);
  if (format === "json") expect(JSON.parse(lines[0] ?? "")).toMatchObject({ reason: hostile, domain: hostile });
});
