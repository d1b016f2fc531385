import process from "node:process";
import { hasErrors } from "../diagnostics/diagnostic.js";
import { compileAll, hints } from "../index.js";
import { exitCode } from "./exit.js";
import { count, type Format, report, summary } from "./report.js";
import { readSources } from "./sources.js";

/** Runs `vedc check`: reports what is wrong with sources, and writes nothing. Gives the exit code. */
export async function check(paths: readonly string[], { format }: { readonly format: Format }): Promise<number> {
  const sources = await readSources(paths);
  const checked = compileAll(sources.map(({ source }) => source));
  const diagnostics = checked.flatMap(({ program, diagnostics: found }, index) => {
    return [...(sources[index]?.diagnostics ?? []), ...found, ...(program === null ? [] : hints(program))];
  });
  report(diagnostics, format);
  if (hasErrors(diagnostics)) return exitCode.findings;
  if (format === "pretty") process.stdout.write(`${count(sources.length, "file")} checked: ${summary(diagnostics)}.\n`);
  return exitCode.ok;
}
