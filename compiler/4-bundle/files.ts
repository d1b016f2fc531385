import type { Program } from "../2-check/program.js";

/** A checked program and where its module goes. */
export interface BundleInput {
  readonly program: Program;
  /** The absolute path of the source. */
  readonly path: string;
  /** The module's path in the output, with `/` and without an extension: `sub/routing`. */
  readonly name: string;
}

/** A file of the output; its path is relative to the output folder, with `/`. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
  /** How deep it lies below those that need it; 0 where nobody does, and when absent. What lies deeper has to be there before. */
  readonly depth?: number;
}
