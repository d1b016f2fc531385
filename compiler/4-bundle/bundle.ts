import { posix, relative, sep } from "node:path";
import type { Program } from "../2-check/program.js";
import type { Imported, Surroundings } from "./build-groups.js";
import { Cache, keyOf } from "./cache.js";
import type { BundleInput, OutputFile } from "./files.js";
import { type ExportNames, exportNames, type Group, groupsOf, type Located, shortName } from "./groups.js";
import { outlineOf } from "./outline.js";
import type { RollOptions } from "./roll.js";
import { journalScript, journalTypes, runtimeTypes } from "./runtime.js";
import { type Built, keep, standing } from "./standing.js";

export type { BundleInput, OutputFile } from "./files.js";

/** What the output consists of, and where it goes. */
export interface BundleOptions {
  readonly minify: boolean;
  /** Whether the TypeScript modules are wanted as well. */
  readonly typescript: boolean;
  /** The absolute path of the output folder; source maps name the sources relative to it. */
  readonly folder: string;
}

/** A module that is to be built, by what is known of it before it is. */
export interface PlannedModule extends Located {
  /** Says all that its program comes from: where the key is the same, so is the program. */
  readonly key: string;
}

/** Gives the programs of sources by their absolute paths. It is asked only for what has to be built. */
export type Programs = (paths: readonly string[]) => ReadonlyMap<string, Program>;

/**
 * Builds standalone modules: for each program JavaScript with a source map to the Ved source, and declarations. A single module
 * has what it uses of the runtime in it; several share one script. Each has a manifest, which says what belongs to it.
 */
export async function bundle(inputs: readonly BundleInput[], options: BundleOptions): Promise<OutputFile[]> {
  const programs = new Map(inputs.map(({ path, program }) => [path, program]));
  const modules = inputs.map(({ path, name, program }) => ({ path, name, key: "", outline: outlineOf(program) }));
  return bundleChanged(modules, () => programs, options, new Cache());
}

/**
 * Builds what `bundle` builds, but for what a cache knows of and what stands in the output folder as it is to be. The files are the
 * same, whatever the cache knows.
 */
