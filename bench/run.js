// npm run bench: the figures of the README's promises, measured in one run on this machine.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
const vedc = join(root, "bin/vedc.js");
const seed = join(root, "fixtures/failover.ved");
const folder = mkdtempSync(join(tmpdir(), "vedc-bench-"));

const run = (...args) =>
  execFileSync(process.execPath, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

/** The median time of a cold command, in ms. */
function coldTime(...args) {
  const times = Array.from({ length: 9 }, () => {
    const began = performance.now();
    run(vedc, ...args);
    return performance.now() - began;
  });
  return times.sort((a, b) => a - b)[4];
}

const print = (label, value) => process.stdout.write(`${label.padEnd(44)} ${value}\n`);
const thousands = (number) => Math.round(number).toLocaleString("en");

try {
  print("machine", `${cpus().length} cores, Node ${process.version}`);
  print("cold vedc check", `${Math.round(coldTime("check", seed))} ms`);
  print("cold vedc build", `${Math.round(coldTime("build", seed, "-o", join(folder, "plain")))} ms`);
  run(vedc, "build", seed, "-o", join(folder, "minified"), "--minify");
  const artifact = join(folder, "minified", "failover.js");
  const code = readFileSync(artifact);
  print("artifact, minified", `${thousands(code.length)} bytes, ${thousands(gzipSync(code).length)} gzipped`);
  process.stdout.write("\nfailover cycles per second, bytes per resting instance\n");
  const contenders = [
    ["Ved, adapters that return", "ved-sync"],
    ["Ved, async adapters", "ved"],
    ["hand-written JavaScript, async", "hand-written"],
    ["robot3, async", "robot3"],
    ["XState v5, async", "xstate"],
  ];
  for (const [label, name] of contenders) {
    const result = JSON.parse(run("--expose-gc", join(root, "bench/cycles.js"), name, artifact));
    print(
      `  ${label}`,
      `${thousands(result.cyclesPerSecond).padStart(10)} /s ${thousands(result.bytesPerInstance).padStart(8)} B`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
