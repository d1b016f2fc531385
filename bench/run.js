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

const run = (...args) => execFileSync(process.execPath, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

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
  const dist = join(folder, "minified");
  const artifact = join(dist, "failover.js");
  const sizes = [artifact, join(dist, "journal.js")]
    .map((path) => readFileSync(path))
    .map((code) => [code.length, gzipSync(code).length]);
  for (const [index, label] of ["artifact, minified", "its journal.js"].entries()) {
    print(label, `${thousands(sizes[index][0])} bytes, ${thousands(sizes[index][1])} gzipped`);
  }
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
  const talking = join(folder, "talking");
  run(vedc, "build", join(root, "bench/messages.ved"), "-o", talking, "--minify");
  process.stdout.write("\nmessages per second between two instances\n");
  for (const [label, where] of [
    ["in memory", "memory"],
    ["durable", "durable"],
  ]) {
    const { messagesPerSecond } = JSON.parse(run(join(root, "bench/messages.js"), where, talking));
    print(`  ${label}`, `${thousands(messagesPerSecond).padStart(10)} /s`);
  }
  process.stdout.write("\ndurable failover cycles per second; from an observation to its dispatch\n");
  for (const [label, name] of [
    ["Ved", "ved"],
    ["hand-written over group commit", "hand-written"],
    ["hand-written over better-sqlite3", "sqlite"],
  ]) {
    for (const instances of ["1", "64"]) {
      const result = JSON.parse(run(join(root, "bench/durable.js"), name, instances, dist));
      const text =
        result === null
          ? "(npm install --no-save better-sqlite3)"
          : `${thousands(result.rate).padStart(10)} /s   p50 ${result.p50.toFixed(2)} ms, p99 ${result.p99.toFixed(2)} ms`;
      print(`  ${label}, ${instances} at once`, text);
    }
  }
  const recovered = (what, count) => JSON.parse(run("--expose-gc", join(root, "bench/recovery.js"), what, String(count), dist));
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  process.stdout.write("\nwhat is left\n");
  const long = recovered("cycles", 1_000_000);
  print(
    "  after 1,000,000 cycles of 64 instances",
    `${megabytes(long.size)} on disk, recovered in ${Math.round(long.recovery)} ms`,
  );
  const wide = recovered("instances", 100_000);
  print("  100,000 resting instances", `${megabytes(wide.size)} on disk, recovered in ${Math.round(wide.recovery)} ms`);
  print("  memory for each of them", `${Math.round(wide.bytes / wide.instances)} bytes`);
  const simulated = JSON.parse(run(join(root, "bench/simulation.js"), dist));
  print("\nsimulated scenarios", `${thousands(simulated.rate)} /s, with ${thousands(simulated.kills)} crashes /s`);
  process.stdout.write("\nverification\n");
  process.stdout.write(run("--max-old-space-size=2000", join(root, "bench/verification.js")));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
