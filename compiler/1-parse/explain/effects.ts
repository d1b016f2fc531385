import { describe } from "../describe.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { replaced, spanOf, without } from "../token.js";
import { outcomeCalled } from "./names.js";

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
  const ved = outcomeCalled(outcome.text);
  if (failure.at(itemStart).text !== "on" || ved === null || index !== itemStart + 2 || failure.token.kind !== "word")
    return null;
  let end = index;
  while (failure.at(end + 1).text === "." && failure.at(end + 2).kind === "word") end += 2;
  const span = failure.span(index - 1, end);
  const replacement = `${failure.text(index, end)} ${ved}`;
  const values = { found: `\`${outcome.text}\``, expected: `the effect first: \`on ${replacement}\`` };
  const fix = { message: `Write \`${replacement}\`.`, span, replacement };
  return explanation("VED1001", spanOf(outcome), values, { fix, repair: replaced(masked, span, replacement) });
};

/** Explains the outcome of an effect as a method of it, or beside it as an argument: `on A.B.done {`, `on(A.B, failed) {`. */
export const explainOutcomeAside: Explainer = (failure) => {
  const { index, token, itemStart, masked } = failure;
  if (failure.at(itemStart).text !== "on") return null;
  const isCall = token.text === "(" && index === itemStart + 1;
  const close = isCall ? groupEnd(failure, index) : index - 1;
  const at = isCall ? close - 1 : index - 1;
  const outcome = outcomeCalled(failure.at(at).text.replaceAll('"', ""));
  const isMethod = !isCall && /^[({]$/.test(token.text) && failure.at(at - 1).text === ".";
  if (outcome === null || !(isMethod || (isCall && failure.at(at - 1).text === ","))) return null;
  const first = isCall ? index : itemStart + 1;
  const effect = failure.text(isCall ? index + 1 : first, at - 2).replaceAll('"', "");
  const span = failure.span(first, close);
  const ved = `${effect} ${outcome}`;
  if (!/^[A-Za-z_][\w.]*$/.test(effect)) return null;
  const values = {
    found: `\`${isCall ? "(" : `.${failure.at(at).text}`}\``,
    expected: `the effect and its outcome: \`on ${ved}\``,
  };
  const replacement = isCall && failure.isTight(itemStart) ? ` ${ved}` : ved;
  const fix = { message: `Write \`${ved}\`.`, span, replacement };
  const marked = isCall ? span : failure.span(at - 1, at);
  return explanation("VED1001", marked, values, { fix, repair: replaced(masked, span, replacement) });
};

function groupEnd({ tokens }: Failure, open: number): number {
  return Math.max(
    open,
    tokens.findIndex(({ text }, at) => at > open && text === ")"),
  );
}
