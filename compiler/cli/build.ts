import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { gzipSync } from "node:zlib";
import { Cache, keyOf } from "../4-bundle/cache.js";
import { readCache, writeCache } from "../4-bundle/cache-file.js";
import { digestOfFile, type OutputFile } from "../4-bundle/files.js";
import type { Gone } from "../4-bundle/obsolete.js";
import { hasErrors } from "../diagnostics/diagnostic.js";
import { visible } from "../diagnostics/visible.js";
import { importedPaths } from "../index.js";
import { compileChanged, tiesIn } from "./compile-changed.js";
import { exitCode, UsageError } from "./exit.js";
import { defaultLimits } from "./limits.js";
import { expectModuleNames } from "./module-name.js";
import { packageFilesFor } from "./package-file.js";
import { count, type Format, report } from "./report.js";
import { fail, readSources, shorten } from "./sources.js";
import { styleFor } from "./terminal.js";

/** The options of `vedc build`. */
export interface BuildOptions {
  readonly out: string;
  readonly minify?: boolean;
  readonly emit?: "ts";
  /** Whether the sources are verified first. */
  readonly verify?: boolean;
  readonly format: Format;
  /** Nothing is said but the findings. */
  readonly quiet?: boolean;
  /** Whether to go by what the build before has found out; it does unless this is false. */
  readonly cache?: boolean;
}

/**
 * Runs `vedc build`: compiles sources into standalone modules. A build with errors leaves the output as it was. Gives the exit
 * code.
 */
export async function build(paths: readonly string[], options: BuildOptions): Promise<number> {
  if (options.out === "") throw new UsageError("--out is empty: perhaps a variable of the shell is not set.");
  const began = performance.now();
  const folder = resolve(options.out);
  const cache = options.cache === false ? new Cache() : readCache(folder);
  const sources = await readSources(paths, null, (source) => importedPaths(source, tiesIn(cache, source)));
  expectModuleNames(sources);
  const { files: compiled, programs } = compileChanged(sources, cache);
  const diagnostics = compiled.flatMap((file) => [...file.diagnostics, ...file.found]);
  const silenced = compiled.flatMap((file) => file.silenced);
  // Verifying reports them as well, in one document.
  if (options.format === "pretty" || options.verify !== true || hasErrors(diagnostics))
    report(diagnostics, options.format, { ...options, silenced });
  if (hasErrors(diagnostics)) return exitCode.findings;
  const planned = compiled.flatMap(({ outline, path, name, key }) => (outline === null ? [] : [{ outline, path, name, key }]));
  if (options.verify === true) {
    const { verifyPrograms } = await import("./verify.js");
    const known = programs(planned.map(({ path }) => path));
    const subjects = planned.flatMap(({ path }) => known.get(path) ?? []);
    const code = await verifyPrograms(subjects, { diagnostics, silenced }, { ...defaultLimits, format: options.format });
    if (code !== exitCode.ok) return code;
  }
  const [{ bundleChanged }, { replaceOutput }] = await Promise.all([
    import("../4-bundle/bundle.js"),
    import("../4-bundle/output.js"),
  ]);
  // Else V8 lets garbage grow to three times what is in use: a thousand modules would take half a gigabyte.
  setFlagsFromString("--heap-growing-percent=60");
  const kinds = { minify: options.minify === true, typescript: options.emit === "ts", folder };
  const modules = await bundleChanged(planned, programs, kinds, cache);
  const files = [...(await packageFilesFor(folder, modules)), ...modules];
  const gone = await replaceOutput(folder, files).catch((error: unknown) => fail("write", shorten(folder), error));
  const speaks = options.format === "pretty" && options.quiet !== true;
  if (speaks) printReport(shorten(folder) || ".", files, cache, performance.now() - began);
  for (const each of gone) printGone(folder, each, speaks);
  if (options.cache !== false) await writeCache(folder, cache);
  return exitCode.ok;
}

/** Says what became of the files whose source is gone. What stays can still be run: of that it warns in any case. */
function printGone(folder: string, { source, module, removed, changed }: Gone, speaks: boolean): void {
  const [from, shown] = [visible(shorten(source)), (path: string) => visible(shorten(join(folder, path)))];
  if (speaks && removed.includes(module)) {
    const others = count(removed.length - 1, "other file");
    process.stdout.write(`Removed ${shown(module)} and ${others}: ${from} is gone.\n`);
  }
  if (changed.length === 0) return;
  const label = styleFor(process.stderr).warning("warning");
  const what = `${from} is gone, but not what was built from it: ${changed.map(shown).join(" and ")}`;
  process.stderr.write(
    `${label}: ${what} ${changed.length === 1 ? "was" : "were"} changed by hand. Remove it if nobody needs it.\n`,
  );
}

function printReport(folder: string, files: readonly OutputFile[], cache: Cache, milliseconds: number): void {
  const style = styleFor(process.stdout);
  const rows = files.map((file) => {
    return [
      visible(`${folder.replace(/\/$/, "")}/${file.path}`),
      size(Buffer.byteLength(file.text)),
      size(zippedSize(file, cache)),
    ] as const;
  });
  const [first, second, third] = ([0, 1, 2] as const).map((column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map(([path, raw, zipped]) => {
    const sizes = `${raw.padStart(second ?? 0)}  ${zipped.padStart(third ?? 0)} gzipped`;
    return `${path.padEnd(first ?? 0)}  ${style.frame(sizes)}\n`;
  });
  process.stdout.write(lines.join(""));
  process.stdout.write(`Built in ${(milliseconds / 1000).toFixed(2)} s.\n`);
}

/** Gives the size of a file once it is gzipped, in bytes, as it was found out once for its content. */
function zippedSize(file: OutputFile, cache: Cache): number {
  const key = keyOf("gzipped", digestOfFile(file));
  const known = cache.get(key);
  const bytes = typeof known === "number" ? known : gzipSync(file.text).length;
  if (known === undefined) cache.set(key, bytes);
  return bytes;
}

function size(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}
