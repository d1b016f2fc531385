import type * as ast from "../1-parse/ast.js";
import type { Comments } from "../1-parse/comments.js";
import type { Findings, Span } from "../diagnostics/diagnostic.js";
import type { EffectUses } from "./effect.js";
import type { Remarks, Type } from "./program.js";

/** What checking one domain needs to know wherever it stands. */
export interface Context {
  readonly domain: ast.DomainNode;
  /** The declared fields with their types; null where the type itself is wrong or of a later level. */
  readonly types: ReadonlyMap<string, Type | null>;
  readonly effects: EffectUses;
  readonly comments: Comments;
  readonly findings: Findings;
}

/** The comments that belong to a node. */
export function remarksOf(comments: Comments, span: Span): Remarks {
  return { above: comments.above(span), behind: comments.behind(span) };
}
