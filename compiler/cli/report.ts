import process from "node:process";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.js";
import { renderJson } from "../diagnostics/json.js";
import { renderPretty } from "../diagnostics/pretty.js";
import { styleFor } from "./terminal.js";

/** For whom findings are shown: people, or machines. */
export type Format = "pretty" | "json";

/** Shows what was found: for people on standard error, for machines on standard output. */
export function report(diagnostics: readonly Diagnostic[], format: Format): void {
  if (format === "json") {
    process.stdout.write(renderJson(diagnostics));
    return;
  }
  const style = styleFor(process.stderr);
  for (const diagnostic of diagnostics) process.stderr.write(`${renderPretty(diagnostic, style)}\n`);
  if (!hasErrors(diagnostics)) return;
  const codes = new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code));
  const [first] = codes;
  process.stderr.write(`${summary(diagnostics)}. \`vedc explain ${first}\` says more about the first.\n`);
}

/** Counts errors and warnings in words: `2 errors and 1 warning`; hints are counted as well. */
export function summary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.filter(({ severity }) => severity === "warning").length;
  const hints = diagnostics.length - errors - warnings;
  const parts = [
    errors > 0 ? count(errors, "error") : "",
    warnings > 0 ? count(warnings, "warning") : "",
    hints > 0 ? count(hints, "hint") : "",
  ].filter((part) => part !== "");
  const last = parts.pop() ?? "no problems";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}

/** Counts in words: `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
