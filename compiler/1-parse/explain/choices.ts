import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { spanOf } from "../token.js";

/** Explains `a ? b : c`, and `b if a else c`. */
export const explainTernary: Explainer = (failure) => {
  const { token, index, expected } = failure;
  if (token.text === "if" && expected.includes("a value")) return explanation("VED1030", spanOf(token), {});
  if (token.text === "else" && expected.includes("an operator")) return pythonTernary(failure);
  if (token.text !== "?" || !expected.includes("an operator")) return null;
  const colon = colonOf(failure, index);
  const assigned = failure.at(failure.itemStart + 1).text === "=" && failure.block === "body";
  if (!assigned || colon === null) return explanation("VED1030", spanOf(token), {}, { notes: [inPredicate] });
  const [name, start, end] = [failure.at(failure.itemStart).text, failure.itemStart, failure.itemEnd - 1];
  const condition = unwrapped(failure.text(start + 2, index - 1));
  const [first, second] = [failure.text(index + 1, colon - 1), failure.text(colon + 1, end)];
  return explanation("VED1030", spanOf(token), {}, { fix: choice(failure, { name, condition, first, second, start, end }) });
};

const inPredicate = "In a predicate the same is `(a && b) || (!a && c)`.";

function pythonTernary(failure: Failure) {
  const { index } = failure;
  const condition = failure.at(failure.itemStart).text === "if" ? failure.itemStart : -1;
  if (condition < 0 || failure.item().some(({ text }) => text === "{")) return null;
  const span = spanOf(failure.at(condition));
  const said = failure.text(condition + 1, index - 1);
  const sign = assignmentBefore(failure, condition);
  if (sign === null) return explanation("VED1030", span, {}, { notes: [`Write \`if ${said} { … } else { … }\`.`] });
  const [name, start, end] = [failure.at(sign - 1).text, sign - 1, failure.itemEnd - 1];
  const [first, second] = [failure.text(sign + 1, condition - 1), failure.text(index + 1, end)];
  return explanation("VED1030", span, {}, { fix: choice(failure, { name, condition: said, first, second, start, end }) });
}

/** Gives the `=` of the assignment that ends before a token on the same line; null: there is none, or not to a mere name. */
function assignmentBefore(failure: Failure, index: number): number | null {
  let at = index;
  while (at > failure.open + 1 && !failure.layout.beginsLine(at) && !/^[=;{}]$/.test(failure.at(at).text)) at -= 1;
  const isName = failure.at(at).text === "=" && failure.at(at - 1).kind === "word" && failure.at(at - 2).text !== ".";
  return isName ? at : null;
}

interface Choice {
  readonly name: string;
  readonly condition: string;
  readonly first: string;
  readonly second: string;
  readonly start: number;
  readonly end: number;
}

function choice(failure: Failure, { name, condition, first, second, start, end }: Choice) {
  const replacement = `if ${condition} { ${name} = ${first} } else { ${name} = ${second} }`;
  return { message: `Write \`${replacement}\`.`, span: failure.span(start, end), replacement };
}

function unwrapped(text: string): string {
  return /^\([^()]*\)$/.test(text) ? text.slice(1, -1) : text;
}

/** Gives where the second half of a ternary begins; null where there are several in one. */
function colonOf(failure: Failure, question: number): number | null {
  const rest = failure.tokens.slice(question + 1, failure.itemEnd);
  if (rest.some(({ text }) => text === "?")) return null;
  const at = rest.findIndex(({ text }) => text === ":");
  return at < 1 || at === rest.length - 1 ? null : question + 1 + at;
}
