import { type Explainer, explanation } from "../explanation.js";
import type { Failure } from "../failure.js";
import { replaced, spanOf } from "../token.js";

/** Explains a message before its receiver: `send Ping to Worker`. */
export const explainSentTo: Explainer = (failure) => {
  if (failure.block !== "body") return null;
  const send = sendBefore(failure);
  if (send === null) return null;
  const message = failure.at(send + 1);
  const to = failure.at(send + 2).text === "(" ? groupEnd(failure, send + 2) + 1 : send + 2;
  const receiver = failure.at(to + 1);
  const isOnLine = !failure.layout.beginsLine(to) && !failure.layout.beginsLine(to + 1);
  if (failure.at(to).text !== "to" || message.kind !== "word" || receiver.kind !== "word" || !isOnLine) return null;
  // `send Worker to up = true` sends a message that is called so.
  if (/^(?:[-+*/%]?=|\.)$/.test(failure.at(to + 2).text)) return null;
  const end = failure.at(to + 2).text === "[" ? groupEnd(failure, to + 2) : to + 1;
  const ved = `${failure.text(to + 1, end)} ${failure.text(send + 1, to - 1)}`;
  const span = failure.span(send + 1, end);
  const values = { found: "`to`", expected: `the receiver first: \`${failure.at(send).text} ${ved}\`` };
  const fix = { message: `Write \`${ved}\`.`, span, replacement: ved };
  const code = `${maskedText(failure, to + 1, end)} ${maskedText(failure, send + 1, to - 1)}`;
  return explanation("VED1001", spanOf(failure.at(to)), values, { fix, repair: replaced(failure.masked, span, code) });
};

function maskedText(failure: Failure, from: number, to: number): string {
  const { start, end } = failure.span(from, to);
  return failure.masked.slice(start, end);
}

/** Gives the last `send` before a place, in the same block and not far from it; null: there is none. */
function sendBefore(failure: Failure): number | null {
  for (let at = failure.index; at > Math.max(failure.open, failure.index - 12); at -= 1) {
    if (/^(?:send|send_high)$/.test(failure.at(at).text)) return at;
    if (/^[{}]$/.test(failure.at(at).text) && at < failure.index) return null;
  }
  return null;
}

function groupEnd(failure: Failure, open: number): number {
  let depth = 0;
  for (let at = open; at < failure.tokens.length; at += 1) {
    if (/^[([]$/.test(failure.at(at).text)) depth += 1;
    if (/^[)\]]$/.test(failure.at(at).text)) depth -= 1;
    if (depth === 0) return at;
  }
  return open;
}

/** Explains a message as Erlang sends it: `Worker ! Ping`. */
export const explainBang: Explainer = (failure) => {
  const { block, index, itemStart, token, masked } = failure;
  const [receiver, message] = [failure.at(index - 1), failure.at(index + 1)];
  const isPair = receiver.kind === "word" && message.kind === "word" && index === itemStart + 1;
  if (block !== "body" || token.text !== "!" || !isPair || failure.isTight(index)) return null;
  const span = failure.span(index - 1, index + 1);
  const ved = `send ${receiver.text} ${message.text}`;
  const fix = { message: `Write \`${ved}\`.`, span, replacement: ved };
  return explanation("VED1009", spanOf(token), { found: "!", ved }, { fix, repair: replaced(masked, span, ved) });
};
