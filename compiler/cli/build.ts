import { resolve } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { gzipSync } from "node:zlib";
import type { OutputFile } from "../4-bundle/bundle.js";
import { hasErrors } from "../diagnostics/diagnostic.js";
import { visible } from "../diagnostics/visible.js";
import { compileAll } from "../index.js";
import { at } from "../language/at.js";
import { exitCode } from "./exit.js";
import { defaultLimits } from "./limits.js";
import { packageFilesFor } from "./package-file.js";
import { type Format, report } from "./report.js";
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
}

/**
 * Runs `vedc build`: compiles sources into standalone modules. A build with errors leaves the output as it was. Gives the exit
 * code.
 */
export async function build(paths: readonly string[], options: BuildOptions): Promise<number> {
  const began = performance.now();
  const sources = await readSources(paths);
  const checked = compileAll(sources.map(({ source }) => source));
  const compiled = sources.map((read, index) => ({ ...read, ...at(checked, index), encoding: read.diagnostics }));
  const diagnostics = compiled.flatMap((file) => [...file.encoding, ...file.diagnostics]);
  // Verifying reports them as well, in one document.
  if (options.format === "pretty" || options.verify !== true || hasErrors(diagnostics)) report(diagnostics, options.format);
  if (hasErrors(diagnostics)) return exitCode.findings;
  const inputs = compiled.flatMap(({ program, path, name }) => (program === null ? [] : [{ program, path, name }]));
  if (options.verify === true) {
    const { verifyPrograms } = await import("./verify.js");
    const programs = inputs.map(({ program }) => program);
    const code = await verifyPrograms(programs, diagnostics, { ...defaultLimits, format: options.format });
    if (code !== exitCode.ok) return code;
  }
  const folder = resolve(options.out);
  // Loaded late: checking needs neither ts-morph nor Rollup.
  const [{ bundle }, { writeFiles }] = await Promise.all([import("../4-bundle/bundle.js"), import("../4-bundle/write.js")]);
  const modules = await bundle(inputs, { minify: options.minify === true, typescript: options.emit === "ts", folder });
  const files = [...(await packageFilesFor(folder, modules)), ...modules];
  await writeFiles(folder, files).catch((error: unknown) => fail("write", shorten(folder), error));
  if (options.format === "pretty") printReport(shorten(folder) || ".", files, performance.now() - began);
  return exitCode.ok;
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
