import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";

/** The environment of somebody who has called nothing yet: what npm and Vitest tell their children is left out. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$|npm_)/i.test(name)));

/** Npm asks nothing, and says only what goes wrong. */
export const quietly = ["--no-audit", "--no-fund", "--loglevel=error"];

/** Gives what runs commands with a Node: that in a folder comes before all others. */
export function commandsWith(bin) {
  const env = { ...environment, CI: "true", PATH: [bin, process.env.PATH].join(delimiter) };
  /** Runs a command in a folder. Gives what it printed. @throws Error with that where it does not end well */
  return function run(cwd, command, ...args) {
    const { status, signal, error, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8", maxBuffer: 1e8 });
    if (status === 0) return stdout.trim();
    const end = error?.message ?? (signal === null ? `exit code ${status}` : signal);
    throw new Error(`${[command, ...args].join(" ")}: ${end}\n${stdout}${stderr}`);
  };
}

/** Runs commands with the Node that runs this. */
export const run = commandsWith(dirname(process.execPath));

/** Installs the latest Node of a version into a folder of its own, from npm. Gives where its command is. */
export function bringNode(version, folder) {
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), "{}");
  run(folder, "npm", "install", ...quietly, `node@${version}`);
  return join(folder, "node_modules/node/bin");
}
