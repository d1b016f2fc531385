import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { replaced, spanOf, without } from "../token.js";
import { typeWords } from "./literal.js";

/** Explains unions whose strings have no quotes, `up | down`, and a `|` before the first of them. */
export const explainUnion: Explainer = (failure) => {
  const { token, index, block, itemStart } = failure;
  const isType = block === "state" || failure.at(itemStart).text === "type";
  if (!isType) return null;
  if (token.text === "|" && /^[:=]$/.test(failure.at(index - 1).text)) return leadingBar(failure);
  const first = firstMember(failure);
  return first === null ? null : withoutQuotes(failure, first);
};

function leadingBar({ token, masked }: Failure) {
  const span = spanOf(token);
  const fix = { message: "Leave out `|`.", span, replacement: "" };
  return explanation("VED1001", span, { found: "`|`", expected: "a type" }, { fix, repair: without(masked, span) });
}

/** Gives the first member of the union at whose `|`, or behind it, the grammar gave up. */
function firstMember(failure: Failure): number | null {
  let at = failure.token.text === "|" ? failure.index - 1 : failure.index;
  while (isMember(failure, at) && failure.at(at - 1).text === "|") at -= 2;
  return isMember(failure, at) && /^[:=]$/.test(failure.at(at - 1).text) && failure.at(at + 1).text === "|" ? at : null;
}

function withoutQuotes(failure: Failure, first: number) {
  let last = first;
  while (failure.at(last + 1).text === "|" && isMember(failure, last + 2)) last += 2;
  const members = failure.tokens.slice(first, last + 1).filter(({ text }) => text !== "|");
  if (last === first || members.every(({ kind }) => kind === "string")) return null;
  const ved = members.map(({ kind, text }) => (kind === "string" ? text : `"${text}"`)).join(" | ");
  const span = failure.span(first, last);
  const fix = { message: `Write \`${ved}\`.`, span, replacement: ved };
  const values = { found: failure.text(first, last), ved };
  return explanation("VED1009", span, values, { fix, repair: replaced(failure.masked, span, '""') });
}

function isMember(failure: Failure, index: number): boolean {
  const { kind, text } = failure.at(index);
  return kind === "string" || (kind === "word" && !typeWords.has(text));
}
