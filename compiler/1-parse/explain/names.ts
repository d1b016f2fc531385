import { memberWords } from "../declarations.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { replaced, spanOf } from "../token.js";

/** Explains names with `-`, as YAML and Lisp have them. */
export const explainName: Explainer = (failure) => {
  const { token } = failure;
  // Up to its brace `goal is-up { … }` could be a difference.
  const isGoal = token.text === "{" && failure.at(failure.itemStart).text === "goal";
  const index = isGoal ? failure.itemStart + 2 : failure.index;
  const isInName = failure.at(index).text === "-" && failure.at(index - 1).kind === "word" && isTightAround(failure, index);
  if (!isInName || (!isGoal && failure.expected.includes("an operator"))) return null;
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
  const string = token.text === "(" && failure.at(index - 1).text === "emit" ? index + 1 : index;
  if (failure.at(failure.itemStart).text !== "emit" || failure.at(string).kind !== "string") return null;
  if (!/^(?:emit|\()$/.test(failure.at(string - 1).text) || string > failure.itemStart + 2) return null;
  const name = failure.text(string, string).slice(1, -1);
  const way = /^[A-Za-z_][\w.]*$/.test(name) ? `write \`emit ${name}(…)\`` : "write `emit Name(…)`";
  return explanation("VED1041", failure.span(string, string), { way });
};

/** What other languages call what came of an effect. */
const outcomes: ReadonlyMap<string, string> = new Map([
  ...["success", "succeeded", "ok", "completed", "complete", "resolved", "finished"].map((word) => [word, "done"] as const),
  ...["error", "failure", "fail", "fails", "rejected", "catch", "timeout"].map((word) => [word, "failed"] as const),
]);

/** Gives the outcome of an effect that a word means, of Ved or of another language; null: it is none. */
export function outcomeCalled(word: string): string | null {
  return /^(?:done|failed|unknown)$/.test(word) ? word : (outcomes.get(word) ?? null);
}

/** Explains an outcome by another name: `on Process.Start success`. */
export const explainOutcome: Explainer = ({ token, expected, masked }) => {
  const ved = outcomes.get(token.text);
  if (ved === undefined || !expected.includes("`done`")) return null;
  const span = spanOf(token);
  const fix = { message: `Write \`${ved}\`.`, span, replacement: ved };
  return explanation("VED1009", span, { found: token.text, ved }, { fix, repair: replaced(masked, span, ved) });
};

/** Explains the name of a declaration in quotes: `domain "Routing" { … }`. */
export const explainQuotedName: Explainer = (failure) => {
  const { index, token, masked } = failure;
  // A goal may be a string as far as the grammar knows, up to its brace.
  const string = token.text === "{" && failure.at(index - 2).text === "goal" ? index - 1 : index;
  const head = failure.at(string - 1);
  if (
    failure.at(string).kind !== "string" ||
    !(memberWords.has(head.text) || head.text === "domain" || head.text === "system" || /^(?:step|start)$/.test(head.text))
  )
    return null;
  const span = failure.span(string, string);
  const name = failure.text(string, string).slice(1, -1);
  if (!/^[A-Za-z_]\w*$/.test(name)) return explanation("VED1041", span, { way: `write \`${head.text} Name\`` });
  const fix = { message: `Write \`${name}\`.`, span, replacement: name };
  const repair = { span, text: ` ${masked.slice(span.start + 1, span.end - 1)} ` };
  return explanation("VED1041", span, { way: `write \`${head.text} ${name}\`` }, { fix, repair });
};
