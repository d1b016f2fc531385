// What all modules of a build share of the runtime, where it is not inside the one module that there is.
import { at } from "../language/at.js";
import type { ExportNames } from "./groups.js";
import { externalTo, type RollOptions, roll, type Script } from "./roll.js";
import { runtimeEntry } from "./runtime.js";
import type { Built } from "./standing.js";

/**
 * Bundles what modules need of the runtime. It has all features, whatever these use: other builds into the folder may replace it.
 * @param hasAll whether all of the runtime is wanted, behind a facade with its own name: hand-compiled modules import that
 */
export async function bundleRuntime(name: string, names: ExportNames, hasAll: boolean, options: RollOptions): Promise<Built> {
  const listed = Object.entries(names).map(([own, exported]) => (own === exported ? own : `${own} as ${exported}`));
  const code = `export ${hasAll ? "*" : `{ ${listed.join(", ")} }`} from ${JSON.stringify(runtimeEntry)};\n`;
  const entry = `\0runtime:${name}`;
  const script: Script = {
    name,
    isHashed: true,
    entry,
    resolve: (specifier, importer) => (importer === entry ? specifier : null),
    load: (id) => (id === entry ? { code, map: null } : null),
  };
  const { path, exports, files } = at(await roll([script], options), 0);
  const facade = hasAll ? await roll([facadeOf(name, exports, path)], options) : [];
  return { script: path, files: [...files, ...facade.flatMap((each) => each.files)] };
}

function facadeOf(name: string, exports: readonly string[], path: string): Script {
  const entry = `\0facade:${name}`;
  const code = `export { ${exports.join(", ")} } from ${JSON.stringify(externalTo(`./${path}`))};\n`;
  return { name, isHashed: false, entry, resolve: (specifier) => specifier, load: () => ({ code, map: null }) };
}
