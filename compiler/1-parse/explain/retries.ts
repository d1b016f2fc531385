import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { spanOf, without } from "../token.js";

const policy = /^@?(?:retry|retries|retryable|attempts|max_attempts|backoff|timeout)$/i;

/** Explains how often, or for how long, an effect is to be tried: `retry 3`, `@retry(3)`. */
export const explainRetry: Explainer = (failure) => {
  const { block, index, masked } = failure;
  const at = [index, index - 1].find((each) => isPolicyAt(failure, each));
  if (at === undefined || !/^(?:body|transition|domain|file)$/.test(block)) return null;
  const where = block === "body" || block === "transition" ? "in a step" : "in a domain";
  const values = {
    what: `\`${failure.at(at).text}\``,
    where,
    way: "an effect is tried again until it is done; how often and how long is told to its host (`retry`)",
  };
  return explanation("VED1040", spanOf(failure.at(at)), values, {
    repair: without(masked, failure.span(at, endOf(failure, at + 1))),
  });
};

function isPolicyAt(failure: Failure, at: number): boolean {
  const [word, next] = [failure.at(at), failure.at(at + 1)];
  if (!policy.test(word.text) || failure.layout.beginsLine(at + 1) || failure.at(at - 1).text === ".") return false;
  return word.text.startsWith("@") || next.kind === "number" || next.text === "{" || next.text === "(";
}

/** Gives the last token of what a word is given: a number, or a group. */
function endOf(failure: Failure, from: number): number {
  let depth = 0;
  for (let at = from; failure.at(at).kind !== "end"; at += 1) {
    if (/^[([{]$/.test(failure.at(at).text)) depth += 1;
    if (/^[)\]}]$/.test(failure.at(at).text)) depth -= 1;
    if (depth <= 0) return Math.max(at, from);
  }
  return from;
}
