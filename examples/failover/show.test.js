// The show is played as `npm start` plays it, but for its pace.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";

/** The show takes ten seconds; on a busy machine more. In ms. */
const timeout = 240_000;

/** Plays it, interrupts it once it has printed a cue, and gives how it ended and what it left behind. */
async function play({ interruptAt = "", env = {} } = {}) {
  const temporary = mkdtempSync(join(tmpdir(), "ved-show-"));
  const options = { detached: true, env: { ...process.env, TMPDIR: temporary, ...env }, stdio: ["ignore", "pipe", "pipe"] };
  const child = spawn(process.execPath, ["examples/failover/show.js", "--fast"], options);
  onTestFinished(() => {
    if (hasProcesses(child)) process.kill(-child.pid, "SIGKILL");
    rmSync(temporary, { recursive: true, force: true });
  });
  let [text, errors] = ["", ""];
  child.stderr.on("data", (data) => {
    errors += data;
  });
  child.stdout.setEncoding("utf8").on("data", (data) => {
    const isBefore = !text.includes(interruptAt);
    text += data;
    if (isBefore && text.includes(interruptAt)) child.kill("SIGINT");
  });
  const [code] = await once(child, "close");
  return { code, text, errors, processes: hasProcesses(child), files: readdirSync(temporary) };
}

/** Whether a process of its group is left: itself, or one that it has started. */
function hasProcesses({ pid }) {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

const nothingLeft = { errors: "", processes: false, files: [] };

/** What happens, in this order. */
const events = [
  "$ bash examples/failover/failover.sh",
  "2. Migrate the data to the replica",
  "failover.sh: POST /migration: no answer",
  "primary  off",
  "replica  not ready",
  "DNS      leads to the primary, where nothing answers",
  "paged    nobody",
  "$ npx vedc build",
  "at rest    RoutingStable holds in reality A",
  'observed   primary_status = "failed"',
  "started    ExecuteFailover",
  "started    TriggerPagerDuty",
  "failed     Alerts.PageEngineers: HTTP 503",
  "committed  ExecuteFailover",
  'retried    Alerts.PageEngineers("Primary DB Down"), attempt 2',
  "committed  TriggerPagerDuty",
  "at rest    RoutingStable holds in reality B",
  "paged    the engineers, once",
  'observed   primary_status = "healthy"',
  "committed  AutoRestore",
  "at rest    RoutingStable holds in reality A",
  "The kill",
  "committed  ExecuteFailover",
  "killed",
  "restarted",
  "unknown    Alerts.PageEngineers",
  "committed  TriggerPagerDuty",
  "at rest    RoutingStable holds in reality B",
  "asked twice: the key was the same",
  "went on after a restart",
  "$ npx vedc verify fixtures/failover.ved",
  "DatabaseRouting: proved",
  "warning[VED5102]",
  '- (primary_status == "healthy" && active_route == "primary") ||',
  '+ (primary_status == "healthy" && active_route == "primary" && !alert_sent) ||',
  "$ npx vedc verify examples/failover/repaired.ved",
  "DatabaseRouting: proved",
  "goal RoutingStable {",
  "RoutingStable(state) {",
  "$ npx vedc run fixtures/failover.ved",
  "http://localhost:7070/",
];

it("plays to its end, in order, in 80 columns, and leaves nothing behind", { timeout }, async () => {
  const { code, text, ...left } = await play();
  expect({ code, ...left }).toEqual({ code: 0, ...nothingLeft });
  let rest = text;
  for (const event of events) {
    expect(rest).toContain(event);
    rest = rest.slice(rest.indexOf(event) + event.length);
  }
  expect(text.slice(text.lastIndexOf("The repair"))).not.toContain("VED5102");
  expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

it.each(["1. Shut", "npx vedc build", "retried", "restarted"])(
  "ends at Ctrl-C, and leaves nothing behind: at %s",
  { timeout },
  async (interruptAt) => {
    const { code, text, ...left } = await play({ interruptAt });
    expect({ code, ...left }).toEqual({ code: 130, ...nothingLeft });
    expect(text).not.toContain("See it live");
  },
);

it("goes on without its script where there is no bash", async () => {
  const { code, text, ...left } = await play({ env: { PATH: "" }, interruptAt: "A program" });
  expect({ code, ...left }).toEqual({ code: 130, ...nothingLeft });
  expect(text).toContain("There is no bash here");
});
