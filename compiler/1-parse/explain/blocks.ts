import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { withoutIndented } from "../indented.js";
import { spanOf, without } from "../token.js";

/** What other languages begin a block with. */
const openings: ReadonlySet<string> = new Set(["then", "do", "begin", ":", "=>", "->", "="]);

/** Words whose block may be opened by a `:` right behind them. */
const heads: ReadonlySet<string> = new Set(["domain", "state", "transition", "step", "system", "strategy"]);

/** Explains declarations that go on with a sign where their block belongs: `domain Routing:`, `goal Up = up`. */
export const explainHead: Explainer = (failure) => {
  const { token, index, block } = failure;
  if (!/^(?:[:=]|:=|=>|->|==)$/.test(token.text) || (block !== "domain" && block !== "file")) return null;
  const word = failure.at(index - 1);
  const isNamed = named.has(failure.at(index - 2).text) && word.kind === "word";
  // `goal:` alone takes the word of the next line for a condition.
  const isClause = word.text === "predicate" && failure.at(index - 2).text === ":";
  if (!isNamed && !isClause && !heads.has(word.text)) return null;
  const last = openingEnd(failure);
  if (failure.at(last + 1).text === "{") return needlessOpening(failure, last);
  const isGoal = failure.at(index - 2).text === "goal";
  const notes = [isGoal ? `Write \`goal ${word.text} { predicate … }\`.` : braces];
  return explanation("VED1039", spanOf(token), { found: `\`${token.text}\`` }, { notes, repair: withoutIndented(failure) });
};

/** Words that a name and a block follow. */
const named: ReadonlySet<string> = new Set(["domain", "goal", "transition", "system", "invariant", "step"]);

const braces = "Write `{` here, and `}` where the block ends.";

/** Explains blocks that are opened with `:`, `then`, `do` or nothing at all, as by indentation. */
export const explainBlock: Explainer = (failure) => {
  const { token, index, expected, block } = failure;
  if (!expected.includes("{")) return null;
  const span = spanOf(token);
  const last = openingEnd(failure);
  const isOpened = last > index || openings.has(token.text) || (token.text === ";" && openings.has(failure.at(index + 1).text));
  // `state Service {`
  const isNamed = token.kind === "word" && /^(?:state|strategy)$/.test(failure.at(index - 1).text);
  if ((isOpened || isNamed) && failure.at(last + 1).text === "{") return needlessOpening(failure, last);
  const isStatement = block === "body" && token.kind === "word";
  const isEnd = block === "body" && token.text === "}";
  const isBare = token.kind === "word" && /^(?:state|step|strategy|else)$/.test(failure.at(index - 1).text);
  if (!isOpened && !isStatement && !isEnd && !isBare) return null;
  const found = isStatement && !isOpened ? "a statement" : `\`${token.text}\``;
  // What stands behind a condition on its line can be read without it.
  const isOnLine = isStatement && !isOpened && !failure.layout.beginsLine(index);
  const header = failure.span(failure.itemStart, index - 1);
  const repair = isOnLine ? without(failure.masked, header) : withoutIndented(failure);
  return explanation("VED1039", span, { found }, { notes: [braces], repair });
};

/** Gives the last token of what stands before a `{` like the head of a function: `() =>`, `: async () =>`, `= function ()`. */
function openingEnd(failure: Failure): number {
  const { index, token } = failure;
  let at = /^(?:[:=]|:=)$/.test(token.text) ? index + 1 : index;
  while (/^(?:async|function|fn|lambda)$/.test(failure.at(at).text)) at += 1;
  if (failure.at(at).text !== "(" || failure.at(at + 1).text !== ")") return index;
  const close = at + 1;
  return /^[=-]>$/.test(failure.at(close + 1).text) ? close + 1 : close;
}

/** Explains what stands before a `{` up to a token, where nothing is to stand. */
function needlessOpening(failure: Failure, last: number) {
  const { index, masked } = failure;
  const span = failure.span(index, last);
  const found = `\`${failure.text(index, last)}\``;
  const fix = { message: `Leave out ${found}.`, span: { ...span, start: failure.at(index - 1).end }, replacement: "" };
  return explanation("VED1039", span, { found }, { fix, repair: without(masked, span) });
}

/** Explains a guard in the head of a transition: `transition T when x == 0 { … }`. */
export const explainGuard: Explainer = (failure) => {
  const { token, index, tokens, block } = failure;
  const isHead = failure.at(failure.itemStart).text === "transition" && (block === "domain" || block === "file");
  const open = tokens.findIndex(({ text }, at) => at > index && text === "{");
  if (!isHead || open < 0 || !/^(?:when|if|where|requires|guard|on)$/.test(token.text)) return null;
  const values = {
    what: "A condition",
    where: "before the block of a transition",
    way: "it stands in a step: `step { if … { … } }`",
  };
  return explanation("VED1040", spanOf(token), values, { repair: without(failure.masked, failure.span(index, open - 1)) });
};

/** Words that a value or a block follows at once. */
const clauses: ReadonlySet<string> = new Set(["predicate", "target", "priority", "cooldown", "within"]);

/** Explains a sign between a clause's word and its value, or a declaration's and its name: `predicate = up`, `domain: A {`. */
export const explainNeedlessSign: Explainer = (failure) => {
  const { token, index } = failure;
  const word = failure.at(index - 1).text;
  const value = ["a value", "a duration"].find((each) => failure.expected.includes(each));
  const isClause = /^(?:=|=>|->|:=|:)$/.test(token.text) && clauses.has(word) && value !== undefined;
  const isName = /^(?:=|:)$/.test(token.text) && /^(?:domain|system|transition|invariant)$/.test(word) && isBeforeName(failure);
  if (!isClause && !isName) return null;
  const span = spanOf(token);
  const fix = { message: `Leave out \`${token.text}\`.`, span, replacement: "" };
  const values = { found: `\`${token.text}\``, expected: value ?? "a name" };
  return explanation("VED1001", span, values, { fix, repair: without(failure.masked, span) });
};

/** Says whether a name and a block follow on the same line. */
function isBeforeName(failure: Failure): boolean {
  const { index, layout } = failure;
  return failure.at(index + 1).kind === "word" && !layout.beginsLine(index + 1) && failure.at(index + 2).text === "{";
}
