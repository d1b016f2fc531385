// What is compared, in the order of the table.
import { join } from "node:path";
import { sources } from "../programs/build.js";

/** @import { Version } from "../programs/build.js" */
/** @import { Generated } from "./generated.js" */

/**
 * What a figure counts; "CPU" is user CPU.
 * @typedef {"/s" | "/CPU s" | "CPU ms" | "B"} Unit
 */

/**
 * One line of the table: a figure out of what a measurement prints.
 * @typedef {{ readonly name: string, readonly figure: string, readonly unit: Unit }} Line
 */

/**
 * @typedef {object} Measurement
 * @property {string} script a file in `measurements/`
 * @property {(version: Version, generated: Generated) => readonly string[]} args
 * @property {readonly Line[]} lines
 */

/** Says whether more of a unit is better: of a rate it is, of a time or a size it is not. @param {Unit} unit */
export const isMoreBetter = (unit) => unit.startsWith("/");

/** @type {readonly Measurement[]} */
export const measurements = [
  {
    script: "cycles.js",
    args: ({ seed }) => ["ved", join(seed, "failover.js")],
    lines: [
      { name: "cycles", figure: "perCpuSecond", unit: "/CPU s" },
      { name: "memory", figure: "bytesPerInstance", unit: "B" },
    ],
  },
  {
    script: "cycles.js",
    args: ({ seed }) => ["ved-sync", join(seed, "failover.js")],
    lines: [{ name: "cycles-sync", figure: "perCpuSecond", unit: "/CPU s" }],
  },
  {
    script: "durable.js",
    args: ({ seed }) => ["ved", "64", seed],
    lines: [
      { name: "durable-64", figure: "perSecond", unit: "/s" },
      { name: "durable-64-cpu", figure: "perCpuSecond", unit: "/CPU s" },
    ],
  },
  {
    script: "durable.js",
    args: ({ seed }) => ["ved", "1", seed],
    lines: [{ name: "durable-1", figure: "perSecond", unit: "/s" }],
  },
  {
    script: "messages.js",
    args: ({ messages }) => ["memory", messages],
    lines: [{ name: "messages", figure: "perCpuSecond", unit: "/CPU s" }],
  },
  {
    script: "messages.js",
    args: ({ messages }) => ["durable", messages],
    lines: [
      { name: "messages-durable", figure: "perSecond", unit: "/s" },
      { name: "messages-durable-cpu", figure: "perCpuSecond", unit: "/CPU s" },
    ],
  },
  {
    script: "recovery.js",
    args: ({ seed }) => ["instances", "20000", seed],
    lines: [{ name: "recovery", figure: "cpuMilliseconds", unit: "CPU ms" }],
  },
  {
    script: "simulation.js",
    args: ({ root, seed }) => [root, seed, "2000"],
    lines: [{ name: "simulate", figure: "perCpuSecond", unit: "/CPU s" }],
  },
  command("check", 5, ({ vedc }) => [vedc, "check", sources.seed]),
  command("check-100", 2, ({ vedc }, { hundred }) => [vedc, "check", hundred]),
  command("build", 3, ({ vedc, seed }) => [vedc, "build", sources.seed, "-o", join(seed, "../rebuilt")]),
  command("verify", 3, ({ vedc }) => [vedc, "verify", sources.seed]),
  verification("repairs"),
  verification("undone"),
  verification("levels"),
  size("size-seed", ({ seed }) => join(seed, "failover.js")),
  size("size-smallest", ({ smallest }) => join(smallest, "smallest.js")),
  size("size-journal", ({ seed }) => join(seed, "journal.js")),
];

/** @param {string} name @param {number} runs @param {Measurement["args"]} args @returns {Measurement} */
function command(name, runs, args) {
  return {
    script: "command.js",
    args: (version, generated) => [String(runs), ...args(version, generated)],
    lines: [{ name, figure: "cpuMilliseconds", unit: "CPU ms" }],
  };
}

/** @param {"repairs" | "undone" | "levels"} family @returns {Measurement} */
function verification(family) {
  return {
    script: "verification.js",
    args: ({ root }, generated) => [root, generated[family]],
    lines: [{ name: `verify-${family}`, figure: "perCpuSecond", unit: "/CPU s" }],
  };
}

/** @param {string} name @param {(version: Version) => string} path @returns {Measurement} */
function size(name, path) {
  return { script: "size.js", args: (version) => [path(version)], lines: [{ name, figure: "gzipped", unit: "B" }] };
}

/** The names of all lines. */
export const lineNames = measurements.flatMap(({ lines }) => lines.map(({ name }) => name));

/**
 * Gives the measurements with lines of these names, and of each only those.
 * @param {readonly string[]} names
 * @returns {Measurement[]}
 */
export function measurementsOf(names) {
  return measurements
    .map((measurement) => ({ ...measurement, lines: measurement.lines.filter(({ name }) => names.includes(name)) }))
    .filter(({ lines }) => lines.length > 0);
}
