import { readFile } from "node:fs/promises";
import { basename, dirname, join, posix } from "node:path";
import { glob } from "tinyglobby";
import type { OutputFile } from "./files.js";

/** Says that the `.js` files beside it are modules, whatever the project around says: to Node, to TypeScript, to bundlers. */
const packageFile: OutputFile = { path: "package.json", text: '{ "type": "module" }\n', depth: Number.POSITIVE_INFINITY };

/** What Node goes by to tell whether the `.js` files of a folder are modules. */
export type PackageScope =
  /** A package.json of the folder's own, which is to be written with the modules. */
  | { readonly kind: "own"; readonly file: OutputFile }
  /** A package.json that says that they are. */
  | { readonly kind: "module" }
  /** A package.json that says that they are not. */
  | { readonly kind: "commonjs"; readonly packagePath: string; readonly other: Other }
  /** None, or one that does not say. */
  | { readonly kind: "unsaid"; readonly packagePath: string | null; readonly other: Other };

/** A script that goes by the same package.json, so that the folder gets no other; null: it has this one already. */
type Other = string | null;

/** A package.json that was found. */
interface Found {
  readonly path: string;
  readonly text: string;
}

/**
 * Says what Node will go by for modules that are written into a folder. A package.json that vedc has not written is never
 * overwritten, and none is written where it would change what other scripts are taken for.
 * @throws the error of the file system
 */
export async function packageScopeOf(folder: string, files: readonly OutputFile[]): Promise<PackageScope> {
  const nearest = await nearestPackage(folder);
  const own = { kind: "own", file: packageFile } as const;
  const isInFolder = nearest !== null && dirname(nearest.path) === folder;
  if (isInFolder && nearest.text === packageFile.text) return own;
  const other = isInFolder ? null : await otherScript(folder, new Set(files.map(({ path }) => path)));
  if (!isInFolder && other === null) return own;
  if (nearest === null) return { kind: "unsaid", packagePath: null, other };
  const type = typeIn(nearest.text);
  if (type === "module") return { kind: "module" };
  return { kind: type === "commonjs" ? "commonjs" : "unsaid", packagePath: nearest.path, other };
}

/** Finds the package.json of a folder, or of the nearest one above, where Node looks; one that cannot be read says nothing. */
async function nearestPackage(folder: string): Promise<Found | null> {
  const path = join(folder, "package.json");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    return isNowhere(error.code ?? "") ? null : "";
  });
  if (text !== null) return { path, text };
  const above = dirname(folder);
  return above === folder || basename(above) === "node_modules" ? null : nearestPackage(above);
}

/** Says whether an error means that a path leads nowhere, and not that what is there cannot be read. */
function isNowhere(code: string): boolean {
  return ["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"].includes(code);
}

/** Reads what a package.json says of its `.js` files; null where it says nothing, or is no JSON. */
function typeIn(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && "type" in parsed ? parsed.type : null;
  } catch {
    return null;
  }
}

/** Finds a script in a folder that goes by its package.json, and is none of the files; null where there is none. */
async function otherScript(folder: string, files: ReadonlySet<string>): Promise<string | null> {
  const patterns = ["**/*.{js,jsx,ts,tsx}", "*/**/package.json"];
  const options = { ignore: ["**/node_modules/**"], expandDirectories: false, followSymbolicLinks: false };
  const found = await glob(patterns, { cwd: folder, ...options });
  const scopes = found.filter((path) => posix.basename(path) === "package.json").map((path) => `${posix.dirname(path)}/`);
  const others = found.filter((path) => !path.endsWith(".json") && !files.has(path));
  const other = others.sort().find((path) => !scopes.some((scope) => path.startsWith(scope)));
  return other === undefined ? null : join(folder, other);
}
