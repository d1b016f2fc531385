import type { FailedMatchResult, MatchResult } from "ohm-js";
import type { Span } from "../diagnostics/diagnostic.js";
import type { FileNode } from "./ast.js";
import { tokenCodes } from "./generated/token-codes.js";
import grammar from "./generated/ved.ohm-bundle.js";
import { toAst } from "./to-ast.js";
import { TokenText } from "./token-text.js";

/** What came of matching a text against the grammar: its tree, or the furthest place that could be reached. */
export type Match =
  | { readonly kind: "tree"; readonly file: FileNode }
  | { readonly kind: "failure"; readonly position: number; readonly expected: readonly string[] };

/** What the parser's own characters are in a source. */
const literals = new Map([...tokenCodes].map(([literal, code]) => [code, literal]));

/** Matches a file, or a part of it that could be one. */
export function match(text: string, part: Span = { start: 0, end: text.length }): Match {
  const tokens = new TokenText(text, part.start, part.end);
  const result = grammar.match(tokens.codes);
  return result.failed() ? failure(result, tokens) : { kind: "tree", file: toAst(placed(result, tokens)) };
}

/** Puts the text that was read in the place of the characters that were matched: nodes give spans and texts of the source. */
function placed(result: MatchResult, tokens: TokenText): MatchResult {
  // Ohm asks what was matched for its length, and for slices of it.
  return Object.assign(result, { input: tokens });
}

function failure(result: FailedMatchResult, tokens: TokenText): Match {
  // Ohm 17 has this method and its types lack it; getExpectedText() would have to be taken apart again.
  const { getRightmostFailures } = result as FailedMatchResult & { getRightmostFailures(): { getText(): string }[] };
  const expected = getRightmostFailures.call(result).map((one) => literals.get(one.getText()) ?? one.getText());
  return { kind: "failure", position: tokens.offsetOf(result.getRightmostFailurePosition()), expected };
}
