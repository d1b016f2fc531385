// The chaos scenario, live: builds fixtures/failover.ved, lets a database fail while the pager is down as well, and then kills
// the process itself.
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Timeline } from "./timeline.js";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const timeline = new Timeline(process.stdout);

timeline.chapter("Build", "vedc build fixtures/failover.ved -o examples/failover/dist");
const vedc = path("../../bin/vedc.js");
const report = execFileSync(process.execPath, [vedc, "build", path("../../fixtures/failover.ved"), "-o", path("dist")]);
timeline.report(report.toString());
const { DatabaseRouting } = await import("./dist/failover.js");

// The world: DNS answers in 300 ms; the pager's API is down for its first three calls.
let pages = 0;
const effects = {
  Network: {
    async UpdateDNS(_route, call) {
      await sleep(300, undefined, { signal: call.signal });
    },
  },
  Alerts: {
    async PageEngineers(_message, call) {
      await sleep(200, undefined, { signal: call.signal });
      pages += 1;
      if (pages <= 3) throw new Error("503 Service Unavailable");
    },
  },
};

timeline.begin();
timeline.chapter("Normal operations", "The database is healthy and the route leads to it.");
const routing = await DatabaseRouting.start({
  effects,
  key: "orders-db",
  retry: { initial: 500, max: 2000 },
  onEvent: (event) => timeline.event(event),
});
process.once("SIGINT", async () => {
  await routing.stop();
  process.exit(130);
});
await sleep(1200);

timeline.chapter("The crash", "A cloud outage takes the primary down. The pager's API is down, too.");
await routing.observe({ primary_status: "failed" });
await routing.settled();
timeline.state(routing.state);
await sleep(1500);

timeline.chapter("The recovery", "Two hours later an engineer has mended the primary. Nobody runs a restore script.");
await routing.observe({ primary_status: "healthy" });
await routing.settled();
timeline.state(routing.state);
await routing.stop();

timeline.chapter("The kill", "The next outage, and the process dies at step 2: kill -9 while the page is on its way.");
const journal = mkdtempSync(join(tmpdir(), "ved-failover-"));
/** Starts the controller over the journal, and gives it with a promise of the next event of a type. */
function startController() {
  const controller = fork(path("controller.js"), [journal]);
  controller.on("message", (event) => timeline.event(event));
  const next = (type) =>
    new Promise((resolve) => {
      controller.on("message", (event) => event.type === type && resolve(event));
    });
  return { controller, next };
}
const first = startController();
process.once("SIGINT", () => first.controller.kill());
await first.next("rested");
first.controller.send({ primary_status: "failed" });
await first.next("committed");
first.controller.kill("SIGKILL");
timeline.note("killed", "red", "The route leads to the replica. Was the page sent? Nobody knows.");
await sleep(1000);
const second = startController();
await second.next("rested");
timeline.note("told", "dim", "from the journal: vedc inspect <journal> --history");
const history = execFileSync(process.execPath, [vedc, "inspect", journal, "--history"]).toString();
timeline.report(history.split("\n\n")[1]);
second.controller.send(null);
await once(second.controller, "exit");
rmSync(journal, { recursive: true, force: true });
timeline.end();
