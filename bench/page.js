// The page with ten thousand instances, while they change: how long its frames take in a real Chromium while it is scrolled and
// searched. Run on its own: node bench/page.js [instances] [observations per second]

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [instances = 10_000, rate = 100] = process.argv.slice(2).map(Number);
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "vedc-page-"));
const config = `export default { effects: { "Network.UpdateDNS": async () => {}, "Alerts.PageEngineers": async () => {} }, listen: { port: 0 },
  instances: Array.from({ length: ${instances} }, (_, index) => ({ key: "db-" + index })) };`;
writeFileSync(join(folder, "vedc.config.mjs"), config);
const args = [
  join(root, "bin/vedc.js"),
  "run",
  join(root, "fixtures/failover.ved"),
  "-c",
  join(folder, "vedc.config.mjs"),
  "--log",
  "quiet",
];
const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking"],
});

try {
  const url = await new Promise((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [found] = /http:\/\/[^/]+/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  let index = 0;
  const timer = setInterval(() => {
    index += 1;
    const body = JSON.stringify({ primary_status: Math.floor(index / instances) % 2 === 0 ? "failed" : "healthy" });
    const request = { method: "POST", headers: { "content-type": "application/json" }, body };
    fetch(`${url}/api/instances/DatabaseRouting/db-${(index * 7919) % instances}/observe`, request).catch(() => {});
  }, 1000 / rate);
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  const began = performance.now();
  await page.goto(url);
  await page.locator(".line").first().waitFor();
  const shown = performance.now() - began;
  const frames = await page.evaluate(async () => {
    const list = document.querySelector(".list");
    const times = [];
    let last = performance.now();
    for (let frame = 0; frame < 600; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      times.push(now - last);
      last = now;
      list.scrollTop = (frame * 700) % list.scrollHeight;
    }
    return times.sort((a, b) => a - b);
  });
  clearInterval(timer);
  const at = (part) => Math.round(frames[Math.floor(frames.length * part)] * 10) / 10;
  const lines = await page.locator(".line").count();
  process.stdout.write(
    `${JSON.stringify({ instances, shown: Math.round(shown), p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(0.9999), lines })}\n`,
  );
} finally {
  await browser.close();
  child.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
