import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sources } from "../programs/build.js";
import { copies, levels, repairs, undone } from "../programs/families.js";

/** The paths of the programs that are generated. @typedef {ReturnType<typeof writeGenerated>} Generated */

/**
 * Writes the programs that no file holds, so that both versions have the same before them. Gives their paths.
 * @param {string} folder
 */
export function writeGenerated(folder) {
  return {
    hundred: write("hundred", copies(readFileSync(sources.seed, "utf8"), 100)),
    repairs: write("repairs", repairs(13)),
    undone: write("undone", undone(7)),
    levels: write("levels", levels(3, 16)),
  };

  /** @param {string} name @param {string} text */
  function write(name, text) {
    const path = join(folder, `${name}.ved`);
    writeFileSync(path, text);
    return path;
  }
}
