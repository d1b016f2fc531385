import { type Explainer, explanation } from "../explanation.js";
import { blank } from "../token.js";

/** Explains a call as a statement of its own: what is done to the world is emitted. */
export const explainCall: Explainer = (failure) => {
  const { block, itemStart, index, token } = failure;
  const path = failure.tokens.slice(itemStart, index);
  const isPath = path.length > 0 && path.every(({ kind, text }) => kind === "word" || text === ".");
  // `print "x"` and `print!("x")` are calls as well.
  const isMacro = token.text === "!" && failure.at(index + 1).text === "(";
  const isCall = token.text === "(" || isMacro || (token.kind === "string" && path.length === 1);
  if (block !== "body" || !isPath || !isCall || path[0]?.text === "emit" || path[0]?.text === "if") return null;
  const span = failure.span(itemStart, index - 1);
  const call = failure.text(itemStart, index - 1);
  const start = { start: span.start, end: span.start };
  const fix = token.text === "(" ? { message: `Write \`emit ${call}(…)\`.`, span: start, replacement: "emit " } : null;
  const notes = prints.test(call) ? [adapter] : [];
  return explanation("VED1031", span, { call }, { fix, notes });
};

/** What other languages print with. */
const prints = /^(?:console\.\w+|(?:e?print|write|put|log|echo)(?:ln|f|s)?|fmt\.\w+|log\w*\.\w+|System\.out\.\w+)$/i;

const adapter = "Nothing is printed by itself: the service then needs an adapter for an effect of that name, such as `log`.";

/** Explains a statement that begins with a word which begins none. */
export const explainUnknownStatement: Explainer = (failure) => {
  const { block, itemStart, index, token } = failure;
  const word = failure.at(itemStart);
  if (block !== "body" || index !== itemStart + 1 || word.kind !== "word") return null;
  if ((token.kind === "symbol" && token.text !== "}") || /^(?:emit|send|send_high|if)$/.test(word.text)) return null;
  const isLone = failure.layout.beginsLine(index) || token.text === "}" || token.kind === "end";
  const values = { found: `\`${word.text}\``, expected: "a statement: `emit`, `send`, `if`, or `field = value`" };
  return explanation("VED1001", isLone ? failure.span(itemStart, itemStart) : failure.span(itemStart, index), values);
};

/** Explains a message that is sent as a method is called: `send Worker.Restart()`. */
export const explainSend: Explainer = (failure) => {
  const { index, token, masked } = failure;
  if (token.text !== "." || failure.at(index - 2).text !== "send") return null;
  const span = failure.span(index, index);
  const ved = `send ${failure.at(index - 1).text} ${failure.at(index + 1).text}`;
  const fix = { message: `Write \`${ved}\`.`, span, replacement: " " };
  const values = { found: "`.`", expected: "the name of the message" };
  return explanation("VED1001", span, values, { fix, repair: { span, text: blank(masked.slice(span.start, span.end)) } });
};
