import type * as ast from "../1-parse/ast.js";
import type { Comments } from "../1-parse/comments.js";
import type { Findings, Span } from "../diagnostics/diagnostic.js";
import type { Effects } from "./effect.js";
import type { Correspondent } from "./messages.js";
import type { Duration, Remarks, TypeRef } from "./program.js";

/** What checking one domain needs to know wherever it stands. */
export interface Context {
  readonly domain: ast.DomainNode;
  /** The declared fields with their types; null where the type itself is wrong. */
  readonly types: ReadonlyMap<string, TypeRef | null>;
  /** Every domain that a message may go to, by name; null: it is imported, and not there. */
  readonly domains: ReadonlyMap<string, Correspondent | null>;
  /** What a handler was told or a message gives, with its type; null where the type itself is wrong. */
  readonly parameters: ReadonlyMap<string, TypeRef | null>;
  /** Whether a condition may be asked for how long it has held. */
  readonly allowsTime: boolean;
  /** What has to hold for some time, by the names of the fields that say so: filled on the way. */
  readonly durations: Map<string, Duration>;
  readonly effects: Effects;
  readonly comments: Comments;
  readonly findings: Findings;
}

/** The comments that belong to a node. */
export function remarksOf(comments: Comments, span: Span): Remarks {
  return { above: comments.above(span), behind: comments.behind(span) };
}
