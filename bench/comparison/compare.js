import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { measure } from "../measure.js";
import { buildPrograms } from "../programs/build.js";
import { measurementsOf } from "./catalogue.js";
import { build, checkOut, commitOf, copyWorkingTree, removeCheckout } from "./checkout.js";
import { writeGenerated } from "./generated.js";
import { measurePairs } from "./pairs.js";
import { progressOf } from "./progress.js";
import { resultOf } from "./result.js";

/** @import { Options } from "./options.js" */
/** @import { Result } from "./result.js" */

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * A version, as whoever compares names it, and its commit; null: the working tree.
 * @typedef {{ readonly revision: string | null, readonly commit: string | null }} Label
 */

/**
 * What two versions came to, and on which machine.
 * @typedef {object} Comparison
 * @property {{ readonly cores: number, readonly node: string }} machine
 * @property {Label} base
 * @property {Label} head
 * @property {number} pairs
 * @property {readonly Result[]} results
 */

/**
 * Builds two versions in a folder of their own, which is gone in the end, and measures them.
 * @param {Options} options
 * @param {AbortSignal} signal ends it early
 * @returns {Promise<Comparison>}
 * @throws {Error} where a version is not there, or cannot be built or measured
 */
export async function compare({ base, head, pairs, only }, signal) {
  const labels = { base: await labelOf(base), head: await labelOf(head) };
  const measurements = measurementsOf(only);
  const temporary = mkdtempSync(join(tmpdir(), "vedc-compare-"));
  const trees = { base: join(temporary, "base/tree"), head: join(temporary, "head/tree") };
  const progress = progressOf(2 + 2 * pairs * measurements.length);
  try {
    const versions = { base: await prepared("base"), head: await prepared("head") };
    const generated = writeGenerated(temporary);
    const measured = await measurePairs(measurements, pairs, async ({ script, args, lines }, side) => {
      const [{ name } = { name: script }] = lines;
      return step(`${name} of ${side}`, () => measure(script, args(versions[side], generated), { temporary, signal }));
    });
    const machine = { cores: cpus().length, node: process.version };
    return { machine, ...labels, pairs, results: measured.map(resultOf) };
  } finally {
    progress.stop();
    await removeCheckout(root, trees.base);
    await removeCheckout(root, trees.head);
    rmSync(temporary, { recursive: true, force: true });
  }

  /** Gets one of the versions ready to be measured. @param {"base" | "head"} side */
  function prepared(side) {
    const { commit } = labels[side];
    const tree = trees[side];
    return step(`building ${side}`, async () => {
      mkdirSync(join(temporary, side));
      if (commit === null) await copyWorkingTree(root, tree);
      else await checkOut(root, commit, tree, signal);
      await build(root, tree, signal);
      return buildPrograms(tree, join(temporary, side, "built"), signal);
    });
  }

  /** @template T @param {string} task @param {() => Promise<T>} act @returns {Promise<T>} */
  async function step(task, act) {
    progress.begin(task);
    try {
      const result = await act();
      progress.done();
      return result;
    } catch (error) {
      signal.throwIfAborted();
      throw new Error(`${task} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** @param {string | null} revision @returns {Promise<Label>} */
async function labelOf(revision) {
  return { revision, commit: revision === null ? null : await commitOf(root, revision) };
}
