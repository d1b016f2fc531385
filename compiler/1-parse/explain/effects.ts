import { describe } from "../describe.js";
import { type Explainer, explanation } from "../explanation.js";
import { replaced, spanOf, without } from "../token.js";

/** Explains a parameter without a type: `effect Process.Start(n)`, `on Process.Start failed (e) {`. */
export const explainParameter: Explainer = (failure) => {
  const { index, token, itemStart, expected } = failure;
  const [name, before] = [failure.at(index - 1), failure.at(index - 2).text];
  if (!/^[,)]$/.test(token.text) || !/^[,(]$/.test(before) || name.kind !== "word" || !expected.includes(":")) return null;
  if (!/^(?:effect|on|transition)$/.test(failure.at(itemStart).text)) return null;
  const values = {
    found: describe(token),
    expected: `a type: \`${name.text}: string\`, \`${name.text}: int\` or \`${name.text}: bool\``,
  };
  return explanation("VED1001", spanOf(name), values);
};

/** Explains the type of what an effect gives: `effect Vm.Create(name: string): string`. */
export const explainResult: Explainer = (failure) => {
  const { index, token, itemStart, itemEnd, masked } = failure;
  if (failure.at(itemStart).text !== "effect" || failure.at(index - 1).text !== ")" || !/^(?:->|:|=>)$/.test(token.text))
    return null;
  const path = failure.text(itemStart + 1, index - 1).replace(/\(.*$/s, "");
  const span = failure.span(index, itemEnd - 1);
  const what = `\`${failure.text(index, itemEnd - 1)}\``;
  const way = `what it gives is named where it is used, \`on ${path} done (id: string) { … }\``;
  const values = { what, where: "behind the parameters of an effect", way };
  const fix = { message: `Leave out ${what}.`, span, replacement: "" };
  return explanation("VED1040", span, values, { fix, repair: without(masked, span) });
};

/** Explains an outcome before its effect: `on failed Process.Start {`. */
export const explainEarlyOutcome: Explainer = (failure) => {
  const { index, itemStart, masked } = failure;
  const outcome = failure.at(itemStart + 1);
  const isEarly = failure.at(itemStart).text === "on" && /^(?:done|failed|unknown)$/.test(outcome.text);
  if (!isEarly || index !== itemStart + 2 || failure.token.kind !== "word") return null;
  let end = index;
  while (failure.at(end + 1).text === "." && failure.at(end + 2).kind === "word") end += 2;
  const span = failure.span(index - 1, end);
  const ved = `${failure.text(index, end)} ${outcome.text}`;
  const values = { found: `\`${outcome.text}\``, expected: `the effect first: \`on ${ved}\`` };
  const fix = { message: `Write \`${ved}\`.`, span, replacement: ved };
  return explanation("VED1001", spanOf(outcome), values, { fix, repair: replaced(masked, span, ved) });
};
