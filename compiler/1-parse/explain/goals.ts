import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
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
  if (failure.item().some(({ text }) => text === "{")) return conditionWithBlock(failure);
  const fix = { message: "Write `predicate`.", span, replacement: "predicate" };
  const repair = replaced(masked, span, "predicate") ?? replaced(masked, span, "target");
  return explanation("VED1009", span, { found: token.text, ved: "predicate" }, { fix, repair });
};

/** Explains `if up { true }` in a goal. What its block says can be left out only where it says nothing more than the condition. */
function conditionWithBlock(failure: Failure) {
  const { token, index, itemStart, itemEnd } = failure;
  const open = failure.item().findIndex(({ text }) => text === "{") + itemStart;
  const ved = `predicate ${failure.text(index + 1, open - 1)}`;
  const isPlain = /^\{\s*(?:return\s+)?true\s*;?\s*\}$/.test(failure.text(open, itemEnd - 1));
  const span = failure.span(index, itemEnd - 1);
  const fix = isPlain ? { message: `Write \`${ved}\`.`, span, replacement: ved } : null;
  return explanation("VED1009", spanOf(token), { found: token.text, ved: "predicate" }, { fix });
}

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

/** Explains `predicate up within 5m`: within what time something is done is asked of effects alone. */
export const explainWithin: Explainer = (failure) => {
  const { token, index, expected, masked, layout } = failure;
  const lapse = failure.at(index + 1);
  if (token.text !== "within" || !expected.includes("an operator") || !/^(?:number|word)$/.test(lapse.kind)) return null;
  if (layout.beginsLine(index + 1)) return null;
  const span = failure.span(index, index + 1);
  const ved = `for ${lapse.text}`;
  const fix = { message: `Did you mean \`${ved}\`?`, span, replacement: ved };
  const values = { found: "`within`", expected: `\`${ved}\`, which asks whether it has been so for that long` };
  return explanation("VED1001", spanOf(token), values, { fix, repair: without(masked, span) });
};
