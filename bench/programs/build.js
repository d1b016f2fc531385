import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { run } from "../processes.js";

const pathOf = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** The sources of what is measured once it is built. */
export const sources = {
  seed: pathOf("../../fixtures/failover.ved"),
  smallest: pathOf("smallest.ved"),
  messages: pathOf("messages.ved"),
};

/**
 * A version of this repository, and what its compiler makes of the sources: the folder of each.
 * @typedef {{ readonly root: string, readonly vedc: string } & { readonly [Name in keyof typeof sources]: string }} Version
 */

/**
 * Builds what is measured with the compiler of a version whose own build is there, as small as it gets.
 * @param {string} root the folder of the version
 * @param {string} folder where the built programs go
 * @param {AbortSignal} signal
 * @returns {Promise<Version>}
 * @throws {Error} where the compiler fails
 */
export async function buildPrograms(root, folder, signal) {
  const vedc = join(root, "bin/vedc.js");
  const built = { seed: join(folder, "seed"), smallest: join(folder, "smallest"), messages: join(folder, "messages") };
  await buildOne(sources.seed, built.seed);
  await buildOne(sources.smallest, built.smallest);
  await buildOne(sources.messages, built.messages);
  return { root, vedc, ...built };

  /** @param {string} source @param {string} out */
  function buildOne(source, out) {
    return run(process.execPath, [vedc, "build", source, "-o", out, "--minify"], { signal });
  }
}
