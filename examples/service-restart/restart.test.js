// "Service automatically restarts": a real process, killed with SIGKILL, comes back, and where it cannot, people are told.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { freePort } from "../free-port.js";

async function until(isSo) {
  while (!(await isSo())) await sleep(20);
}

it("restarts a process that was killed, and tells people when that does not help", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ved-service-"));
  const pid = () => Number(readFileSync(join(folder, "pid"), "utf8"));
  const port = await freePort();
  const args = [
    "bin/vedc.js",
    "run",
    "examples/service-restart/service.ved",
    "-c",
    "examples/service-restart/vedc.config.yaml",
    "--log",
    "json",
  ];
  const child = spawn(process.execPath, args, { env: { ...process.env, SERVICE: folder, SERVICE_PORT: String(port) } });
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
    try {
      process.kill(pid(), "SIGKILL");
    } catch {
      // It was not running.
    }
    rmSync(folder, { recursive: true, force: true });
  });
  const lines = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(JSON.parse(line)));
  await until(() => lines.some(({ text }) => /^service: http/.test(text)));
  const [url] = /http:\S+/.exec(lines.find(({ text }) => text.startsWith("service: http")).text);
  const view = async () => (await fetch(`${url}api/instances/Service/default`)).json();
  const restsIn = (reality) =>
    until(async () => (await view()).standing === "resting" && (await view()).goals.Serving.reality === reality);
  const answers = async () => (await fetch(`http://127.0.0.1:${port}/`).catch(() => null))?.ok === true;

  await until(answers);
  await restsIn("A");
  for (let time = 0; time < 3; time += 1) {
    const before = pid();
    process.kill(before, "SIGKILL");
    await until(async () => pid() !== before && (await answers()));
    await until(async () => (await view()).state.starts === 0);
    await restsIn("A");
  }

  writeFileSync(join(folder, "broken"), "");
  process.kill(pid(), "SIGKILL");
  await restsIn("B");
  expect((await view()).state).toEqual({ health: "down", starts: 5, asked: true });
  expect(lines.filter(({ text }) => text.includes("People.Ask") && text.startsWith("Service/default:"))).toHaveLength(1);
});
