import { fileWords, memberWords } from "../declarations.js";
import { type Explainer, explanation } from "../explanation.js";
import { spanOf, without } from "../token.js";

const operator = /^(?:[-+*/%<>=!]=?|&&|\|\|)$/;

/** Explains an expression that ends in an operator: the word of the declaration below it was taken for its operand. */
export const explainUnfinished: Explainer = (failure) => {
  const { index, layout, masked } = failure;
  const [last, below] = [index - 2, index - 1];
  if (!isWord(failure.at(below).text) || !layout.beginsLine(below) || !operator.test(failure.at(last).text)) return null;
  let start = last;
  while (start > 0 && !(layout.beginsLine(start) && isWord(failure.at(start).text))) start -= 1;
  const values = { found: "end of line", expected: "a value" };
  return explanation("VED1001", spanOf(failure.at(last)), values, { repair: without(masked, failure.span(start, last)) });
};

function isWord(text: string): boolean {
  return fileWords.has(text) || memberWords.has(text);
}
