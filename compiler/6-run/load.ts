import { readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import { describeProgram } from "../2-check/description.js";
import type { Program } from "../2-check/program.js";
import { type Manifest, manifestExtension } from "../5-bundle/manifest.js";
import { packageVersion } from "../package-root.js";
import type { RunDomain, RunProgram } from "./program.js";

/** What cannot be run, and why: a message for the user. */
export class LoadError extends Error {}

/** A program of checked sources. @throws LoadError for domains of one name */
export async function programOfSources(programs: readonly Program[]): Promise<RunProgram> {
  // It brings the compiler's back end, which built modules do without.
  const { loadDefinitions } = await import("../5-bundle/load.js");
  const parts = await Promise.all(
    programs.map(async (program) => {
      const [definitions, { domains }] = [await loadDefinitions(program), describeProgram(program)];
      return domains.map((description): RunDomain => {
        // The module exports each domain under its name.
        return { description, definition: definitions[description.name] as Definition };
      });
    }),
  );
  const starts = programs.flatMap(({ system }) => system?.starts ?? []);
  const hasSystem = programs.some(({ system }) => system !== null);
  return joined(
    programs.map(({ source }) => basename(source.path, ".ved")),
    parts.flat(),
    hasSystem ? starts.map(toStart) : null,
  );
}

/** Whether an argument names a module that `vedc build` wrote, or a folder of such. */
export function isBuilt(path: string): boolean {
  if (path.endsWith(".js") || path.endsWith(".mjs")) return true;
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder && readdirSync(path).some((name) => name.endsWith(manifestExtension));
}

/** A program of built modules: these, and the modules that they import. @throws LoadError for what is none */
export async function programOfModules(paths: readonly string[]): Promise<RunProgram> {
  const named = paths.flatMap(modulesIn);
  const modules = new Map<string, Manifest>();
  for (const path of named) await addModule(path, modules);
  const parts = await Promise.all([...modules].map(([path, manifest]) => domainsIn(path, manifest)));
  const manifests = named.map((path) => modules.get(path));
  const hasSystem = manifests.some((manifest) => manifest?.starts != null);
  const starts = manifests.flatMap((manifest) => manifest?.starts ?? []);
  return joined(
    named.map((path) => basename(path).replace(/\.m?js$/, "")),
    parts.flat(),
    hasSystem ? starts.map(toStart) : null,
  );
}

function modulesIn(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [resolve(path)];
  const manifests = readdirSync(path).filter((name) => name.endsWith(manifestExtension));
  return manifests.map((name) => resolve(path, `${name.slice(0, -manifestExtension.length)}.js`));
}

async function addModule(path: string, known: Map<string, Manifest>): Promise<void> {
  if (known.has(path)) return;
  const manifest = await readManifest(path);
  known.set(path, manifest);
  for (const { module } of manifest.imported) await addModule(join(dirname(path), module), known);
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
  if (manifest.version === 1 && manifest.vedc === packageVersion()) return manifest;
  throw new LoadError(`${path} was built by vedc ${manifest.vedc ?? "?"}, and this is vedc ${packageVersion()}. Build it again.`);
}

async function domainsIn(path: string, { domains }: Manifest): Promise<RunDomain[]> {
  const module = (await import(pathToFileURL(path).href)) as Readonly<
    Record<string, { readonly definition?: Definition } | undefined>
  >;
  return domains.map((description) => {
    const definition = module[description.name]?.definition;
    if (definition === undefined)
      throw new LoadError(`${path} has no domain ${description.name}, as its manifest says. Build it again.`);
    return { description, definition };
  });
}

function toStart({ domain, key, state }: NonNullable<Manifest["starts"]>[number]) {
  return { domain, key, state: Object.fromEntries(state.map(({ field, value }) => [field, value])) };
}

function joined(names: readonly string[], domains: readonly RunDomain[], starts: RunProgram["starts"]): RunProgram {
  const seen = new Set<string>();
  for (const { description } of domains) {
    if (seen.has(description.name)) throw new LoadError(`There are two domains ${description.name}: run the files one by one.`);
    seen.add(description.name);
  }
  if (domains.length === 0) throw new LoadError("There is no domain to run.");
  return { name: names.join(", "), domains, starts };
}
