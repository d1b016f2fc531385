import { type Code, catalogue, type PlaceholderOf } from "./catalogue.js";

/** A stretch of a source text: offsets in UTF-16 code units, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One source file: its path as the user wrote it, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** It is no text, or none in UTF-8, which is reported: nothing more can be said about it. */
  readonly isUnreadable?: true;
}

/** How grave a finding is: an error stops the build, a hint is what could be said better. */
export type Severity = "error" | "warning" | "hint";

/** A second span that explains the first. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** A change to the source that would mend the problem; a machine can apply it. */
export interface Fix {
  readonly message: string;
  readonly span: Span;
  readonly replacement: string;
}

/** One finding about a source file, as data; the renderers turn it into text. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly source: Source;
  readonly span: Span;
  readonly related: readonly Related[];
  readonly notes: readonly string[];
  readonly fix: Fix | null;
}

/** A finding that is kept for later versions of its source, and does not keep the one that it was found in. */
export type Kept = Omit<Diagnostic, "source">;

/** Gives findings as they are kept for later versions of their source. */
export function kept(found: readonly Diagnostic[]): readonly Kept[] {
  return found.map(({ source, ...rest }) => rest);
}

/** What a diagnostic may carry beside its message. */
export interface Extras {
  readonly related?: readonly Related[];
  readonly notes?: readonly string[];
  readonly fix?: Fix | null;
}

/** The findings of one stage over one source file. */
export class Findings {
  readonly #found: Diagnostic[] = [];

  constructor(readonly source: Source) {}

  /** Adds a finding; `values` fill the placeholders of the catalogue's message. */
  report<C extends Code>(code: C, span: Span, values: Record<PlaceholderOf<C>, string>, extras: Extras = {}): void {
    const { severity, message } = catalogue[code];
    this.#found.push({
      code,
      severity,
      message: fill(message, values),
      source: this.source,
      span,
      related: extras.related ?? [],
      notes: extras.notes ?? [],
      fix: extras.fix ?? null,
    });
  }

  /** Adds what was found in an earlier version of the source. */
  add(found: readonly Kept[]): void {
    for (const diagnostic of found) this.#found.push({ ...diagnostic, source: this.source });
  }

  /** Gives what was found, in the order of the source. */
  all(): Diagnostic[] {
    return [...this.#found].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([a-z]+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Says whether any of them stops the build. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
