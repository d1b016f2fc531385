import { units } from "../../language/duration.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { replaced, spanOf, without } from "../token.js";

/** Explains durations as other languages write them: `5 s`, `"5s"`, `5 seconds`, and a number without a unit. */
export const explainDuration: Explainer = (failure) => {
  const { token, index, expected, masked } = failure;
  const isConstant = failure.at(failure.itemStart).text === "const";
  const number = isConstant && failure.at(index - 1).kind === "number" ? index - 1 : index;
  if (number === index && !expected.includes("a duration")) return null;
  if (expected.includes("a value")) return null;
  const last = token.kind === "string" || failure.layout.beginsLine(number + 1) ? number : number + 1;
  const ved = durationIn(failure, number, last);
  if (ved === null) return number === index && token.kind === "number" ? withoutUnit(failure) : null;
  const span = failure.span(number, last);
  const fix = { message: `Write \`${ved}\`.`, span, replacement: ved };
  const values = { found: `\`${failure.text(number, last)}\``, expected: `a duration: \`${ved}\`` };
  return explanation("VED1001", span, values, { fix, repair: replaced(masked, span, ved) });
};

/** Explains `cooldown = 5m`. */
export const explainCooldown: Explainer = (failure) => {
  const { token, index, masked } = failure;
  if (token.text !== "=" || failure.at(index - 1).text !== "cooldown") return null;
  const span = spanOf(token);
  const fix = { message: "Leave out `=`.", span, replacement: "" };
  return explanation("VED1001", span, { found: "`=`", expected: "a duration" }, { fix, repair: without(masked, span) });
};

/** Writes what stands from one token to another as a duration; null: it is none. */
function durationIn(failure: Failure, first: number, last: number): string | null {
  const [, count, word = ""] = /^"?([0-9][0-9_]*)\s*([A-Za-z]+)"?$/.exec(failure.text(first, last)) ?? [];
  const unit = units.find(({ unit: own, foreign }) => own === word || foreign.includes(word.toLowerCase()))?.unit;
  return count === undefined || unit === undefined ? null : `${count}${unit}`;
}

function withoutUnit({ token, masked }: Failure) {
  const span = spanOf(token);
  const values = {
    found: `number \`${token.text}\``,
    expected: `a duration with its unit: \`${token.text}s\` or \`${token.text}m\``,
  };
  return explanation("VED1001", span, values, { repair: replaced(masked, span, `${token.text}s`) });
}
