// The chaos scenario, live: builds fixtures/failover.ved and lets a database fail while the pager is down as well.
import { execFileSync } from "node:child_process";
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
timeline.end(pages);
