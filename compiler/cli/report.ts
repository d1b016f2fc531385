import process from "node:process";
import { conjoined } from "../2-check/words.js";
import { packageVersion } from "../4-bundle/package-root.js";
import { renderCompact } from "../diagnostics/compact.js";
import { type Diagnostic, hasErrors, type Severity } from "../diagnostics/diagnostic.js";
import { renderGithub } from "../diagnostics/github.js";
import type { Silenced } from "../diagnostics/ignore.js";
import { renderJson } from "../diagnostics/json.js";
import { renderPretty } from "../diagnostics/pretty.js";
import { renderSarif } from "../diagnostics/sarif.js";
import { unreachable } from "../language/unreachable.js";
import { type Format, severities } from "./choices.js";
import { styleFor } from "./terminal.js";

export type { Format } from "./choices.js";

/** How a report is made. */
export interface ReportOptions {
  /** Nothing is said but the findings. */
  readonly quiet?: boolean;
  /** What the sources silence: SARIF has a place for it. */
  readonly silenced?: readonly Silenced[];
}

/** More findings than this are counted, and not shown in full to people. */
const maxShown = 50;

/** Shows what was found: for people on standard error, for machines on standard output. */
export function report(found: readonly Diagnostic[], format: Format, { quiet = false, silenced = [] }: ReportOptions = {}): void {
  switch (format) {
    case "pretty":
      return reportToPeople(found, quiet);
    case "compact":
      return write(found.map(renderCompact).join(""));
    case "json":
      return write(renderJson(found));
    case "github":
      return write(found.map(renderGithub).join(""));
    case "sarif":
      return write(renderSarif(found, silenced, packageVersion()));
    default:
      return unreachable(format);
  }
}

function write(text: string): void {
  process.stdout.write(text);
}

function reportToPeople(found: readonly Diagnostic[], quiet: boolean): void {
  const style = styleFor(process.stderr);
  const shown = mostGrave(found, maxShown);
  for (const diagnostic of shown) process.stderr.write(`${renderPretty(diagnostic, style)}\n`);
  if (shown.length < found.length) process.stderr.write(`${countRest(found, shown)}\n`);
  if (quiet || !hasErrors(found)) return;
  const codes = new Set(found.filter(({ severity }) => severity === "error").map(({ code }) => code));
  const [first] = codes;
  process.stderr.write(`${summary(found)}. \`vedc explain ${first}\` says more about the first.\n`);
}

/** Leaves out what is less grave than a severity. */
export function atLeast(least: Severity, found: readonly Diagnostic[]): Diagnostic[] {
  return found.filter(({ severity }) => severities.indexOf(severity) <= severities.indexOf(least));
}

/** Gives so many findings, errors before warnings before hints, in the order in which they were found. */
function mostGrave(diagnostics: readonly Diagnostic[], most: number): readonly Diagnostic[] {
  if (diagnostics.length <= most) return diagnostics;
  const graded = (["error", "warning", "hint"] as const).flatMap((grade) =>
    diagnostics.filter(({ severity }) => severity === grade),
  );
  const kept = new Set(graded.slice(0, most));
  return diagnostics.filter((diagnostic) => kept.has(diagnostic));
}

/** Counts what is not shown in full, by its code: `… and 12 more: 9 of VED1001 and 3 of VED2001.` */
function countRest(diagnostics: readonly Diagnostic[], shown: readonly Diagnostic[]): string {
  const isShown = new Set(shown);
  const counts = new Map<string, number>();
  for (const diagnostic of diagnostics) {
    if (!isShown.has(diagnostic)) counts.set(diagnostic.code, (counts.get(diagnostic.code) ?? 0) + 1);
  }
  const parts = [...counts].map(([code, number]) => `${number} of ${code}`);
  return `… and ${diagnostics.length - shown.length} more: ${conjoined(parts)}.\n`;
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
