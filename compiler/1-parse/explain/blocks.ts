import { type Explainer, explanation } from "../explanation.js";
import { withoutIndented } from "../indented.js";
import { spanOf, without } from "../token.js";

/** What other languages begin a block with. */
const openings: ReadonlySet<string> = new Set(["then", "do", "begin", ":", "=>", "->", "="]);

/** Words whose block may be opened by a `:` right behind them. */
const heads: ReadonlySet<string> = new Set(["domain", "state", "transition", "step", "system", "strategy"]);

/** Explains blocks that are opened with `:`, `then`, `do` or nothing at all, as by indentation. */
export const explainBlock: Explainer = (failure) => {
  const { token, index, expected, block } = failure;
  const isHead = token.text === ":" && heads.has(failure.at(index - 1).text) && block !== "state" && block !== "body";
  if (!isHead && !expected.includes("{")) return null;
  const span = spanOf(token);
  const isOpened = openings.has(token.text) || (token.text === ";" && openings.has(failure.at(index + 1).text));
  if (isOpened && failure.at(index + 1).text === "{") {
    const fix = { message: `Leave out \`${token.text}\`.`, span, replacement: "" };
    return explanation("VED1039", span, { found: `\`${token.text}\`` }, { fix, repair: without(failure.masked, span) });
  }
  const isStatement = block === "body" && token.kind === "word";
  if (!isOpened && !isStatement) return null;
  const found = isOpened ? `\`${token.text}\`` : "a statement";
  // What stands behind a condition on its line can be read without it.
  const isOnLine = isStatement && !isOpened && !failure.layout.beginsLine(index);
  const header = failure.span(failure.itemStart, index - 1);
  const repair = isOnLine ? without(failure.masked, header) : withoutIndented(failure);
  return explanation("VED1039", span, { found }, { notes: ["Write `{` here, and `}` where the block ends."], repair });
};

/** Words that a value or a block follows at once. */
const clauses: ReadonlySet<string> = new Set(["predicate", "target", "priority", "cooldown", "within"]);

/** Explains a sign between a clause's word and its value: `predicate = up`. */
export const explainNeedlessSign: Explainer = (failure) => {
  const { token, index } = failure;
  if (!/^(?:=|=>|->|:=)$/.test(token.text) || !clauses.has(failure.at(index - 1).text)) return null;
  const span = spanOf(token);
  const fix = { message: `Leave out \`${token.text}\`.`, span, replacement: "" };
  const values = { found: `\`${token.text}\``, expected: "a value" };
  return explanation("VED1001", span, values, { fix, repair: without(failure.masked, span) });
};
