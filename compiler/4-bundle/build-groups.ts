import { basename, posix } from "node:path";
import type { Program } from "../2-check/program.js";
import { type Emitted, emit } from "../3-emit/emit.js";
import { passedOn } from "../3-emit/runtime-names.js";
import { at } from "../language/at.js";
import { printFeatures } from "./features.js";
import type { OutputFile } from "./files.js";
import { type ExportNames, exportNames, type Group, type Located, sourceOf } from "./groups.js";
import { manifestsOf } from "./manifest.js";
import { hasLongChoice } from "./minifier.js";
import { type Code, externalTo, type RollOptions, roll, type Script } from "./roll.js";
import { featuresEntry, runtimeEntry } from "./runtime.js";
import type { Built } from "./standing.js";
import { transpile } from "./transpile.js";

/** A script that others import, by its path in the output, and how they call what it exports. */
export interface Imported {
  readonly path: string;
  readonly names: ExportNames;
}

/** What groups are built into. */
export interface Surroundings {
  /** What declarations import the runtime from; without an extension. */
  readonly runtimeName: string;
  /** The script of the runtime; null: each has its own inside. */
  readonly runtime: Imported | null;
  /** The scripts of the groups before, by the paths of the sources that are in them. */
  readonly imported: ReadonlyMap<string, Imported>;
  /** What all modules share. */
  readonly shared: readonly OutputFile[];
  /** Whether the TypeScript modules are wanted as well. */
  readonly typescript: boolean;
}

/** A module of a group, and what has become of it. */
interface Module extends Located {
  readonly program: Program;
  readonly emitted: Emitted;
  readonly javaScript: Code;
  readonly declarations: string;
}

/**
 * Builds groups that do not import each other, each by itself: that it is several at once makes it faster and changes nothing. Gives
 * for each its script with source map, facades, declarations and manifests.
 */
export async function buildGroups(
  groups: readonly Group[],
  programOf: (path: string) => Program,
  around: Surroundings,
  options: RollOptions,
): Promise<Built[]> {
  const made = madeOf(groups, programOf, around);
  const scripts = await roll(
    made.map((group) => scriptOf(group, around, options)),
    options,
  );
  const facades = await roll(
    made.flatMap((group, index) => (group.isImported ? facadesOf(group, at(scripts, index).path, around, options) : [])),
    options,
  );
  const facadeFiles = new Map(facades.map(({ path, files }) => [path, files]));
  return made.map((group, index) => {
    const { path, files } = at(scripts, index);
    const others = group.modules.flatMap((module) => [
      ...(group.isImported ? (facadeFiles.get(`${module.name}.js`) ?? []) : []),
      { path: `${module.name}.d.ts`, text: module.declarations },
      ...(around.typescript ? [{ path: `${module.name}.ts`, text: module.emitted.text }] : []),
    ]);
    const all = [...files, ...others];
    const manifests = manifestsOf(group.modules, [...all, ...around.shared], options.folder);
    return { files: [...all, ...manifests], script: group.isImported ? path : null };
  });
}

/** Emits the modules of groups. */
function madeOf(groups: readonly Group[], programOf: (path: string) => Program, around: Surroundings): Group<Module>[] {
  const modules = groups.flatMap((group) => group.modules);
  const programs = modules.map(({ path }) => programOf(path));
  const emitted = modules.map((module, index) => emitModule(module, at(programs, index), around.runtimeName));
  const transpiled = transpile(emitted.map(({ text }) => text));
  const made = new Map<string, Module>();
  for (const [index, module] of modules.entries()) {
    const [{ text, map: fromText }, { code, map, declarations }] = [at(emitted, index), at(transpiled, index)];
    const javaScript = { code, map, original: { code: text, map: JSON.stringify(fromText) } };
    made.set(module.path, { ...module, program: at(programs, index), emitted: at(emitted, index), javaScript, declarations });
  }
  return groups.map((group) => ({ ...group, modules: group.modules.flatMap(({ path }) => made.get(path) ?? []) }));
}

