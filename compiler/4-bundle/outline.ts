import type { Program } from "../2-check/program.js";
import { neededValues } from "../3-emit/runtime-names.js";
import { isSystem, moduleOf } from "../3-emit/system.js";
import { startName } from "../language/name.js";

/** What the rest of a build has to know of a module, as plain data: its program need not be there for it. */
export interface Outline {
  /** The modules with domains of its system, as it imports them: `./stock/store.js`. */
  readonly modules: readonly string[];
  /** What it imports of the runtime or passes on, without types. */
  readonly runtime: readonly string[];
  /** What it exports of its own, without types. */
  readonly exports: readonly string[];
}

/** Gives the outline of the module that a program becomes. */
export function outlineOf(program: Program): Outline {
  return {
    modules: [...new Set(program.imported.map((each) => moduleOf(program, each)))],
    runtime: neededValues(program),
    exports: [...program.domains.map(({ name }) => name), ...(isSystem(program) ? [startName] : [])],
  };
}
