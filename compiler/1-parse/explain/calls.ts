import { type Explainer, explanation } from "../explanation.js";

/** Explains a call as a statement of its own: what is done to the world is emitted. */
export const explainCall: Explainer = (failure) => {
  const { block, itemStart, index, token } = failure;
  const path = failure.tokens.slice(itemStart, index);
  const isPath = path.length > 0 && path.every(({ kind, text }) => kind === "word" || text === ".");
  // `print "x"` is a call as well.
  const isCall = token.text === "(" || (token.kind === "string" && path.length === 1);
  if (block !== "body" || !isPath || !isCall || path[0]?.text === "emit" || path[0]?.text === "if") return null;
  const span = failure.span(itemStart, index - 1);
  const call = failure.text(itemStart, index - 1);
  const start = { start: span.start, end: span.start };
  const fix = token.text === "(" ? { message: `Write \`emit ${call}(…)\`.`, span: start, replacement: "emit " } : null;
  return explanation("VED1031", span, { call }, { fix });
};
