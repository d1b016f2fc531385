import { join, posix, relative, sep } from "node:path";
import { describeProgram, type ProgramDescription } from "../2-check/description.js";
import type { Program } from "../2-check/program.js";
import { moduleOf } from "../3-emit/system.js";
import { type BundleInput, digestOfFile, type OutputFile } from "./files.js";
import { packageVersion } from "./package-root.js";

/** What a module's name is followed by in the name of its manifest. */
export const manifestExtension = ".ved.json";

/** What the tools need to know of a built module, and which release of vedc built it. */
export interface Manifest extends Omit<ProgramDescription, "imported"> {
  readonly version: 2;
  readonly vedc: string;
  /** The domains of other modules that belong to the same system, with the paths of these. */
  readonly imported: readonly { readonly name: string; readonly module: string }[];
  /** Where the source is, from the manifest's folder, with `/`. */
  readonly sourcePath: string;
  /** The files that were written for the module, by their paths from the manifest's folder, with the digests of their content. */
  readonly files: Readonly<Record<string, string>>;
}

/** A file that is written, and the digest of its content. */
interface Written {
  readonly path: string;
  readonly digest: string;
}

/**
 * Makes the manifests of modules, each beside its module.
 * @param files everything else that is written
 * @param folder the absolute path of the output folder
 */
export function manifestsOf(modules: readonly BundleInput[], files: readonly OutputFile[], folder: string): OutputFile[] {
  const names = new Set(modules.map(({ name }) => name));
  const owned = new Map<string | null, Written[]>();
  for (const file of files) {
    const owner = ownerOf(file.path, names);
    owned.set(owner, [...(owned.get(owner) ?? []), { path: file.path, digest: digestOfFile(file) }]);
  }
  return modules.map(({ name, path, program }) => {
    const at = posix.dirname(name);
    const written = [...(owned.get(name) ?? []), ...(owned.get(null) ?? [])].sort((a, b) => (a.path < b.path ? -1 : 1));
    const manifest: Manifest = {
      ...contentOf(program),
      sourcePath: relative(join(folder, at), path).split(sep).join("/"),
      files: Object.fromEntries(written.map((file) => [posix.relative(at, file.path), file.digest])),
    };
    return { path: `${name}${manifestExtension}`, text: `${JSON.stringify(manifest, null, 2)}\n` };
  });
}

function contentOf(program: Program): Omit<Manifest, "sourcePath" | "files"> {
  const { imported, ...description } = describeProgram(program);
  const modules = program.imported.map((each) => ({ name: each.name, module: moduleOf(program, each) }));
  return { version: 2, vedc: packageVersion(), ...description, imported: modules };
}

/** Gives the name of the module that a file belongs to; null: it belongs to all. */
function ownerOf(path: string, names: ReadonlySet<string>): string | null {
  const stem = path.replace(/\.(?:js|js\.map|d\.ts|ts)$/, "");
  return [stem, stem.replace(/-[0-9a-f]{8}$/, "")].find((name) => names.has(name)) ?? null;
}
