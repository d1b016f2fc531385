// The system that is killed: the built artifact with a file journal, which reads from standard input how many jobs are wanted.
// Usage: node system-child.js <dist folder> <journal folder> <port of the world>
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { requestTo } from "./request.js";

const [dist, folder, port] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(dist, name)).href);
const [{ start, OutcomeUnknown }, { fileJournal }] = await Promise.all([load("dispatcher.js"), load("journal.js")]);
const request = requestTo(port, OutcomeUnknown);

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const system = await start({
  effects: { Lorry: { Drive: (number, call) => request("job", number, call) } },
  journal: fileJournal(folder),
  retry: { initial: 20, max: 200, timeout: 250 },
  // Small, so that senders have to wait for room.
  mailbox: 2,
});
const { Dispatcher, Worker } = system.domains;
const dispatcher = Dispatcher.instance();
const workers = () => [...Worker.keys()].map((key) => Worker.instance(key).state);
say({ ready: dispatcher.state });
for await (const line of createInterface({ input: process.stdin })) {
  const { wanted } = JSON.parse(line);
  if (wanted !== undefined) dispatcher.observe({ wanted }).then(() => say({ acknowledged: wanted }));
  else {
    await system.settled();
    say({ settled: dispatcher.state, phase: dispatcher.status.phase, workers: workers() });
  }
}
await system.stop();
