// The process that is killed: the built artifact with a file journal, which reads what to do from standard input.
// Usage: node child.js <dist folder> <journal folder, or "none"> <port of the world>
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { requestTo } from "./request.js";

const [dist, folder, port] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(dist, name)).href);
const [{ DatabaseRouting, OutcomeUnknown }, { fileJournal }] = await Promise.all([load("failover.js"), load("journal.js")]);

const request = requestTo(port, OutcomeUnknown);
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const host = await DatabaseRouting.host({
  effects: {
    Network: { UpdateDNS: (route, call) => request("dns", route, call) },
    Alerts: { PageEngineers: (text, call) => request("page", text, call) },
  },
  journal: folder === "none" ? undefined : fileJournal(folder),
  retry: { initial: 20, max: 200, timeout: 250 },
});
const states = () => Object.fromEntries([...host.keys()].map((key) => [key, host.instance(key).state]));
say({ ready: states() });
for await (const line of createInterface({ input: process.stdin })) {
  const { id, key, facts } = JSON.parse(line);
  if (facts !== undefined) {
    host
      .instance(key)
      .observe(facts)
      .then(() => say({ acknowledged: id }));
  } else {
    const settled = await Promise.all([...host.keys()].map(async (own) => [own, await host.instance(own).settled()]));
    say({ settled: Object.fromEntries(settled), states: states() });
  }
}
await host.stop();
