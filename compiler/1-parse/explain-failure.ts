import type { Fix } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { reservedWords } from "../language/name.js";
import { unreachable } from "../language/unreachable.js";
import { expectedText } from "./expected.js";
import { explainers } from "./explain/all.js";
import { type Explanation, explanation } from "./explanation.js";
import type { Failure } from "./failure.js";
import { type Patch, replaced, spanOf, type Token, without } from "./token.js";

const reserved: ReadonlySet<string> = new Set(reservedWords);

/** Explains one syntax error in the user's terms, as specifically as the place allows. */
export function explainFailure(failure: Failure): Explanation {
  for (const explain of explainers) {
    const known = explain(failure);
    if (known !== null) return known;
  }
  const { token, expected, masked } = failure;
  const isName = expected.includes("a name") && !expected.includes("a value") && !expected.includes("a statement");
  if (reserved.has(token.text) && isName) {
    return explanation("VED1007", spanOf(token), { name: token.text });
  }
  const fix = misspeltKeyword(token, expected);
  const repair = fix === null ? upToBrace(failure) : replaced(masked, spanOf(token), fix.replacement);
  return explanation("VED1001", spanOf(token), { found: describe(token), expected: expectedText(expected) }, { fix, repair });
}

/** Leaves out what stands before a `{` that is expected, where it is on the same line: `domain A extends B {`. */
function upToBrace({ tokens, index, expected, masked, layout }: Failure): Patch | null {
  if (!expected.includes("{")) return null;
  let open = index;
  while (/^(?:word|number|string)$/.test(tokens[open]?.kind ?? "") || /^[.,:<>]$/.test(tokens[open]?.text ?? "")) open += 1;
  const [first, last] = [tokens[index], tokens[open - 1]];
  const isOnLine = tokens.slice(index + 1, open + 1).every((_, at) => !layout.beginsLine(index + 1 + at));
  if (tokens[open]?.text !== "{" || first === undefined || last === undefined || !isOnLine) return null;
  return without(masked, { start: first.start, end: last.end });
}

/** Puts a token into words, behind "Unexpected": `` `foo` ``, `end of the file`. */
function describe(token: Token): string {
  switch (token.kind) {
    case "end":
      return "end of the file";
    case "string":
      return "string";
    case "number":
      return `number \`${token.text}\``;
    case "word":
    case "symbol":
    case "comment":
      return `\`${token.text}\``;
    default:
      return unreachable(token.kind);
  }
}

function misspeltKeyword(token: Token, expected: readonly string[]): Fix | null {
  if (token.kind !== "word") return null;
  const keywords = expected.flatMap((text) => (/^`[a-z]+`$/.test(text) ? [text.slice(1, -1)] : []));
  return suggest(token.text, keywords, spanOf(token));
}
