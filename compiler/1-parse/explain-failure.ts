import type { Fix } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { reservedWords } from "../language/name.js";
import { unreachable } from "../language/unreachable.js";
import { expectedText } from "./expected.js";
import { explainers } from "./explain/all.js";
import { type Explanation, explanation } from "./explanation.js";
import type { Failure } from "./failure.js";
import { replaced, spanOf, type Token } from "./token.js";

const reserved: ReadonlySet<string> = new Set(reservedWords);

/** Explains one syntax error in the user's terms, as specifically as the place allows. */
export function explainFailure(failure: Failure): Explanation {
  for (const explain of explainers) {
    const known = explain(failure);
    if (known !== null) return known;
  }
  const { token, expected, masked } = failure;
  if (reserved.has(token.text) && expected.includes("a name") && !expected.includes("a value")) {
    return explanation("VED1007", spanOf(token), { name: token.text });
  }
  const fix = misspeltKeyword(token, expected);
  const repair = fix === null ? null : replaced(masked, spanOf(token), fix.replacement);
  return explanation("VED1001", spanOf(token), { found: describe(token), expected: expectedText(expected) }, { fix, repair });
}

/** Puts a token into words: `` `foo` ``, `the end of the file`. */
function describe(token: Token): string {
  switch (token.kind) {
    case "end":
      return "the end of the file";
    case "string":
      return "a string";
    case "number":
      return `the number \`${token.text}\``;
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
