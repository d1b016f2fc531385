import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { bin, folderWith, node, vedc } from "../testing/command.js";
import { typeErrors } from "../testing/type-check.js";

const seed = readFileSync("fixtures/failover.ved", "utf8");
/** It counts for ever: it never comes to rest, and never reaches a state twice. */
const restless = `domain Restless {
  state { on: bool, n: int }
  goal Off { predicate !on }
  transition Count { step { if on { emit Tick(n) n += 1 } } }
}`;

it("finds nothing in the seed, and says what it went through", () => {
  const folder = folderWith({ "failover.ved": seed });
  const { status, stdout, stderr } = vedc(folder, "simulate", "failover.ved", "--runs", "300", "--seed", "7");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(
    /^DatabaseRouting: no promise is broken\.\n {2}300 runs from seed 7, [\d,]+ observations, [\d,]+ calls, [\d,]+ processes killed, in [\d.]+ s\.\n$/,
  );
});

it("prints the promise that is broken, a timeline, and how to have the same again", () => {
  const folder = folderWith({ "restless.ved": restless });
  const first = vedc(folder, "simulate", "restless.ved");
  expect(first.status).toBe(1);
  expect(first.stdout).toMatch(
    /^Restless: a promise is broken in run \d+\.\n\n {2}it does not settle within 2000 steps without faults\n/,
  );
  expect(first.stdout).toMatch(/lines left out/);
  expect(first.stdout.split("\n").length).toBeLessThan(75);
  const again = /^The same again: vedc (.*)$/m.exec(first.stdout)?.[1]?.split(" ") ?? [];
  const timeline = (text: string) => text.slice(text.indexOf("\n"));
  expect(timeline(vedc(folder, ...again).stdout)).toBe(timeline(first.stdout));
});

it("warns where instances end stuck", () => {
  const folder = folderWith({ "stuck.ved": "domain Stuck { state { up: bool } goal Up { predicate up } }" });
  expect(vedc(folder, "simulate", "stuck.ved", "--runs", "100").stdout).toMatch(/warning: \d+ times an instance ended stuck/);
});

it("runs instances under the keys that a system starts, and under those that a domain asks for", () => {
  const asking = `domain A {
    state { go: bool, up: bool }
    goal Up { predicate up || !go }
    transition T { step { if go && !up && (self == "x" || self == "y") { emit X() up = true } } }
  }`;
  const folder = folderWith({ "alone.ved": asking, "started.ved": `system S { start A["x"] start A["y"] }\n${asking}` });
  const started = vedc(folder, "simulate", "started.ved", "--runs", "50").stdout;
  expect(started).not.toContain("stuck");
  expect(started).toMatch(/[1-9]\d* calls/);
  const alone = vedc(folder, "simulate", "alone.ved", "--runs", "50").stdout;
  expect(alone).toMatch(/[1-9]\d* calls/);
  expect(alone).toContain("ended stuck");
});

it("reports for machines", () => {
  const folder = folderWith({ "failover.ved": seed });
  const { stdout } = vedc(folder, "simulate", "failover.ved", "--runs", "50", "--format", "json");
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    results: [{ domain: "DatabaseRouting", file: "failover.ved", runs: 50, failure: null }],
  });
});

it("ends with what was found so far at Ctrl-C", async () => {
  const folder = folderWith({ "failover.ved": seed });
  /** Interrupts it after so many ms; before it listens, that ends it without a word. */
  const interrupt = async (wait: number): Promise<string | null> => {
    const child = spawn(process.execPath, [bin, "simulate", "failover.ved", "--runs", "10000000"], {
      cwd: folder,
      stdio: "pipe",
    });
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
    });
    const ended = once(child, "exit");
    await sleep(wait);
    child.kill("SIGINT");
    const [code] = await ended;
    return code === 130 ? text : null;
  };
  let text: string | null = null;
  for (let wait = 500; text?.startsWith("DatabaseRouting") !== true && wait < 20_000; wait *= 2) text = await interrupt(wait);
  expect(text).toMatch(/^DatabaseRouting: no promise is broken, interrupted after [\d,]+ of 10,000,000 runs\.\n/);
});

it("takes a built domain in a test, with its types", () => {
  const folder = folderWith({ "failover.ved": seed, "package.json": '{ "type": "module" }' });
  vedc(folder, "build", "failover.ved", "-o", "dist");
  const [compiler, simulator] = ["compiler/index.js", "runtime-lib/simulate/index.js"].map((path) => resolve("lib", path));
  const use = `import { DatabaseRouting } from "./dist/failover.js";
    import { compile, environmentOf } from ${JSON.stringify(compiler)};
    import { simulate } from ${JSON.stringify(simulator)};
    const [domain] = compile({ path: "failover.ved", text: ${JSON.stringify(seed)} }).program?.domains ?? [];
    const observations = domain === undefined ? {} : environmentOf(domain);
    const { failure, runs } = await simulate(DatabaseRouting, { observations, runs: 200 });
    export const result: readonly [string | undefined, number] = [failure?.message, runs];`;
  writeFileSync(join(folder, "use.ts"), use);
  expect(typeErrors([join(folder, "use.ts")], { skipLibCheck: true })).toEqual([]);
  const script = use.replace(": readonly [string | undefined, number]", "");
  expect(node(folder, `${script}\nconsole.log(JSON.stringify(result));`).stdout).toBe("[null,200]\n");
});

it.each(["0", "-1", "1.5", "many"])("refuses --runs %s", (runs) => {
  const folder = folderWith({ "failover.ved": seed });
  expect(vedc(folder, "simulate", "failover.ved", "--runs", runs)).toMatchObject({ status: 2 });
});

it("reports the errors of a program that has some", () => {
  const folder = folderWith({ "failover.ved": seed.replace("active_route = ", "active_rout = ") });
  const { status, stderr } = vedc(folder, "simulate", "failover.ved");
  expect([status, stderr.includes("VED2001")]).toEqual([1, true]);
});
