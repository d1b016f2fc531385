import type { Span } from "../diagnostics/diagnostic.js";

/** A name as written, with its place. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** What every node has: its place in the source. */
export interface Node {
  readonly span: Span;
}
