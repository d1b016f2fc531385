import type { Code, PlaceholderOf } from "../diagnostics/catalogue.js";
import type { Extras, Findings, Span } from "../diagnostics/diagnostic.js";
import type { Failure } from "./failure.js";
import type { Patch } from "./token.js";

/** What a syntax error is about, in the user's terms. */
export interface Explanation {
  readonly code: Code;
  readonly span: Span;
  readonly report: (findings: Findings) => void;
  /**
   * What is put in the place of what cannot be read, so that the rest is read; null: the field, statement, clause or declaration
   * is left out.
   */
  readonly repair: Patch | null;
}

/** Knows one mistake: gives what it is about, or null where the failure is another one. */
export type Explainer = (failure: Failure) => Explanation | null;

/** Makes an explanation of a finding. */
export function explanation<C extends Code>(
  code: C,
  span: Span,
  values: Record<PlaceholderOf<C>, string>,
  { repair = null, ...extras }: Extras & { readonly repair?: Patch | null } = {},
): Explanation {
  return { code, span, repair, report: (findings) => findings.report(code, span, values, extras) };
}
