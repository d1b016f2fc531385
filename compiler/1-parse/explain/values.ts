import { isNothing } from "../../language/foreign-name.js";
import { hasPlaceholder, joinedText } from "../../language/placeholder.js";
import { asText } from "../declared-type.js";
import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { spanOf, without } from "../token.js";

/** Explains `50%`. */
export const explainPercent: Explainer = (failure) => {
  const { index, expected } = failure;
  const [number, sign] = [failure.at(index - 2), failure.at(index - 1)];
  if (sign.text !== "%" || number.kind !== "number" || !failure.isTight(index - 2) || !expected.includes("a value")) return null;
  const span = failure.span(index - 2, index - 1);
  const fix = { message: `Count in percent: \`${number.text}\`.`, span, replacement: number.text };
  const repair = { span: spanOf(sign), text: " " };
  return explanation("VED1013", span, { number: `${number.text}%` }, { fix, repair });
};

/** Explains values that may be absent: `int | null`, `int?`, `name?: int`, `a ?? b`, `a?.b`. */
export const explainNull: Explainer = (failure) => {
  const { token, index, block } = failure;
  const test = nullTest(failure);
  if (test !== null) return test;
  const isOptional = block === "state" && token.text === "?";
  const isUnion = block === "state" && token.text === "|" && /^(?:null|None|nil|undefined)$/.test(failure.at(index + 1).text);
  if (isOptional || isUnion) {
    const span = failure.span(index, isUnion ? index + 1 : index);
    const found = isUnion ? failure.at(index + 1).text : "?";
    return explanation("VED1028", span, { found }, { repair: without(failure.masked, span) });
  }
  return /^\?[?.]$/.test(token.text) ? explanation("VED1028", spanOf(token), { found: token.text }) : null;
};

/** Explains `x IS NOT NULL`, `x is None` and `x !== null`, at once: there is nothing to compare with. */
function nullTest(failure: Failure) {
  const { token, index, expected, masked } = failure;
  if (!/^(?:is(?:nt)?|===|!==|<>)$/i.test(token.text) || !expected.includes("an operator")) return null;
  const last = /^not$/i.test(failure.at(index + 1).text) ? index + 2 : index + 1;
  if (!isNothing(failure.at(last).text)) return null;
  const span = failure.span(index, last);
  return explanation("VED1028", span, { found: failure.text(index, last) }, { repair: without(masked, span) });
}

/** Explains strings that are marked to be filled in: `f"…"`, `$"…"`. */
export const explainMarkedString: Explainer = (failure) => {
  const { token, index } = failure;
  const mark = failure.at(index - 1);
  if (token.kind !== "string" || mark.kind !== "word" || mark.end !== token.start || !/^[fFrRbusS$_]$/.test(mark.text))
    return null;
  const span = failure.span(index - 1, index);
  const literal = failure.source.slice(token.start, token.end).replaceAll(/\$?\{/g, "${");
  // `{n:>8}` says how wide Python would write it.
  const inWords = (inner: string) => asText(failure.source, inner.replace(/^([\w.]+)[:!].*$/, "$1"), token.start);
  const ved = hasPlaceholder(literal) ? joinedText(literal, inWords) : literal;
  const fix = { message: `Write ${ved}.`, span, replacement: ved };
  return explanation(
    "VED1035",
    span,
    { found: failure.text(index - 1, index) },
    {
      fix,
      repair: { span: spanOf(mark), text: " ".repeat(mark.text.length) },
    },
  );
};
