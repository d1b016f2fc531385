import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Where the program of the show lies, seen from the root of the package. */
export const source = "fixtures/failover.ved";

/** Gives the folder that it is built into. */
export function distOf(stage) {
  return join(stage.folder, "dist");
}

/** Loads the module that was built of it. */
export function loadBuilt(stage) {
  return import(pathToFileURL(join(distOf(stage), "failover.js")).href);
}
