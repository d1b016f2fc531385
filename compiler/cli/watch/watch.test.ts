// `--watch` as a user meets it: real files, saved as editors do. What runs follow from which changes is in schedule.test.ts.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expect, it, onTestFinished } from "vitest";
import { until } from "../../service/testing/service.js";
import { bin, folderWith, vedc } from "../../testing/command.js";

const on = "domain On { state { on: bool } goal G { predicate on } }\n";
const worker = "domain Worker { state { done: int } on Work { done += 1 } }\n";
const queue = `import { Worker } from "../lib/worker.ved"
domain Queue { state { jobs: int } goal Empty { predicate jobs == 0 } transition T { step { if jobs > 0 { send Worker Work jobs -= 1 } } } }
`;

/** Starts a command that watches, and waits for its first run. */
async function start(folder: string, ...args: string[]) {
  const child = spawn(process.execPath, [bin, ...args, "--watch"], { cwd: folder });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exit = once(child, "exit");
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  /** Waits until as many runs are over, and gives what the last one said on standard error. */
  async function run(number: number): Promise<string> {
    const said = await until(() => {
      const runs = stderr.split(/(?<=Ctrl-C ends it\.\n)/);
      return runs.length > number || runs[number - 1]?.endsWith("ends it.\n") === true ? runs : undefined;
    });
    return said[number - 1] ?? "";
  }
  async function interrupt() {
    child.kill("SIGINT");
    return exit;
  }
  await run(1);
  return { run, interrupt, output: () => stdout };
}

/** Saves a file as many editors do: under another name, and then by a rename. */
function save(path: string, text: string): void {
  writeFileSync(`${path}~`, text);
  renameSync(`${path}~`, path);
}

it("checks again after each save, whatever was wrong before, and ends with Ctrl-C", async () => {
  const folder = folderWith({ "src/on.ved": on });
  const { run, interrupt, output } = await start(folder, "check", "src");
  save(join(folder, "src/on.ved"), "domain {");
  expect(await run(2)).toMatch(/^src\/on\.ved changed\.\nerror\[VED\d+\][\s\S]*\nDone at \d\d:\d\d:\d\d: exit code 1\. Waiting/);
  save(join(folder, "src/on.ved"), on);
  expect(await run(3)).toMatch(/^src\/on\.ved changed\.\nDone at [\d:]+: exit code 0\. Waiting/);
  writeFileSync(join(folder, "src/off.ved"), on.replaceAll("On", "Off"));
  expect(await run(4)).toMatch(/^src\/off\.ved is new\.\n/);
  expect(output()).toMatch(/1 file checked: no problems\.\n2 files checked: no problems\.\n$/);
  rmSync(join(folder, "src/off.ved"));
  expect(await run(5)).toMatch(/^src\/off\.ved is gone\.\n/);
  expect(await interrupt()).toEqual([130, null]);
  // Nothing is cleared where there is no terminal.
  expect(output()).not.toContain("\u001b");
});

it("knows what is imported from elsewhere, and the configuration", async () => {
  const folder = folderWith({ "src/queue.ved": queue, "lib/worker.ved": worker });
  const { run, interrupt } = await start(folder, "verify", "src/queue.ved");
  save(join(folder, "lib/worker.ved"), `// Another.\n${worker}`);
  expect(await run(2)).toMatch(/^lib\/worker\.ved changed\.\n/);
  rmSync(join(folder, "lib/worker.ved"));
  expect(await run(3)).toContain("VED2024");
  writeFileSync(join(folder, "lib/worker.ved"), worker);
  expect(await run(4)).toMatch(/^lib\/worker\.ved is new\.\n/);
  writeFileSync(join(folder, "vedc.config.yaml"), "effects: {}\n");
  expect(await run(5)).toMatch(/^vedc\.config\.yaml is new\.\n/);
  expect(await interrupt()).toEqual([130, null]);
});

it("watches what a source imports from the day on which it does", async () => {
  const folder = folderWith({ "src/queue.ved": on, "src/worker.ved": worker, "lib/worker.ved": worker });
  const { run, interrupt } = await start(folder, "check", "src/queue.ved");
  save(join(folder, "src/queue.ved"), queue);
  await run(2);
  save(join(folder, "lib/worker.ved"), `// Another.\n${worker}`);
  expect(await run(3)).toMatch(/^lib\/worker\.ved changed\.\n/);
  save(join(folder, "src/queue.ved"), queue.replace("../lib/", "./"));
  await run(4);
  save(join(folder, "src/worker.ved"), `// Another.\n${worker}`);
  expect(await run(5)).toMatch(/^src\/worker\.ved changed\.\n/);
  expect(await interrupt()).toEqual([130, null]);
});

it("builds again, leaves the output of a build that fails as it was, and nothing half-written", async () => {
  const folder = folderWith({ "src/on.ved": on });
  const { run, interrupt } = await start(folder, "build", "src", "-o", "dist");
  const built = () => readFileSync(join(folder, "dist/on.js"), "utf8");
  const before = built();
  save(join(folder, "src/on.ved"), "domain On {");
  expect(await run(2)).toContain("exit code 1");
  expect(built()).toBe(before);
  save(join(folder, "src/on.ved"), on.replaceAll("On", "Off"));
  expect(await run(3)).toContain("exit code 0");
  expect(built()).toContain("Off");
  expect(await interrupt()).toEqual([130, null]);
  expect(readdirSync(join(folder, "dist")).filter((name) => name.startsWith(".vedc-"))).toEqual([".vedc-cache"]);
});

it("refuses what is not there", () => {
  const folder = folderWith({});
  expect(vedc(folder, "check", "none.ved", "--watch")).toEqual({
    status: 2,
    stdout: "",
    stderr: "vedc: Cannot read none.ved: it does not exist.\n",
  });
  expect(existsSync(join(folder, "none.ved"))).toBe(false);
});
