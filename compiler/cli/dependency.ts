import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

/** What a package.json says that this file wants to know. */
interface Dependents {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * Gives how the package.json of a folder asks for the vedc that runs: by its version, or, where it came from a file or a clone, by the
 * way there, so that installing it needs no registry.
 * @param root the folder of the package that runs
 */
export function dependencyFrom(folder: string, root: string, version: string): string {
  const modules = dirname(root);
  if (basename(modules) !== "node_modules") return wayTo(folder, root);
  const owner = dirname(modules);
  const path = join(owner, "package.json");
  if (!existsSync(path)) return `^${version}`;
  // Whatever it says, it was good enough for npm.
  const { dependencies, devDependencies } = JSON.parse(readFileSync(path, "utf8")) as Dependents;
  const asked = { ...devDependencies, ...dependencies }[basename(root)];
  return asked?.startsWith("file:") ? wayTo(folder, resolve(owner, asked.slice("file:".length))) : `^${version}`;
}

function wayTo(folder: string, target: string): string {
  return `file:${relative(folder, target).split(sep).join("/")}`;
}
