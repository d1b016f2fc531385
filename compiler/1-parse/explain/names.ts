import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";

/** Explains names with `-`, as YAML and Lisp have them. */
export const explainName: Explainer = (failure) => {
  const { index, token } = failure;
  const isInName = token.text === "-" && failure.at(index - 1).kind === "word" && isTightAround(failure, index);
  if (!isInName || failure.expected.includes("an operator")) return null;
  let end = index + 1;
  while (failure.at(end + 1).text === "-" && isTightAround(failure, end + 1)) end += 2;
  const span = failure.span(index - 1, end);
  const name = failure.text(index - 1, end);
  const replacement = name.replaceAll("-", "_");
  const fix = { message: `Write \`${replacement}\`.`, span, replacement };
  return explanation("VED1021", span, { name, character: "-", number: "U+002D" }, { fix, repair: { span, text: replacement } });
};

function isTightAround(failure: Failure, index: number): boolean {
  return failure.isTight(index - 1) && failure.isTight(index) && /^(?:word|number)$/.test(failure.at(index + 1).kind);
}

/** Explains an effect's name in quotes: `emit "Alerts.Page"`, `emit("Alerts.Page", x)`. */
export const explainQuotedEffect: Explainer = (failure) => {
  const { index, token } = failure;
  const open = token.text === "(" && failure.at(index - 1).text === "emit" ? index : null;
  const string = open === null ? index : index + 1;
  if (failure.at((open ?? index) - 1).text !== "emit" || failure.at(string).kind !== "string") return null;
  const span = failure.span(failure.itemStart, string);
  const name = failure.text(string, string).slice(1, -1);
  const way = /^[A-Za-z_][\w.]*$/.test(name) ? `write \`emit ${name}(…)\`` : "write `emit Name(…)`";
  return explanation("VED1041", span, { way });
};