export async function bundleChanged(
  modules: readonly PlannedModule[],
  programs: Programs,
  options: BundleOptions,
  cache: Cache,
): Promise<OutputFile[]> {
  const build = { programs, options, cache };
  const { files, ...around } = await sharedBy(modules, build);
  const imported = new Map<string, Imported>();
  const ranks = ranksOf(groupsOf(modules));
  const all: OutputFile[] = [
    ...files.map((file) => (file.path === around.runtime?.path ? { ...file, depth: ranks.length + 1 } : file)),
  ];
  for (const [index, rank] of ranks.entries()) {
    const built = await buildRank(rank, { ...around, imported, shared: files, typescript: options.typescript }, build);
    for (const [at, { files: own, script }] of built.entries()) {
      all.push(...own.map((file) => (file.path === script ? { ...file, depth: ranks.length - index } : file)));
      if (script === null) continue;
      for (const [path, names] of exportNames(rank[at]?.modules ?? [], options.minify))
        imported.set(path, { path: script, names });
    }
  }
  return all.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What stays the same all through a build. */
interface Build {
  readonly programs: Programs;
  readonly options: BundleOptions;
  readonly cache: Cache;
}

function rollOptions({ folder, minify }: BundleOptions): RollOptions {
  return { folder, minify, hasMaps: true };
}

/** Gives what was built under a key where it stands, or else builds it. */
async function builtOnce({ cache, options }: Build, key: string, make: () => Promise<Built>): Promise<Built> {
  return standing(cache, key, options.folder) ?? keep(cache, key, await make());
}

/** Builds what all modules share. */
async function sharedBy(modules: readonly PlannedModule[], build: Build) {
  const { minify, typescript } = build.options;
  const runtimeName = freeName("ved-runtime", modules);
  const runtime = modules.length > 1 || typescript ? await sharedRuntime(runtimeName, modules, build) : null;
  const name = freeName("journal", modules);
  const journal = await builtOnce(build, keyOf("journal", [name, minify]), async () => {
    const files = [
      { path: `${name}.js`, text: journalScript(minify) },
      { path: `${name}.d.ts`, text: journalTypes() },
    ];
    return { files, script: null };
  });
  const types = await builtOnce(build, keyOf("types", runtimeName), async () => {
    return { files: [{ path: `${runtimeName}.d.ts`, text: runtimeTypes() }], script: null };
  });
  const files = [...(runtime?.files ?? []), ...types.files, ...journal.files];
  return { runtimeName, runtime: runtime === null ? null : { path: runtime.path, names: runtime.names }, files };
}

async function sharedRuntime(name: string, modules: readonly PlannedModule[], build: Build) {
  const { minify, typescript } = build.options;
  const values = [...new Set(modules.flatMap(({ outline }) => outline.runtime))].sort();
  const areShort = minify && !typescript;
  const names: ExportNames = Object.fromEntries(values.map((value, index) => [value, areShort ? shortName(index) : value]));
  const { files, script } = await builtOnce(build, keyOf("runtime", [name, names, minify, typescript]), async () => {
    return (await import("./shared.js")).bundleRuntime(name, names, typescript, rollOptions(build.options));
  });
  return { path: script ?? "", names, files };
}

/** Finds a name for a module of ours that no source takes. */
function freeName(wanted: string, modules: readonly Located[]): string {
  const taken = new Set(modules.map(({ name }) => name.toLowerCase()));
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}-${number}`;
  return name;
}

/** Puts together the groups that import equally many others: none of them imports another. */
function ranksOf(groups: readonly Group<PlannedModule>[]): Group<PlannedModule>[][] {
  const ranks = new Map<number, Group<PlannedModule>[]>();
  for (const group of groups) ranks.set(group.imports.length, [...(ranks.get(group.imports.length) ?? []), group]);
  return [...ranks.values()];
}

/** Builds groups that do not import each other. */
async function buildRank(groups: readonly Group<PlannedModule>[], around: Surroundings, build: Build): Promise<Built[]> {
  const { cache, options, programs } = build;
  const shared = keyOf("shared", [around.runtimeName, around.runtime, around.shared.map((file) => [file.path, file.digest])]);
  const keys = new Map(groups.map((group) => [group, keyOfGroup(group, shared, around, options)]));
  const built = new Map<Group, Built>();
  for (const [group, key] of keys) {
    const known = standing(cache, key, options.folder);
    if (known !== null) built.set(group, known);
  }
  for (const batch of batchesOf(groups.filter((group) => !built.has(group)))) {
    const { buildGroups } = await import("./build-groups.js");
    const known = programs(batch.flatMap(({ modules }) => modules.map(({ path }) => path)));
    const made = await buildGroups(batch, (path) => programAt(path, known), around, rollOptions(options));
    for (const [index, group] of batch.entries()) {
      const fresh = made[index];
      if (fresh !== undefined) built.set(group, keep(cache, keys.get(group) ?? "", fresh));
    }
  }
  return groups.flatMap((group) => built.get(group) ?? []);
}

function programAt(path: string, programs: ReadonlyMap<string, Program>): Program {
  const program = programs.get(path);
  if (program === undefined) throw new Error(`there is no program of ${path}`);
  return program;
}

/** Says all that the files of a group come from. */
function keyOfGroup({ modules, imports }: Group<PlannedModule>, shared: string, around: Surroundings, options: BundleOptions) {
  const sources = modules.map(({ key, name, path }) => [key, name, relative(options.folder, path).split(sep).join(posix.sep)]);
  const scripts = imports.map((path) => [relative(options.folder, path), around.imported.get(path) ?? null]);
  return keyOf("group", [sources, scripts, shared, options.minify, options.typescript]);
}

/** So many groups are built at once: more take more memory, and hardly less time. */
const batchSize = 40;

/** Puts groups into batches in which no two names differ by upper and lower case alone. */
function batchesOf<G extends Group>(groups: readonly G[]): G[][] {
  const batches: { readonly groups: G[]; readonly names: Set<string> }[] = [];
  for (const group of groups) {
    const names = group.modules.map(({ name }) => name.toLowerCase());
    const last = batches.at(-1);
    const isOpen = last !== undefined && last.groups.length < batchSize && !names.some((name) => last.names.has(name));
    const batch = isOpen ? last : { groups: [], names: new Set<string>() };
    if (!isOpen) batches.push(batch);
    batch.groups.push(group);
    for (const name of names) batch.names.add(name);
  }
  return batches.map((batch) => batch.groups);
}
