// Messages per second between two instances that answer each other, in a process of its own.
// Usage: node bench/messages.js <memory | durable> <dist folder>
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [where, dist] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "ved-bench-"));
const load = (name) => import(pathToFileURL(join(dist, name)).href);
const [{ start }, { fileJournal }] = await Promise.all([load("messages.js"), load("journal.js")]);

/** Rallies that are played at once; each is a message there and one back. */
const size = where === "durable" ? 1000 : 20_000;
const system = await start({ effects: {}, ...(where === "durable" ? { journal: fileJournal(join(folder, "data")) } : {}) });
const server = system.domains.Server.instance();
const rally = async () => {
  await server.observe({ wanted: server.state.served + size });
  await system.settled();
};

try {
  await rally();
  const rates = [];
  for (let round = 0; round < 5; round += 1) {
    const before = server.state.returned;
    const began = performance.now();
    while (performance.now() - began < 400) await rally();
    rates.push(((2 * (server.state.returned - before)) / (performance.now() - began)) * 1000);
  }
  process.stdout.write(JSON.stringify({ messagesPerSecond: rates.sort((a, b) => a - b)[2] }));
} finally {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
}
