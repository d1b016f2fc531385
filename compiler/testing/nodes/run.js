// npm run nodes: vedc with each Node that it is meant for, brought from npm: the package as others install it, a new project and all that
// its scripts do, what was built of it, and our own quick tests.
// Usage: node run.js [--nodes 20,22,24] [--steps install,init,check,…]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bringNode, commandsWith, run } from "./command.js";
import { steps } from "./steps.js";
import { tableOf } from "./table.js";

const { values } = parseArgs({
  options: {
    nodes: { type: "string", default: "20,22,24" },
    steps: { type: "string", default: Object.keys(steps).join() },
  },
});
const wanted = values.steps.split(",");
const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Packs the package as it is published. Gives its file. */
function packedInto(folder) {
  const [{ filename }] = JSON.parse(run(root, "npm", "pack", "--ignore-scripts", "--json", "--pack-destination", folder));
  return join(folder, filename);
}

/** Does a step. Gives how long it took, in seconds, and what went wrong. */
function outcomeOf(step, given) {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  try {
    step.perform(given);
    return { seconds: seconds() };
  } catch (error) {
    return { seconds: seconds(), failure: error.message };
  }
}

/** Does with one Node what is wanted. Gives what came of each step; null: it was not tried. */
function tried(major, folder, tarball) {
  const commands = commandsWith(bringNode(major, join(folder, `node-${major}`)));
  const version = commands(root, "node", "--version");
  const results = {};
  let isFirm = true;
  for (const [name, step] of Object.entries(steps)) {
    const isTried = wanted.includes(name) && (isFirm || step.isApart === true);
    const given = { run: commands, root, home: join(folder, `home-${major}`), tarball };
    const result = isTried ? outcomeOf(step, given) : null;
    results[name] = result;
    if (step.isGround === true && result?.failure !== undefined) isFirm = false;
    if (result?.failure === undefined) process.stderr.write(result === null ? "" : `${version} ${name}: ok\n`);
    else process.stdout.write(`FAILED with ${version}, ${name}:\n${result.failure.trimEnd()}\n\n`);
  }
  return { version, results };
}

const strange = wanted.filter((name) => !Object.hasOwn(steps, name));
if (strange.length > 0) {
  process.stderr.write(`There is no step ${strange.join(", ")}, but ${Object.keys(steps).join(", ")}.\n`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "vedc-nodes-"));
try {
  const tarball = packedInto(folder);
  const all = values.nodes.split(",").map((major) => tried(major, folder, tarball));
  process.stdout.write(tableOf(all));
  const hasFailed = all.some(({ results }) => Object.values(results).some((result) => result?.failure !== undefined));
  process.exitCode = hasFailed ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
