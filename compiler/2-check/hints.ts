import { type Diagnostic, Findings } from "../diagnostics/diagnostic.js";
import type { Program } from "./program.js";
import { suggestUnions } from "./suggest-unions.js";

/** Gives what could be said better in a program with nothing wrong in it. */
export function hintsFor(program: Program): Diagnostic[] {
  const findings = new Findings(program.source);
  suggestUnions(program, findings);
  return findings.all();
}
