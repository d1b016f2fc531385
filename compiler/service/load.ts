import { readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { StartedInstance } from "../../runtime-lib/system.js";
import { describeProgram } from "../2-check/description.js";
import type { Program, Start } from "../2-check/program.js";
import { rootsOf } from "../2-check/roots.js";
import { type Manifest, manifestExtension } from "../4-bundle/manifest.js";
import { packageVersion } from "../4-bundle/package-root.js";
import { defaultKey } from "../language/default.js";
import { asModules, takesForCommonJs } from "./common-js.js";
import type { RunDomain, RunProgram } from "./program.js";

/** What cannot be run, and why: a message for the user. */
export class LoadError extends Error {}

/** One file of what is to be run. */
interface Part {
  readonly path: string;
  readonly name: string;
  readonly domains: readonly RunDomain[];
  readonly imported: readonly { readonly name: string; readonly path: string }[];
  /** Null: it has no `system`. */
  readonly starts: readonly Start[] | null;
}

/** Makes a program of checked sources. @throws LoadError for domains of one name */
export async function programOfSources(programs: readonly Program[]): Promise<RunProgram> {
  // It brings the compiler's back end, which built modules do without.
  const { loadDefinitions } = await import("../4-bundle/load.js");
  const parts = programs.map(async (program): Promise<Part> => {
    const definitions = await loadDefinitions(program);
    const { path } = program.source;
    const domains = describeProgram(program).domains.map((description) => {
      // The module exports each domain under its name.
      return { description, definition: definitions[description.name] as Definition };
    });
    return { path, name: basename(path, ".ved"), domains, imported: program.imported, starts: program.system?.starts ?? null };
  });
  return assembled(await Promise.all(parts));
}

/** Says whether an argument names a module that `vedc build` wrote, or a folder of such. */
export function isBuilt(path: string): boolean {
  return path.endsWith(".js") || path.endsWith(".mjs") || (isFolder(path) && manifestsIn(path).length > 0);
}

/** Makes a program of built modules: these, and the modules that they import. @throws LoadError for what is none */
export async function programOfModules(paths: readonly string[]): Promise<RunProgram> {
  const parts = new Map<string, Part>();
  const named = paths.flatMap((path) => {
    if (!isFolder(path)) return [resolve(path)];
    return manifestsIn(path).map((name) => resolve(path, `${name.slice(0, -manifestExtension.length)}.js`));
  });
  const wanted = new Set(named);
  for (const path of wanted) {
    const part = await readModule(path);
    parts.set(path, part);
    for (const { path: other } of part.imported) wanted.add(other);
  }
  return assembled([...parts.values()]);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function manifestsIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(manifestExtension) && !name.includes("node_modules"));
}

async function readModule(path: string): Promise<Part> {
  const { domains, imported, starts } = await readManifest(path);
  const module = await importBuilt(path);
  return {
    path,
    name: basename(path).replace(/\.m?js$/, ""),
    domains: domains.map((description) => {
      const definition = module[description.name]?.definition;
      if (definition !== undefined) return { description, definition };
      throw new LoadError(`${path} has no domain ${description.name}, as its manifest says. Build it again.`);
    }),
    imported: imported.map((other) => ({ name: other.name, path: join(dirname(path), other.module) })),
    starts,
  };
}

async function importBuilt(path: string): Promise<Readonly<Record<string, { readonly definition?: Definition } | undefined>>> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    if (takesForCommonJs(error)) throw new LoadError(`Node takes ${path} for CommonJS: ${asModules}.`);
    throw new LoadError(`${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readManifest(path: string): Promise<Manifest> {
  const file = path.replace(/\.m?js$/, manifestExtension);
  const text = await readFile(file, "utf8").catch(() => {
    throw new LoadError(`${file} is missing: \`vedc build\` writes it beside the module. Build it again, and copy both.`);
  });
  let manifest: Manifest;
  try {
    // What `vedc build` writes; whether it is of this release is checked at once.
    manifest = JSON.parse(text) as Manifest;
  } catch {
    throw new LoadError(`${file} is not what \`vedc build\` writes. Build the module again.`);
  }
  if (manifest.version === 2 && manifest.vedc === packageVersion()) return manifest;
  throw new LoadError(`${path} was built by vedc ${manifest.vedc ?? "?"}, and this is vedc ${packageVersion()}. Build it again.`);
}

/** Makes one program of files: those that no other takes into its system say what it is called, and what it starts with. */
function assembled(parts: readonly Part[]): RunProgram {
  const domains = parts.flatMap((part) => part.domains);
  refuseTwins(parts);
  if (domains.length === 0) throw new LoadError("There is no domain to run.");
  const roots = rootsOf(parts.filter(isOfUse).map((part) => ({ ...part, hasSystem: part.starts !== null })));
  const hasSystem = roots.some((root) => root.hasSystem);
  return { name: roots.map(({ name }) => name).join(", "), domains, starts: hasSystem ? startsOfAll(roots, domains) : null };
}

/** Says whether a file has anything to run: others may only have constants and types for it. */
function isOfUse({ domains, imported, starts }: Part): boolean {
  return domains.length > 0 || imported.length > 0 || starts !== null;
}

/** @throws LoadError for two domains of one name */
function refuseTwins(parts: readonly Part[]): void {
  const seen = new Map<string, string>();
  for (const { path, domains } of parts) {
    for (const { name } of domains.map(({ description }) => description)) {
      const other = seen.get(name);
      if (other !== undefined)
        throw new LoadError(
          `There are two domains ${name}, in ${other} and in ${path}: run the files one by one, or remove one.`,
        );
      seen.set(name, path);
    }
  }
}

/** Gives what files start with, each instance once. @throws LoadError for one that two files start with other values */
function startsOfAll(parts: readonly Part[], domains: readonly RunDomain[]): StartedInstance[] {
  const declared = new Map(domains.map(({ description, definition }) => [description.name, definition.initial]));
  const stateOf = ({ domain, state }: StartedInstance) => JSON.stringify({ ...declared.get(domain), ...state });
  const started = new Map<string, { readonly start: StartedInstance; readonly path: string }>();
  for (const { path, start } of parts.flatMap((part) => startsOf(part).map((start) => ({ path: part.path, start })))) {
    const name = `${start.domain}/${start.key}`;
    const other = started.get(name) ?? { path, start };
    if (stateOf(start) !== stateOf(other.start))
      throw new LoadError(
        `${name} starts with other values in ${path} than in ${other.path}: run the files one by one, or remove one start.`,
      );
    started.set(name, other);
  }
  return [...started.values()].map(({ start }) => start);
}

/** Gives what a file starts with: what its `system` names, and without one every domain once. */
function startsOf({ starts, domains, imported }: Part): StartedInstance[] {
  if (starts === null) {
    const names = [...domains.map(({ description }) => description.name), ...imported.map(({ name }) => name)];
    return names.map((domain) => ({ domain, key: defaultKey, state: {} }));
  }
  return starts.map(({ domain, key, state }) => {
    return { domain, key, state: Object.fromEntries(state.map(({ field, value }) => [field, value])) };
  });
}
