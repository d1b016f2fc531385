import { basename } from "node:path";
import { UsageError } from "./exit.js";
import { type ReadSource, shorten } from "./sources.js";

/**
 * Sees to it that modules can be named after sources. `..` at the beginning of a name would lead out of the output folder, and
 * nothing is left of `.ved` without its extension.
 * @throws UsageError
 */
export function expectModuleNames(sources: readonly Pick<ReadSource, "path" | "name">[]): void {
  for (const { path, name } of sources) {
    const file = basename(path);
    const shown = shorten(path);
    if (file === ".ved")
      throw new UsageError(`Cannot build ${shown}: it has no name before \`.ved\`. Give it one, as in main.ved.`);
    const [dotted] = [file, ...name.split("/")].filter((part) => part.startsWith(".."));
    if (dotted === undefined) continue;
    throw new UsageError(`Cannot build ${shown}: the name of a module cannot begin with two dots, as ${dotted} does. Rename it.`);
  }
}
