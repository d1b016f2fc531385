// A service under load: observations at a steady rate, over many instances, through HTTP, with a journal. Run on its own:
// node bench/service.js [observations per second] [instances] [seconds]
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const [rate = 200, instances = 1000, seconds = 60] = process.argv.slice(2).map(Number);
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "vedc-load-"));
// What lives, and not what waits to be collected.
const config = `process.on("message", () => { gc(); process.send(process.memoryUsage().heapUsed); });
export default { effects: { "Network.UpdateDNS": async () => {}, "Alerts.PageEngineers": async () => {} }, journal: "data", listen: { port: 0 } };`;
writeFileSync(join(folder, "vedc.config.mjs"), config);
const vedc = join(root, "bin/vedc.js");
const dist = join(folder, "dist");
execFileSync(process.execPath, [vedc, "build", join(root, "fixtures/failover.ved"), "-o", dist]);
const args = [vedc, "run", dist, "-c", join(folder, "vedc.config.mjs"), "--log", "quiet"];
const child = spawn(process.execPath, ["--expose-gc", ...args], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Gives the memory of the service, in bytes: what lives on its heap, and what the system has given it. */
async function memory() {
  child.send("how much?");
  const [heap] = await once(child, "message");
  const [, resident] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
  return { heap, resident: Number(resident) * 1000 };
}

function send(url, method, path, body) {
  return new Promise((resolve, reject) => {
    const own = request(url + path, { method, agent, headers: { "content-type": "application/json" } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (data) => {
        text += data;
      });
      response.on("end", () => resolve({ status: response.statusCode, text }));
    });
    own.on("error", reject).end(body);
  });
}

try {
  const url = await new Promise((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [found] = /http:\/\/[^/]+/.exec(line) ?? [];
      if (found !== undefined) resolve(found.replace("localhost", "127.0.0.1"));
    });
  });
  const last = new Map();
  const latencies = [];
  const pending = new Set();
  let refused = 0;
  const observe = async (index) => {
    const key = `db-${index % instances}`;
    const status = Math.floor(index / instances) % 2 === 0 ? "failed" : "healthy";
    last.set(key, status);
    const began = performance.now();
    const { status: code } = await send(
      url,
      "POST",
      `/api/instances/DatabaseRouting/${key}/observe`,
      JSON.stringify({ primary_status: status }),
    );
    latencies.push(performance.now() - began);
    if (code !== 200) refused += 1;
  };
  const began = performance.now();
  const samples = [];
  let index = 0;
  while (performance.now() - began < seconds * 1000) {
    const due = Math.floor(((performance.now() - began) / 1000) * rate);
    for (; index < due; index += 1) {
      const one = observe(index);
      pending.add(one);
      one.finally(() => pending.delete(one));
    }
    if (performance.now() - began > (samples.length + 1) * 10_000) samples.push(await memory());
    await sleep(5);
  }
  await Promise.all(pending);
  await sleep(500);
  let lost = 0;
  for (const [key, status] of last) {
    const { text } = await send(url, "GET", `/api/instances/DatabaseRouting/${key}`);
    const { state, standing } = JSON.parse(text);
    if (state.primary_status !== status || standing !== "resting") lost += 1;
  }
  latencies.sort((a, b) => a - b);
  const at = (part) => latencies[Math.floor(latencies.length * part)];
  const result = {
    observations: latencies.length,
    refused,
    lost,
    p50: at(0.5),
    p99: at(0.99),
    most: latencies.at(-1),
    afterTen: samples[0],
    atEnd: await memory(),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  agent.destroy();
  child.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