function emitModule({ name, path }: Located, program: Program, runtime: string): Emitted {
  const options = { file: `${posix.basename(name)}.js`, source: basename(path) };
  return emit(program, { ...options, runtime: wayFrom(name, `${runtime}.js`) });
}

/** Says how a module imports a script; both by their paths in the output. */
function wayFrom(name: string, path: string): string {
  const way = posix.relative(posix.dirname(name), path);
  return way.startsWith("../") ? way : `./${way}`;
}

function scriptOf(group: Group<Module>, around: Surroundings, { minify }: RollOptions): Script {
  const { name, isImported } = group;
  const modules = new Map(group.modules.map((module) => [module.path, module]));
  const entry = isImported ? `\0entry:${name}` : (group.modules[0]?.path ?? "");
  const given = new Map([...modules].map(([path, { javaScript }]) => [path, javaScript]));
  if (isImported) given.set(entry, printExports(exportNames(group.modules, minify)));
  if (around.runtime === null) given.set(featuresEntry, plain(printFeatures(group.modules.map(({ program }) => program))));
  const resolveFrom = (importer: string, specifier: string) => {
    const path = sourceOf(importer, specifier);
    if (modules.has(path)) return path;
    // What is no module of the same build is the runtime.
    const target = around.imported.get(path) ?? around.runtime;
    if (target === null) return runtimeEntry;
    const view = `\0view:${name}:${around.imported.has(path) ? path : ""}`;
    given.set(view, printView(target, name));
    return view;
  };
  return {
    name,
    isHashed: isImported,
    entry,
    resolve: (specifier, importer) => {
      if (modules.has(importer)) return resolveFrom(importer, specifier);
      return importer.startsWith("\0") ? specifier : null;
    },
    load: (id) => given.get(id) ?? null,
    keepsChoices: group.modules.some(({ program }) => hasLongChoice(program)),
  };
}

/** Makes the facades of a group: modules that export under the names that users know what is in its script. */
function facadesOf(group: Group<Module>, path: string, { runtime }: Surroundings, { minify }: RollOptions): Script[] {
  const names = exportNames(group.modules, minify);
  return group.modules.map((module) => {
    const entry = `\0facade:${module.name}`;
    const own = printView({ path, names: names.get(module.path) ?? {} }, module.name).code;
    const passed = runtime === null ? "" : printView({ path: runtime.path, names: passedOnOf(runtime) }, module.name).code;
    return { name: module.name, isHashed: false, entry, resolve: (specifier) => specifier, load: () => plain(own + passed) };
  });
}

function passedOnOf({ names }: Imported): ExportNames {
  const values = new Set(passedOn.flatMap(({ name, isTypeOnly }) => (isTypeOnly === true ? [] : [name])));
  return Object.fromEntries(Object.entries(names).filter(([name]) => values.has(name)));
}

/** Prints a module that shows what a script exports under its names of before. @param importer the path of the script that it is for */
function printView({ path, names }: Imported, importer: string): Code {
  const pairs = Object.entries(names).map(([own, exported]) => renamed(exported, own));
  return plain(`export { ${pairs.join(", ")} } from ${JSON.stringify(externalTo(wayFrom(importer, path)))};\n`);
}

/** Prints what a group's script begins with: all that its modules export, under names of its own. */
function printExports(names: ReadonlyMap<string, ExportNames>): Code {
  const lines = [...names].map(([path, own]) => {
    const pairs = Object.entries(own).map(([name, exported]) => renamed(name, exported));
    return `export { ${pairs.join(", ")} } from ${JSON.stringify(path)};\n`;
  });
  return plain(lines.join(""));
}

function renamed(from: string, to: string): string {
  return from === to ? from : `${from} as ${to}`;
}

function plain(code: string): Code {
  return { code, map: null };
}
