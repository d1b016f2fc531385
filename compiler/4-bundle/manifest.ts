import { describeProgram, type ProgramDescription } from "../2-check/description.js";
import type { Program } from "../2-check/program.js";
import { moduleOf } from "../3-emit/system.js";
import { packageVersion } from "./package-root.js";

/** What a module's name is followed by in the name of its manifest. */
export const manifestExtension = ".ved.json";

/** What the tools need to know of a built module, and which release of vedc built it. */
export interface Manifest extends Omit<ProgramDescription, "imported"> {
  readonly version: 2;
  readonly vedc: string;
  /** The domains of other modules that belong to the same system, with the paths of these. */
  readonly imported: readonly { readonly name: string; readonly module: string }[];
}

/** Prints the manifest of a program, as it is written beside its module. */
export function printManifest(program: Program): string {
  const { imported, ...description } = describeProgram(program);
  const modules = program.imported.map((each) => ({ name: each.name, module: moduleOf(program, each) }));
  const manifest: Manifest = { version: 2, vedc: packageVersion(), ...description, imported: modules };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
