// The process that is killed: it guards one database, with a journal, and reports what happens to its parent.
// Usage: node controller.js <journal folder>, started with an IPC channel.
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseRouting } from "./dist/failover.js";
import { fileJournal } from "./dist/journal.js";

const routing = await DatabaseRouting.start({
  effects: {
    Network: {
      async UpdateDNS(_route, { signal }) {
        await sleep(300, undefined, { signal });
      },
    },
    Alerts: {
      async PageEngineers(_message, { signal }) {
        await sleep(600, undefined, { signal });
      },
    },
  },
  journal: fileJournal(process.argv[2]),
  key: "orders-db",
  retry: { initial: 300 },
  onEvent: (event) => process.send?.(event),
});

process.on("message", async (facts) => {
  if (facts !== null) return routing.observe(facts);
  await routing.stop();
  process.disconnect();
});
