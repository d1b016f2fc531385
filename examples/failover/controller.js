// The process that is killed: it guards one database, with a journal, and reports what happens to its parent.
// Usage: node controller.js <folder of the built module> <folder of the journal> <URL of the world>, started with an IPC channel.
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { adaptersFor } from "./adapters.js";

const [dist, journal, url] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(dist, name)).href);
const [{ DatabaseRouting, OutcomeUnknown }, { fileJournal }] = await Promise.all([load("failover.js"), load("journal.js")]);

const routing = await DatabaseRouting.start({
  effects: adaptersFor(url, OutcomeUnknown),
  journal: fileJournal(journal),
  key: "orders-db",
  retry: { initial: 300 },
  onEvent: (event) => process.connected && process.send(event),
});

process.on("message", (facts) => routing.observe(facts));
// Whoever started it is done with it.
process.once("disconnect", () => routing.stop());
