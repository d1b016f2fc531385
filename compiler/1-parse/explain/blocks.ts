import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { blank, type Patch, spanOf } from "../token.js";

/** Explains blocks that are opened with `:`, `then`, `do` or nothing at all, as by indentation. */
export const explainBlock: Explainer = (failure) => {
  const { token, index, expected } = failure;
  const isOpened = /^(?:then|do|begin|:|=>|->|=)$/.test(token.text);
  const isDue = expected.includes('"{"') || expected.includes("`{`") || expected.includes("{");
  if (!isDue) return null;
  if (isOpened && failure.at(index + 1).text === "{") {
    const fix = { message: `Leave out \`${token.text}\`.`, span: spanOf(token), replacement: "" };
    const repair = { span: spanOf(token), text: " ".repeat(token.text.length) };
    return explanation("VED1039", spanOf(token), { found: `\`${token.text}\`` }, { fix, repair });
  }
  const isStatement = failure.block === "body" && token.kind === "word" && failure.item().some(({ text }) => /^(?:if|else)$/.test(text));
  if (!isOpened && !isStatement) return null;
  const found = isOpened ? `\`${token.text}\`` : "a statement";
  return explanation("VED1039", spanOf(token), { found }, { repair: withoutIndented(failure) });
};

/** Leaves out an item with all lines behind it that are indented further. */
function withoutIndented(failure: Failure): Patch {
  const { itemStart, index, tokens, layout, masked } = failure;
  const indent = layout.indentAt(itemStart);
  let end = index + 1;
  while (end < tokens.length - 1 && !/^[}]$/.test(failure.at(end).text)) {
    if (layout.beginsLine(end) && layout.indentAt(end) <= indent && !/^(?:else|elif)$/.test(failure.at(end).text)) break;
    end += 1;
  }
  const span = failure.span(itemStart, end - 1);
  return { span, text: blank(masked.slice(span.start, span.end)) };
}
