import { basename, posix } from "node:path";
import { type OutputAsset, type OutputChunk, type Plugin, rollup } from "rollup";
import type { Program } from "../2-check/program.js";
import { bodiesOf, statementsIn } from "../2-check/traverse.js";
import { type Emitted, emit } from "../3-emit/emit.js";
import { depthsOf } from "./depths.js";
import { behindFacade, chunksOf, facadeOf, printFacade, sourceOf } from "./facade.js";
import { printFeatures } from "./features.js";
import type { BundleInput, OutputFile } from "./files.js";
import { manifestsOf } from "./manifest.js";
import { featuresEntry, isRuntime, journalEntry, journalTypes, runtimeEntry, runtimeTypes } from "./runtime.js";
import { toDeclarations, toJavaScript } from "./transpile.js";

export type { BundleInput, OutputFile } from "./files.js";

/** What the output consists of, and where it goes. */
export interface BundleOptions {
  readonly minify: boolean;
  /** Whether the TypeScript modules are wanted as well. */
  readonly typescript: boolean;
  /** The absolute path of the output folder; source maps name the sources relative to it. */
  readonly folder: string;
}

interface Module extends BundleInput {
  readonly emitted: Emitted;
}

/**
 * Builds standalone modules: for each program JavaScript with a source map to the Ved source, and declarations. A single module
 * has what it uses of the runtime in it; several share one chunk. Each has a manifest, which says what belongs to it.
 */
