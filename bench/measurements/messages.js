// Messages per second between two instances that answer each other, in a process of its own.
// Usage: node messages.js <memory | durable> <folder of the built program>
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { steadyRates } from "../stopwatch.js";

const [where, dist] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "ved-bench-"));
const load = (name) => import(pathToFileURL(join(dist, name)).href);
const [{ start }, { fileJournal }] = await Promise.all([load("messages.js"), load("journal.js")]);

/** Rallies that are played at once; each is a message there and one back. */
const size = where === "durable" ? 1000 : 20_000;
const system = await start({ effects: {}, ...(where === "durable" ? { journal: fileJournal(join(folder, "data")) } : {}) });
const server = system.domains.Server.instance();
async function rally() {
  const before = server.state.returned;
  await server.observe({ wanted: server.state.served + size });
  await system.settled();
  return 2 * (server.state.returned - before);
}

try {
  await rally();
  process.stdout.write(`${JSON.stringify(await steadyRates(rally))}\n`);
} finally {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
}
