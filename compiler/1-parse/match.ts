import type { FailedMatchResult } from "ohm-js";
import type { FileNode } from "./ast.js";
import { toAst } from "./to-ast.js";
import grammar from "./ved.ohm-bundle.js";

/** What came of matching a text against the grammar: its tree, or the furthest place that could be reached. */
export type Match =
  | { readonly kind: "tree"; readonly file: FileNode }
  | { readonly kind: "failure"; readonly position: number; readonly expected: readonly string[] };

/** Matches a whole file. */
export function match(text: string): Match {
  const result = grammar.match(text);
  return result.failed() ? failure(result) : { kind: "tree", file: toAst(result) };
}

function failure(result: FailedMatchResult): Match {
  // Ohm 17 has this method and its types lack it; getExpectedText() would have to be taken apart again.
  const { getRightmostFailures } = result as FailedMatchResult & { getRightmostFailures(): { getText(): string }[] };
  const expected = getRightmostFailures.call(result).map((one) => one.getText());
  return { kind: "failure", position: result.getRightmostFailurePosition(), expected };
}
