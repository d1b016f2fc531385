import type { Span } from "../diagnostics/diagnostic.js";

/** A name as written, with its source span. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** What every node has: its source span. */
export interface Node {
  readonly span: Span;
}
