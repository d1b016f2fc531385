// What a cold command takes, from its start to its end: milliseconds, and milliseconds of user CPU. The first run is not counted;
// it leaves the files where the system has them at hand. Usage: node command.js <runs> <module> [argument…]
import { spawnSync } from "node:child_process";
import process from "node:process";
import { medians } from "../median.js";

const [runs, ...command] = process.argv.slice(2);
const reporter = new URL("../report-user-cpu.js", import.meta.url).href;

function run() {
  const began = performance.now();
  const { status, output } = spawnSync(process.execPath, ["--import", reporter, ...command], {
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const milliseconds = performance.now() - began;
  const [, , said, userCpu] = output;
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}: ${said}`);
  return { milliseconds, cpuMilliseconds: Number(userCpu) };
}

run();
const readings = Array.from({ length: Number(runs) }, run);
process.stdout.write(`${JSON.stringify(medians(readings))}\n`);
