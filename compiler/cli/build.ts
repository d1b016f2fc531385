import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { gzipSync } from "node:zlib";
import type { OutputFile } from "../4-bundle/bundle.js";
import type { Gone } from "../4-bundle/obsolete.js";
import { hasErrors } from "../diagnostics/diagnostic.js";
import { visible } from "../diagnostics/visible.js";
import { compileAll } from "../index.js";
import { at } from "../language/at.js";
import { exitCode, UsageError } from "./exit.js";
import { defaultLimits } from "./limits.js";
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
}

/**
 * Runs `vedc build`: compiles sources into standalone modules. A build with errors leaves the output as it was. Gives the exit
 * code.
 */
export async function build(paths: readonly string[], options: BuildOptions): Promise<number> {
  if (options.out === "") throw new UsageError("--out is empty: perhaps a variable of the shell is not set.");
  const began = performance.now();
  const sources = await readSources(paths);
  const checked = compileAll(sources.map(({ source }) => source));
  const compiled = sources.map((read, index) => ({ ...read, ...at(checked, index), encoding: read.diagnostics }));
  const diagnostics = compiled.flatMap((file) => [...file.encoding, ...file.diagnostics]);
  const silenced = compiled.flatMap((file) => file.silenced);
  // Verifying reports them as well, in one document.
  if (options.format === "pretty" || options.verify !== true || hasErrors(diagnostics))
    report(diagnostics, options.format, { ...options, silenced });
  if (hasErrors(diagnostics)) return exitCode.findings;
  const inputs = compiled.flatMap(({ program, path, name }) => (program === null ? [] : [{ program, path, name }]));
  if (options.verify === true) {
    const { verifyPrograms } = await import("./verify.js");
    const programs = inputs.map(({ program }) => program);
    const code = await verifyPrograms(programs, { diagnostics, silenced }, { ...defaultLimits, format: options.format });
    if (code !== exitCode.ok) return code;
  }
  const folder = resolve(options.out);
  // Loaded late: checking needs neither ts-morph nor Rollup.
  const [{ bundle }, { replaceOutput }] = await Promise.all([import("../4-bundle/bundle.js"), import("../4-bundle/output.js")]);
  const modules = await bundle(inputs, { minify: options.minify === true, typescript: options.emit === "ts", folder });
  const files = [...(await packageFilesFor(folder, modules)), ...modules];
  const gone = await replaceOutput(folder, files).catch((error: unknown) => fail("write", shorten(folder), error));
  const speaks = options.format === "pretty" && options.quiet !== true;
  if (speaks) printReport(shorten(folder) || ".", files, performance.now() - began);
  for (const each of gone) printGone(folder, each, speaks);
  return exitCode.ok;
}

/** Says what became of the files whose source is gone. What stays can still be run: of that it warns in any case. */
function printGone(folder: string, { source, removed, changed }: Gone, speaks: boolean): void {
  const [from, shown] = [visible(shorten(source)), (path: string) => visible(shorten(join(folder, path)))];
  const module = removed.find((path) => path.endsWith(".js"));
  if (speaks && module !== undefined) {
    const others = removed.length === 1 ? "" : ` and ${count(removed.length - 1, "other file")}`;
    process.stdout.write(`Removed ${shown(module)}${others}: ${from} is gone.\n`);
  }
  if (changed.length === 0) return;
  const label = styleFor(process.stderr).warning("warning");
  const what = `${from} is gone, but not what was built from it: ${changed.map(shown).join(" and ")}`;
  process.stderr.write(
    `${label}: ${what} ${changed.length === 1 ? "was" : "were"} changed by hand. Remove it if nobody needs it.\n`,
  );
}

function printReport(folder: string, files: readonly OutputFile[], milliseconds: number): void {
  const style = styleFor(process.stdout);
  const rows = files.map(
    ({ path, text }) => [visible(`${folder}/${path}`), size(Buffer.byteLength(text)), size(gzipSync(text).length)] as const,
  );
  const width = (column: 0 | 1 | 2) => Math.max(...rows.map((row) => row[column].length));
  for (const [path, raw, zipped] of rows) {
    const sizes = `${raw.padStart(width(1))}  ${zipped.padStart(width(2))} gzipped`;
    process.stdout.write(`${path.padEnd(width(0))}  ${style.frame(sizes)}\n`);
  }
  process.stdout.write(`Built in ${(milliseconds / 1000).toFixed(2)} s.\n`);
}

function size(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}
