import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type OutputAsset, type OutputChunk, type Plugin, rollup } from "rollup";
import type { OutputFile } from "./files.js";
import { minifier } from "./minifier.js";

/** The text of a module, with the source map from it to what it was made of; null: it has none. */
export interface Code {
  readonly code: string;
  readonly map: string | null;
  /** What it was made of, where that was made of something in turn. */
  readonly original?: Code;
}

/** A script that is to be made of modules, by itself. */
export interface Script {
  /** Its path in the output, with `/` and without an extension. */
  readonly name: string;
  /** Whether it gets its content into its name. */
  readonly isHashed: boolean;
  /** The id of the module that it begins with; no other script has one with this id, unless both read it from the disk. */
  readonly entry: string;
  /** Gives the id of what a module means by a specifier: `externalTo` of another script, or a module; null: a file beside it. */
  resolve(specifier: string, importer: string): string | null;
  /** Gives a module; null: it is a file. */
  load(id: string): Code | null;
  /** Whether what is chosen by an `if` is still chosen by one once it is minified. */
  readonly keepsChoices?: boolean;
}

/** What came of a script. */
export interface Rolled {
  /** Its path in the output. */
  readonly path: string;
  /** The names of what it exports. */
  readonly exports: readonly string[];
  /** It, and its source map. */
  readonly files: readonly OutputFile[];
}

/** How scripts are made. */
export interface RollOptions {
  /** The absolute path of the output folder. */
  readonly folder: string;
  readonly minify: boolean;
  readonly hasMaps: boolean;
}

const external = "vedc:";

/** Names another script, as it is to be imported: `./ved-runtime-1a2b3c4d.js`. */
export function externalTo(path: string): string {
  return external + path;
}

/**
 * Makes scripts, each of its modules and of what these use of the files that they import. What comes of one does not depend on the
 * others: they are made at once because it takes less time. No two names may differ by upper and lower case alone.
 */
export async function roll(scripts: readonly Script[], { folder, minify, hasMaps }: RollOptions): Promise<Rolled[]> {
  if (scripts.length === 0) return [];
  const byName = new Map(scripts.map((script) => [script.name, script]));
  const build = await rollup({
    input: Object.fromEntries(scripts.map(({ name, entry }) => [name, entry])),
    plugins: [modulesOf(scripts)],
    treeshake: { moduleSideEffects: false },
    onLog: () => {},
  });
  const { output } = await build.generate({
    dir: folder,
    format: "es",
    sourcemap: hasMaps,
    entryFileNames: ({ name }) => (byName.get(name)?.isHashed === true ? "[name]-[hash].js" : "[name].js"),
    hashCharacters: "hex",
    sanitizeFileName: false,
    minifyInternalExports: false,
    // Each script is by itself: none is to load for another, or to be made a part of another, what that imports.
    hoistTransitiveImports: false,
    experimentalMinChunkSize: 0,
    paths: (id) => (id.startsWith(external) ? id.slice(id.indexOf("\0") + 1) : id),
    plugins: minify ? [await minifier((name) => byName.get(name)?.keepsChoices === true)] : [],
  });
  await build.close();
  const texts = new Map(output.map((file) => [file.fileName, textOf(file)]));
  const chunks = new Map(output.flatMap((file) => (file.type === "chunk" ? [[file.name, file] as const] : [])));
  return scripts.map(({ name }) => {
    const { fileName: path, exports } = chunks.get(name) ?? { fileName: "", exports: [] };
    const files = [path, `${path}.map`].flatMap((each) => {
      const text = texts.get(each);
      return text === undefined ? [] : [{ path: each, text }];
    });
    return { path, exports, files };
  });
}

/** Gives Rollup the modules of scripts, and files without a source map. */
function modulesOf(scripts: readonly Script[]): Plugin {
  const owners = new Map(scripts.map((script) => [script.entry, script]));
  const given = new Map<string, Code>();
  return {
    name: "vedc",
    resolveId(specifier, importer) {
      if (importer === undefined) return specifier;
      if (specifier.startsWith("node:")) return { id: specifier, external: true };
      const owner = owners.get(importer);
      if (owner === undefined) return null;
      // Rollup would look for each file on the disk first.
      const id = owner.resolve(specifier, importer) ?? resolve(dirname(importer), specifier);
      if (id.startsWith(external)) return { id: imported(id, owner), external: true, moduleSideEffects: false };
      owners.set(id, owner);
      return id;
    },
    load(id) {
      const loaded = owners.get(id)?.load(id) ?? null;
      // Rollup would read each file with five calls that wait for one another.
      if (loaded === null) return inRollup({ code: readFileSync(id, "utf8"), map: null });
      given.set(id, loaded);
      return inRollup(loaded.original ?? loaded);
    },
    transform(_, id) {
      const known = given.get(id);
      return known?.original === undefined ? null : inRollup(known);
    },
  };
}

/** Names what a script imports so that no other script imports it: the order of its imports would depend on that one. */
function imported(id: string, { name }: Script): string {
  return `${external}${name}\0${id.slice(external.length)}`;
}

function inRollup({ code, map }: Code) {
  return { code, map: map ?? ({ mappings: "" } as const) };
}

function textOf(file: OutputChunk | OutputAsset): string {
  if (file.type === "chunk") return file.code;
  return typeof file.source === "string" ? file.source : new TextDecoder().decode(file.source);
}
