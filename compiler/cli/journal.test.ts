// A journal as a user meets it: the built artifact in a folder without node_modules, killed, looked into, settled by hand.
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWith, node, vedc } from "../testing/command.js";
import { scratchFolder } from "../testing/load.js";
import { typeErrors } from "../testing/type-check.js";

const seed = readFileSync("fixtures/failover.ved", "utf8");

const crash = `import { DatabaseRouting } from "./dist/failover.js";
  import { fileJournal } from "./dist/journal.js";
  const host = await DatabaseRouting.host({
    effects: { Network: { async UpdateDNS() {} }, Alerts: { PageEngineers: () => new Promise(() => {}) } },
    journal: fileJournal("data"),
  });
  await host.instance("orders").observe({ primary_status: "failed" });
  await host.instance("users").observe({ primary_status: "healthy" });
  while (host.instance("orders").state.active_route !== "replica") await new Promise((resolve) => setTimeout(resolve, 5));
  // Its record is on the disk once a later one is acknowledged.
  await host.instance("others").observe({ primary_status: "healthy" });
  process.kill(process.pid, "SIGKILL");`;

let prepared = "";
beforeAll(() => {
  prepared = mkdtempSync(join(tmpdir(), "vedc-test-"));
  writeFileSync(join(prepared, "failover.ved"), seed);
  expect(vedc(prepared, "build", "failover.ved", "-o", "dist", "--minify").status).toBe(0);
  expect(node(prepared, crash).signal).toBe("SIGKILL");
});
afterAll(() => rmSync(prepared, { recursive: true }));

/** A folder in which a failover was killed while its page hung, and nothing else was left to do. */
function killed(): string {
  const folder = scratchFolder();
  // The lock of the process that was killed is a socket.
  const isFile = (path: string) => !path.includes("lock-");
  cpSync(prepared, folder, { recursive: true, filter: isFile });
  return folder;
}

const restart = `import { DatabaseRouting } from "./dist/failover.js";
  import { fileJournal } from "./dist/journal.js";
  const pages = [];
  const host = await DatabaseRouting.host({
    effects: { Network: { async UpdateDNS() {} }, Alerts: { PageEngineers: (_, call) => void pages.push(call.key) } },
    journal: fileJournal("data"),
    retry: { initial: 10 },
  });
  await host.instance("orders").settled();
  console.log(JSON.stringify([pages, host.instance("orders").state]));
  await host.stop();`;

const keyOf = (folder: string) =>
  JSON.parse(vedc(folder, "inspect", "data", "--json").stdout).instances[0].activations[0].key as string;

describe("a journal", () => {
  it("lets the artifact go on after kill -9, under the same key, and the folder needs nothing else", () => {
    const folder = killed();
    const key = keyOf(folder);
    expect(node(folder, restart).stdout).toBe(
      `${JSON.stringify([[key], { primary_status: "failed", active_route: "replica", alert_sent: true }])}\n`,
    );
  });

  it("has types of its own", () => {
    const folder = folderWith({ "failover.ved": seed });
    vedc(folder, "build", "failover.ved", "-o", "dist");
    const use = `import { DatabaseRouting } from "./dist/failover.js";
      import { fileJournal, journalOver, JournalError, type Store } from "./dist/journal.js";
      const effects = { Network: { UpdateDNS() {} }, Alerts: { PageEngineers() {} } };
      const host = await DatabaseRouting.host({ effects, journal: fileJournal("data"), concurrency: { "Network.UpdateDNS": 3 } });
      const route: string = host.instance("orders").state.active_route;
      await host.instance("orders").resolve("key", "did not happen", { by: "ada", why: route });
      export const own = (store: Store) => DatabaseRouting.start({ effects, journal: journalOver(store), legacyEffects: { Old: { Effect() {} } } });
      export const isOurs = (error: unknown) => error instanceof JournalError;`;
    writeFileSync(join(folder, "use.ts"), use);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    expect(typeErrors([join(folder, "use.ts")])).toEqual([]);
  });

  it("goes by another name where a source takes its name", () => {
    const folder = folderWith({ "journal.ved": seed });
    expect(vedc(folder, "build", "journal.ved", "-o", "dist").stdout).toContain("dist/journal-2.js");
  });
});

