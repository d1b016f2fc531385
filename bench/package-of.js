import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Loads what a version of this package exports, as whoever installed it would: `vedc`, or a path below it such as
 * `vedc/simulate`.
 * @param {string} root the folder of the version
 */
export function importOf(root, specifier) {
  return import(pathToFileURL(createRequire(join(root, "package.json")).resolve(specifier)).href);
}
