import { type Explainer, explanation } from "../explanation.js";
import { replaced, spanOf, without } from "../token.js";

/** Explains how other languages would start an instance: `start Worker("eu")`, `start Worker.eu`, `start Worker["eu"]()`. */
export const explainStart: Explainer = (failure) => {
  const { block, index, itemStart, token, masked } = failure;
  if (block !== "system" || failure.at(itemStart).text !== "start") return null;
  const isCall = token.text === "(";
  if (!isCall && token.text !== ".") return null;
  const end = isCall ? failure.tokens.findIndex(({ text }, at) => at > index && text === ")") : index + 1;
  if (end < 0) return null;
  const span = failure.span(index, end);
  const given = failure.tokens.slice(index + 1, isCall ? end : end + 1);
  const [key] = given;
  if (key === undefined || failure.at(index - 1).text === "]") {
    const found = failure.text(index, end);
    const fix = { message: `Leave out \`${found}\`.`, span, replacement: "" };
    return explanation(
      "VED1001",
      span,
      { found: `\`${found}\``, expected: "the next `start` or `}`" },
      { fix, repair: without(masked, span) },
    );
  }
  const literal = key.kind === "string" ? failure.source.slice(key.start, key.end) : `"${key.text}"`;
  const name = failure.text(itemStart + 1, index - 1);
  const values = { found: `\`${token.text}\``, expected: `a key in brackets: \`start ${name}[${literal}]\`` };
  const fix = given.length === 1 ? { message: `Write \`[${literal}]\`.`, span, replacement: `[${literal}]` } : null;
  const repair = replaced(masked, span, `[${literal}]`) ?? without(masked, span);
  return explanation("VED1001", spanOf(token), values, { fix, repair });
};

/** Explains `:` in what an instance starts with: `start Worker["eu"] { load: 1 }`. */
export const explainStartState: Explainer = (failure) => {
  const { token, expected, open, masked } = failure;
  if (token.text !== ":" || !expected.some((text) => /^`?=`?$/.test(text))) return null;
  const head = [1, 2, 3, 4, 5, 6].map((back) => failure.at(open - back).text);
  if (!head.includes("start") || head.slice(0, head.indexOf("start")).some((text) => /^[{}]$/.test(text))) return null;
  const span = spanOf(token);
  const fix = { message: "Write `=`.", span, replacement: " =" };
  return explanation("VED1009", span, { found: ":", ved: "=" }, { fix, repair: replaced(masked, span, "=") });
};

/** Explains what other languages have in the place of several starts: `for r in […] { start Worker[r] }`, `for_each = […]`. */
export const explainInSystem: Explainer = (failure) => {
  const { block, index, itemStart, itemEnd, masked } = failure;
  const [word, next] = [failure.at(itemStart), failure.at(itemStart + 1)];
  if (block !== "system" || index > itemStart + 1 || word.kind !== "word" || word.text === "start") return null;
  const isLoop = /^(?:for|foreach|for_each|while|repeat|loop|count|each)$/.test(word.text);
  if (!isLoop && !/^[=:]$/.test(next.text) && word.text !== "if") return null;
  const values = {
    what: isLoop ? "A loop" : `\`${word.text}\``,
    where: "in a system",
    way: 'each instance is started by a line of its own, `start Name["eu"]`',
  };
  return explanation("VED1040", spanOf(word), values, { repair: without(masked, failure.span(itemStart, itemEnd - 1)) });
};