describe("vedc inspect", () => {
  it("shows the instances, what is pending and under which key", () => {
    const folder = killed();
    const { status, stdout, stderr } = vedc(folder, "inspect", "data");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^data\/journal-1: [\d.]+ kB, epoch \w{10}, no host has it open$/m);
    expect(stdout).toContain("3 instances of DatabaseRouting: 1 working, 2 resting in RoutingStable A");
    expect(stdout).toContain('orders  working  primary_status = "failed", active_route = "replica", alert_sent = false');
    expect(stdout).toContain('TriggerPagerDuty  Alerts.PageEngineers("Primary DB Down")  attempt 1, in flight');
    expect(stdout).toContain(`key ${keyOf(folder)}`);
  });

  it("tells what happened to one instance, in order", () => {
    const { stdout } = vedc(killed(), "inspect", "data", "--key", "orders", "--history");
    const lines = stdout.split("\n").flatMap((line) => /^ {2}\S+ \S+Z {2}(.*)$/.exec(line)?.[1] ?? []);
    expect(lines).toEqual([
      'observed primary_status = "failed"',
      'ExecuteFailover calls Network.UpdateDNS("replica")',
      'TriggerPagerDuty calls Alerts.PageEngineers("Primary DB Down")',
      'Network.UpdateDNS("replica") is done',
      'ExecuteFailover commits active_route = "replica"',
    ]);
  });

  it("says so where there is no journal, or no such instance", () => {
    const folder = killed();
    expect(vedc(folder, "inspect", "nowhere")).toMatchObject({
      status: 2,
      stderr: "vedc: Cannot read nowhere: it does not exist.\n",
    });
    expect(vedc(folder, "inspect", "dist")).toMatchObject({
      status: 2,
      stderr: "vedc: Cannot read dist: there is no journal in dist.\n",
    });
    expect(vedc(folder, "inspect", "data", "--key", "x")).toMatchObject({
      status: 2,
      stderr: "vedc: There is no instance x in data.\n",
    });
  });

  it("says where a journal is damaged, shows what comes before, and the host is refused with the same words", () => {
    const folder = killed();
    const path = join(folder, "data", "journal-1");
    const bytes = readFileSync(path);
    const at = bytes.indexOf("orders");
    bytes[at] = 0;
    writeFileSync(path, bytes);
    const { status, stdout, stderr } = vedc(folder, "inspect", "data");
    expect([status, stdout.includes("0 instances")]).toEqual([1, true]);
    const offset = /^data\/journal-1 is damaged at byte (\d+): what is written there does not match its checksum\./.exec(
      stderr,
    )?.[1];
    expect(Number(offset)).toBeLessThan(at);
    expect(node(folder, restart).stderr).toContain(`journal-1 is damaged at byte ${offset}: `);
  });

  it("tells a torn end from damage", () => {
    const folder = killed();
    const path = join(folder, "data", "journal-1");
    truncateSync(path, readFileSync(path).lastIndexOf("\n") - 2);
    const { status, stdout } = vedc(folder, "inspect", "data");
    expect(status).toBe(0);
    expect(stdout).toMatch(/the last \d+ bytes are not a whole write: one is under way, or was cut off/);
  });
});

describe("vedc resolve", () => {
  it("settles an intent for the next start, and that is in the history", () => {
    const folder = killed();
    const key = keyOf(folder);
    const { status, stdout } = vedc(folder, "resolve", "data", key, "happened", "--why", "asked the pager", "--by", "ada");
    expect([status, stdout]).toEqual([0, `Settled: ${key} happened. It counts from the next start on.\n`]);
    expect(vedc(folder, "inspect", "data").stdout).toContain(`settled by ada, from the next start on: ${key} happened`);
    expect(node(folder, restart).stdout).toBe(
      `${JSON.stringify([[], { primary_status: "failed", active_route: "replica", alert_sent: true }])}\n`,
    );
    expect(vedc(folder, "inspect", "data", "--history").stdout).toContain(
      'ada says that Alerts.PageEngineers("Primary DB Down") happened: asked the pager',
    );
  });

  it("reaches the host that has the journal open", () => {
    const folder = killed();
    const run = node(
      folder,
      `import { execFile } from "node:child_process";
      import { promisify } from "node:util";
      import { DatabaseRouting } from "./dist/failover.js";
      import { fileJournal } from "./dist/journal.js";
      const host = await DatabaseRouting.host({
        effects: { Network: { async UpdateDNS() {} }, Alerts: { PageEngineers: () => new Promise(() => {}) } },
        journal: fileJournal("data"),
      });
      const [{ key }] = host.instance("orders").status.activations;
      const { stdout } = await promisify(execFile)(process.execPath, [${JSON.stringify(process.cwd())} + "/bin/vedc.js", "resolve", "data", key, "happened", "--why", "x"]);
      console.log(stdout.trim(), host.instance("orders").status.phase);
      await host.stop();`,
    );
    expect(run.stdout).toMatch(/^Settled: \S+ happened\. The host that has the journal open has taken it\. resting\n$/);
  });

  it("refuses a key that no pending intent has, and lists those that are", () => {
    const folder = killed();
    const { status, stderr } = vedc(folder, "resolve", "data", "nonsense", "happened", "--why", "x");
    expect(status).toBe(1);
    expect(stderr).toBe(`vedc: no pending intent has the key nonsense.\nPending are:\n  ${keyOf(folder)}\n`);
    expect(vedc(folder, "resolve", "data", "nonsense", "perhaps", "--why", "x").status).toBe(2);
  });
});
