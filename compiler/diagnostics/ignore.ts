import { type Code, catalogue } from "./catalogue.js";
import { type Diagnostic, Findings, type Source, type Span } from "./diagnostic.js";
import { Lines } from "./position.js";

/** What a source says of findings that are known and meant: `// vedc-ignore VED4004: the dashboard reads it`. */
export interface Ignore {
  readonly code: Code;
  readonly reason: string;
  /** Where the comment is. */
  readonly span: Span;
  /** Whether the comment speaks of this code alone. */
  readonly isAlone: boolean;
  /** The line whose findings it silences, from 1; null: nothing follows the comment. */
  readonly line: number | null;
}

/** A finding that its source silences, and why. */
export interface Silenced {
  readonly diagnostic: Diagnostic;
  readonly reason: string;
}

/** Who gives a finding: the check, the hints that come after it, or the verifier. */
export type Stage = "check" | "hints" | "verify";

/** Says which stage gives the findings of a code. */
export function stageOf(code: Code): Stage {
  if (code.startsWith("VED5")) return "verify";
  return code.startsWith("VED41") ? "hints" : "check";
}

/** Says whether findings of a code may be silenced: no errors, which leave no program, and nothing about silencing itself. */
export function isSilenceable(code: Code): boolean {
  return catalogue[code].severity !== "error" && !code.startsWith("VED42");
}

/** What becomes of findings, and the comments that silence something. */
interface Silencing {
  readonly shown: readonly Diagnostic[];
  readonly silenced: readonly Silenced[];
  readonly used: ReadonlySet<Ignore>;
}

/** Tells the findings of one source that it silences from those that are shown, and the comments that silence something. */
export function silence(source: Source, found: readonly Diagnostic[], ignores: readonly Ignore[]): Silencing {
  if (ignores.length === 0) return { shown: found, silenced: [], used: new Set<Ignore>() };
  const lines = new Lines(source.text);
  const [shown, silenced, used]: [Diagnostic[], Silenced[], Set<Ignore>] = [[], [], new Set()];
  // Of two comments that silence the same, the first does it.
  const known = new Map(ignores.toReversed().map((ignore) => [`${ignore.code} ${ignore.line}`, ignore]));
  for (const diagnostic of found) {
    const { line } = lines.at(diagnostic.span.start);
    const ignore = known.get(`${diagnostic.code} ${line}`);
    if (ignore === undefined) shown.push(diagnostic);
    else silenced.push({ diagnostic, reason: ignore.reason });
    if (ignore !== undefined) used.add(ignore);
  }
  return { shown, silenced, used };
}

/** Reports comments that silence nothing. */
export function unusedIgnores(source: Source, unused: readonly Ignore[]): Diagnostic[] {
  const findings = new Findings(source);
  for (const { code, span, isAlone } of unused) {
    const fix = isAlone ? { message: "Remove the comment.", span, replacement: "" } : null;
    findings.report("VED4201", span, { code }, { fix });
  }
  return findings.all();
}
