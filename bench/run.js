// npm run bench: the figures of the README's promises, measured in one run on this machine.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { interruptedExitCode, interruptible } from "./interrupt.js";
import { measure } from "./measure.js";
import { buildPrograms, sources } from "./programs/build.js";
import { comparisons, levels, repairs, services, undone } from "./programs/families.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "vedc-bench-"));

const title = (text) => process.stdout.write(`\n${text}\n`);
const print = (label, value) => process.stdout.write(`${label.padEnd(44)} ${value}\n`);
const thousands = (number) => Math.round(number).toLocaleString("en");
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** What is measured, section by section: `figures` gives what a measurement prints, `version` is this one. */
const sections = [commands, frontEnd, manyFiles, sizes, cycles, messages, durableCycles, remains, simulation, verification];

async function commands(figures, { vedc }) {
  for (const [name, ...options] of [["check"], ["build", "-o", join(folder, "plain")]]) {
    const { milliseconds } = await figures("command.js", "9", vedc, name, sources.seed, ...options);
    print(`cold vedc ${name}`, `${Math.round(milliseconds)} ms`);
  }
}

async function frontEnd(figures, { root: tree }) {
  title("what is wrong with a source, in CPU time");
  const source = join(folder, "front-end.ved");
  const show = async (label, text) => {
    writeFileSync(source, text);
    const { cpuMilliseconds, bytes } = await figures("checking.js", tree, source);
    print(`  ${label}`, `${thousands(cpuMilliseconds).padStart(10)} ms, at most ${megabytes(bytes)}`);
  };
  for (const count of [10, 100, 1000]) await show(`${thousands(count)} domains, cold`, services(count));
  await show("a condition of 10,000 comparisons, cold", comparisons(10_000));
  for (const count of [100, 1000]) {
    writeFileSync(source, services(count));
    const { median, worst } = await figures("keystrokes.js", tree, source, "200");
    print(
      `  a keystroke in ${thousands(count)} domains`,
      `${median.toFixed(1).padStart(10)} ms, at worst ${worst.toFixed(1)} ms`,
    );
  }
}

async function manyFiles(figures, { vedc }) {
  title("1,000 files with a domain each, cold");
  const { check, first, again } = await figures("files.js", vedc, "1000");
  for (const [label, { milliseconds, cpuMilliseconds, bytes }] of [
    ["vedc check", check],
    ["vedc build, into an empty folder", first],
    ["vedc build, again after one edit", again],
  ]) {
    const cpu = `${(cpuMilliseconds / 1000).toFixed(2)} s of CPU`;
    print(`  ${label}`, `${(milliseconds / 1000).toFixed(2)} s, ${cpu}, ${megabytes(bytes)}`);
  }
}

async function sizes(figures, { seed }) {
  for (const [label, name] of [
    ["artifact, minified", "failover.js"],
    ["its journal.js", "journal.js"],
  ]) {
    const { bytes, gzipped } = await figures("size.js", join(seed, name));
    print(label, `${thousands(bytes)} bytes, ${thousands(gzipped)} gzipped`);
  }
}

async function cycles(figures, { seed }) {
  title("failover cycles per second, bytes per resting instance");
  for (const [label, contender] of [
    ["Ved, adapters that return", "ved-sync"],
    ["Ved, async adapters", "ved"],
    ["hand-written JavaScript, async", "hand-written"],
    ["robot3, async", "robot3"],
    ["XState v5, async", "xstate"],
  ]) {
    const { perSecond, bytesPerInstance } = await figures("cycles.js", contender, join(seed, "failover.js"));
    print(`  ${label}`, `${thousands(perSecond).padStart(10)} /s ${thousands(bytesPerInstance).padStart(8)} B`);
  }
}

async function messages(figures, { messages: dist }) {
  title("messages per second between two instances");
  for (const [label, where] of [
    ["in memory", "memory"],
    ["durable", "durable"],
  ]) {
    const { perSecond } = await figures("messages.js", where, dist);
    print(`  ${label}`, `${thousands(perSecond).padStart(10)} /s`);
  }
}

async function durableCycles(figures, { seed }) {
  title("durable failover cycles per second; from an observation to its dispatch");
  for (const [label, contender] of [
    ["Ved", "ved"],
    ["hand-written over group commit", "hand-written"],
    ["hand-written over better-sqlite3", "sqlite"],
  ]) {
    for (const instances of ["1", "64"]) {
      const { perSecond, p50, p99 } = await figures("durable.js", contender, instances, seed);
      const text =
        perSecond === undefined
          ? "(npm install --no-save better-sqlite3)"
          : `${thousands(perSecond).padStart(10)} /s   p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
      print(`  ${label}, ${instances} at once`, text);
    }
  }
}

async function remains(figures, { seed }) {
  title("what is left");
  const left = ({ size, milliseconds }) => `${megabytes(size)} on disk, recovered in ${Math.round(milliseconds)} ms`;
  print("  after 1,000,000 cycles of 64 instances", left(await figures("recovery.js", "cycles", "1000000", seed)));
  const wide = await figures("recovery.js", "instances", "100000", seed);
  print("  100,000 resting instances", left(wide));
  print("  memory for each of them", `${Math.round(wide.bytes / wide.instances)} bytes`);
}

async function simulation(figures, { root: tree, seed }) {
  const { perSecond, killsPerSecond } = await figures("simulation.js", tree, seed, "10000");
  title(`${"simulated scenarios".padEnd(44)} ${thousands(perSecond)} /s, with ${thousands(killsPerSecond)} crashes /s`);
}

async function verification(figures, { root: tree, vedc }) {
  title("verification, in a warm process but for the first");
  const { milliseconds } = await figures("command.js", "9", vedc, "verify", sources.seed);
  print("  the seed, cold vedc verify", `${Math.round(milliseconds)} ms`);
  const source = join(folder, "family.ved");
  const show = async (label, text, script, ...args) => {
    writeFileSync(source, text);
    const { nodes, steps, bytes, milliseconds } = await figures(script, ...args, source);
    const rate = (count) => thousands((count / milliseconds) * 1000);
    const extent = `${thousands(nodes).padStart(9)} situations in ${(milliseconds / 1000).toFixed(2)} s`;
    print(`  ${label}`, `${extent}, ${rate(nodes)} /s, ${rate(steps)} moves /s, ${Math.round(bytes / nodes)} B each`);
  };
  for (const count of [6, 10, 14]) await show(`${count} independent repairs`, repairs(count), "verification.js", tree);
  for (const count of [6, 8, 10]) await show(`${count} independent repairs, every order`, repairs(count), "unreduced.js");
  for (const count of [4, 6, 8]) await show(`${count} repairs and what undoes them all`, undone(count), "verification.js", tree);
  for (const [count, height] of [
    [2, 100],
    [3, 20],
    [3, 30],
  ])
    await show(`${count} levels of ${height}`, levels(count, height), "verification.js", tree);
}

try {
  await interruptible(async (signal) => {
    print("machine", `${cpus().length} cores, Node ${process.version}`);
    const version = await buildPrograms(root, folder, signal);
    const figures = (script, ...args) => measure(script, args, { temporary: folder, signal });
    for (const section of sections) await section(figures, version);
  });
} catch (error) {
  if (error.name !== "AbortError") throw error;
  process.exitCode = interruptedExitCode;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