export async function bundle(inputs: readonly BundleInput[], options: BundleOptions): Promise<OutputFile[]> {
  const runtime = freeName("ved-runtime", inputs);
  const modules = inputs.map((input) => ({ ...input, emitted: emitModule(input, runtime) }));
  const scripts = await bundleScripts(modules, runtime, options);
  const declarations = modules.map(({ name, emitted }) => ({ path: `${name}.d.ts`, text: toDeclarations(emitted.text) }));
  const typescript = options.typescript ? modules.map(({ name, emitted }) => ({ path: `${name}.ts`, text: emitted.text })) : [];
  const types = { path: `${runtime}.d.ts`, text: runtimeTypes() };
  const journal = await bundleJournal(freeName("journal", inputs), options);
  const files = [...scripts, ...declarations, ...typescript, types, ...journal];
  return [...files, ...manifestsOf(modules, files, options.folder)].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Finds a name for a module of ours that no source takes. */
function freeName(wanted: string, inputs: readonly BundleInput[]): string {
  const taken = new Set(inputs.map(({ name }) => name.toLowerCase()));
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}-${number}`;
  return name;
}

/** Bundles the file journal: a module of its own, so that those which are used without it stay as small as they are. */
async function bundleJournal(name: string, options: BundleOptions): Promise<OutputFile[]> {
  const build = await rollup({
    input: { [name]: journalEntry },
    external: /^node:/,
    treeshake: { moduleSideEffects: false },
    plugins: [{ name: "vedc", transform: (code) => ({ code, map: { mappings: "" } }) }],
  });
  const plugins = options.minify ? [await minifier(false)] : [];
  const { output } = await build.generate({ format: "es", entryFileNames: "[name].js", plugins });
  await build.close();
  return [...output.map((file) => ({ path: file.fileName, text: textOf(file) })), { path: `${name}.d.ts`, text: journalTypes() }];
}

function emitModule({ program, name, path }: BundleInput, runtime: string): Emitted {
  const folder = posix.relative(posix.dirname(name), ".") || ".";
  return emit(program, { runtime: `${folder}/${runtime}.js`, file: `${posix.basename(name)}.js`, source: basename(path) });
}

async function bundleScripts(modules: readonly Module[], runtime: string, options: BundleOptions): Promise<OutputFile[]> {
  // What several modules share, or hand-compiled ones import, has all features: other builds into the folder may replace it.
  const isShared = modules.length > 1 || options.typescript;
  const chunks = chunksOf(modules);
  const build = await rollup({
    input: {
      ...Object.fromEntries(modules.map(({ name, path }) => [name, chunks.has(path) ? facadeOf(path) : path])),
      ...(options.typescript ? { [runtime]: facadeOf(runtimeEntry) } : {}),
    },
    plugins: [sources(modules, isShared)],
    treeshake: { moduleSideEffects: false },
    onLog: () => {},
  });
  const { output } = await build.generate({
    dir: options.folder,
    format: "es",
    sourcemap: true,
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    hashCharacters: "hex",
    sanitizeFileName: false,
    manualChunks: (id) => (isShared && isRuntime(id) ? runtime : chunks.get(id)),
    minifyInternalExports: options.minify,
    plugins: options.minify ? [await minifier(modules.some(({ program }) => hasLongChoice(program)))] : [],
  });
  await build.close();
  const depths = depthsOf(output);
  return output.map((file) => ({ path: file.fileName, text: textOf(file), depth: depths.get(file.fileName) ?? 0 }));
}

function hasDefault(module: Module | undefined): boolean {
  return module?.program.domains.some(({ name }) => name === "default") === true;
}

/**
 * Gives Rollup the generated modules under the paths of their sources, and the runtime without a source map.
 * @param hasAll whether all features of the runtime are wanted, used or not
 */
function sources(modules: readonly Module[], hasAll: boolean): Plugin {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  return {
    name: "vedc",
    resolveId(specifier, importer) {
      if (behindFacade(importer ?? specifier) !== null) return specifier;
      if (importer === undefined) return byPath.has(specifier) ? specifier : null;
      const module = byPath.get(importer);
      if (module === undefined) return null;
      // What is no module of the same build is the runtime.
      const path = sourceOf(module.path, specifier);
      return byPath.has(path) ? path : runtimeEntry;
    },
    load(id) {
      const behind = behindFacade(id);
      if (behind !== null) return { code: printFacade(behind, hasDefault(byPath.get(behind))), map: { mappings: "" } };
      const module = byPath.get(id);
      if (id === featuresEntry && !hasAll)
        return { code: printFeatures(modules.map(({ program }) => program)), map: { mappings: "" } };
      return module === undefined ? null : { code: module.emitted.text, map: JSON.stringify(module.emitted.map) };
    },
    transform(code, id) {
      return byPath.has(id) ? toJavaScript(code) : { code, map: { mappings: "" } };
    },
  };
}

// Functions stay functions: pasted into their callers they save a hundred bytes, and what comes out is too large for V8 to
// optimise well (a fifth slower).
const compression = { passes: 2, inline: 1, reduce_funcs: false, lhs_constants: false } as const;

/** An `if` with more branches than this would take minutes: it is made an expression, and that is looked through again and again. */
const maxBranches = 32;

function hasLongChoice({ domains }: Program): boolean {
  const all = domains.flatMap(bodiesOf).flatMap(({ statements }) => statementsIn(statements));
  return all.some((statement) => statement.kind === "if" && statement.branches.length > maxBranches);
}

/** @param keepsChoices whether what is chosen by an `if` is still chosen by one */
async function minifier(keepsChoices: boolean): Promise<Plugin> {
  const { minify } = await import("terser");
  const options = { module: true, ecma: 2020, sourceMap: true } as const;
  const compress = { ...compression, conditionals: !keepsChoices, if_return: !keepsChoices };
  return {
    name: "terser",
    async renderChunk(code) {
      const { code: minified = "", map } = await minify(code, { ...options, compress }).catch((error: unknown) => {
        // A chain of thousands is more than it can compress: it walks what it has flattened by recursion.
        if (error instanceof RangeError) return minify(code, { ...options, compress: false });
        throw error;
      });
      return { code: minified, map: typeof map === "string" ? map : null };
    },
  };
}

function textOf(file: OutputChunk | OutputAsset): string {
  if (file.type === "chunk") return file.code;
  return typeof file.source === "string" ? file.source : new TextDecoder().decode(file.source);
}
