import { Findings, type Span } from "../diagnostics/diagnostic.js";
import { areMatched } from "./brackets.js";
import { type Explainer, explanation } from "./explanation.js";
import { type Scanned, scan, type Token } from "./scan.js";
import { codeIn } from "./split.js";
import { patched } from "./token.js";

// `//` divides in other languages. In Ved it begins a comment, which takes the brace at the end of the line along.

/** Cuts a source into tokens, as `scan` does. Where brackets match only without some comments, those are told to be divisions. */
export function scanDivided(findings: Findings): Scanned {
  const { source } = findings;
  const own = new Findings(source);
  const scanned = scan(source.text, own);
  const divisions = divisionsIn(source.text, scanned.tokens);
  const mended = divisions.length === 0 || areMatched(codeIn(scanned.tokens)) ? null : withDivisions(findings, divisions);
  if (mended !== null) return mended;
  findings.add(own.all());
  return scanned;
}

/** Reads `//` as `/`, and reports it; null: brackets do not match even so. */
function withDivisions(findings: Findings, divisions: readonly Span[]): Scanned | null {
  const { source } = findings;
  const own = new Findings(source);
  const text = patched(
    source.text,
    divisions.map((span) => ({ span, text: "/ " })),
  );
  const scanned = scan(text, own);
  if (!areMatched(codeIn(scanned.tokens))) return null;
  for (const span of divisions) {
    findings.report("VED1009", span, { found: "//", ved: "/" }, extrasAt(span));
  }
  findings.add(own.all());
  return scanned;
}

/** Explains a condition that ends with `//`, where the comment has the whole block with both of its braces. */
export const explainDivision: Explainer = (failure) => {
  const { index, expected, source, token } = failure;
  if (!expected.includes("{")) return null;
  const { end } = failure.at(index - 1);
  const [line = ""] = source.slice(end, token.start).split("\n", 1);
  const comment = line.trimStart();
  if (!divisor.test(comment)) return null;
  const start = end + line.length - comment.length;
  const span = { start, end: start + 2 };
  return explanation("VED1009", span, { found: "//", ved: "/" }, { ...extrasAt(span), repair: { span, text: "/ " } });
};

function extrasAt(span: Span) {
  const notes = ["`//` begins a comment, to which all that follows on the line belongs."];
  return { fix: { message: "Write `/`.", span, replacement: "/" }, notes };
}

/** What a division goes on with: a value, and what may stand behind it. */
const divisor =
  /^\/\/(?:=[ \t]*\S|[ \t]*(?:[A-Za-z_][\w.]*|[0-9][0-9_]*|\([^()]*\))[ \t]*(?:[-+*/%<>)]|[{}][ \t]*\r?$|[=!]=|&&|\|\|))/;

/** Gives each `//` that stands behind a value, and before another one. */
function divisionsIn(text: string, tokens: readonly Token[]): Span[] {
  return tokens.flatMap(({ kind, text: comment, start }, index) => {
    const before = tokens[index - 1];
    if (kind !== "comment" || before === undefined || !divisor.test(comment)) return [];
    const isValue = before.kind === "word" || before.kind === "number" || before.text === ")";
    return isValue && !text.slice(before.end, start).includes("\n") ? [{ start, end: start + 2 }] : [];
  });
}
