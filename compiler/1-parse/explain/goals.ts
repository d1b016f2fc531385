import { type Explainer, explanation } from "../explanation.js";
import { replaced, spanOf, without } from "../token.js";

/** What other languages begin a goal's condition with. */
const conditionWords: ReadonlySet<string> = new Set(
  "when if where means is requires ensures ensure holds eventually always finally until assert expect condition check".split(" "),
);

/** Explains a goal whose condition stands behind its name: `goal Up when up`. */
export const explainGoalCondition: Explainer = (failure) => {
  const { token, index, itemStart, itemEnd, masked } = failure;
  const [word, name] = [failure.at(index - 2), failure.at(index - 1)];
  if (word.text !== "goal" || index !== itemStart + 2 || !conditionWords.has(token.text)) return null;
  if (failure.layout.beginsLine(index) || itemEnd <= index + 1) return null;
  // `goal Up when up {`
  if (failure.item().some(({ text }) => text === "{")) return null;
  const ved = `{ predicate ${failure.text(index + 1, itemEnd - 1)} }`;
  const fix = { message: `Write \`${ved}\`.`, span: failure.span(index, itemEnd - 1), replacement: ved };
  // Without its name it is a goal that can be read.
  const repair = without(masked, failure.span(index - 1, index));
  const values = { found: token.text, ved: `goal ${name.text} { predicate … }` };
  return explanation("VED1009", spanOf(token), values, { fix, repair });
};

/** Explains another word than `predicate` in a goal: `goal Up { eventually up }`. */
export const explainPredicateWord: Explainer = (failure) => {
  const { block, token, index, itemStart, masked } = failure;
  if (block !== "goal" || index !== itemStart || !conditionWords.has(token.text)) return null;
  if (!/^[\w(!:-]/.test(failure.at(index + 1).text)) return null;
  const span = spanOf(token);
  const fix = { message: "Write `predicate`.", span, replacement: "predicate" };
  const repair = replaced(masked, span, "predicate") ?? replaced(masked, span, "target");
  return explanation("VED1009", span, { found: token.text, ved: "predicate" }, { fix, repair });
};

/** Explains an invariant without a name, or without its braces: `invariant n < 3`. */
export const explainInvariant: Explainer = (failure) => {
  const { index, itemStart, itemEnd, token, layout } = failure;
  if (failure.at(itemStart).text !== "invariant" || failure.item().some(({ text }) => text === "{")) return null;
  const isNameless = index === itemStart + 1 && /^[:!(-]$/.test(token.text);
  const isBare = index === itemStart + 2 && /^(?:[=!<>]=|[<>%*/+.(-]|&&|\|\|)$/.test(token.text) && !layout.beginsLine(index);
  const first = token.text === ":" ? index + 1 : itemStart + 1;
  if ((!isNameless && !isBare) || itemEnd <= first) return null;
  const condition = failure.text(first, itemEnd - 1);
  const values = { found: `\`${failure.at(first).text}\``, expected: `a name and a block: \`invariant Name { ${condition} }\`` };
  return explanation("VED1001", failure.span(first, itemEnd - 1), values);
};
