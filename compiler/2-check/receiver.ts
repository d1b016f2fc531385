import type * as ast from "../1-parse/ast.js";
import { type Context, remarksOf } from "./context.js";
import { reportEmits } from "./handler.js";
import { checkParameters } from "./parameter.js";
import type { Receiver } from "./program.js";
import { checkEvent } from "./send.js";
import { checkStatements } from "./statement.js";
import { usageOf } from "./usage.js";

/** Checks what is done about a message or an event. Gives it; null when something in it was reported. */
export function checkReceiver(node: ast.ReceiverNode, context: Context): Receiver | null {
  const { message } = node;
  const event = "kind" in message ? checkEvent(message, context) : null;
  const { own, inner } = checkParameters(node.parameters, context);
  const body = checkStatements(node.body, inner);
  reportEmits(node.body, context);
  if (body === null || own === null || ("kind" in message && event === null)) return null;
  const name = "kind" in message ? message.name.text : message.text;
  return {
    ...usageOf([body]),
    kind: event === null ? "message" : "event",
    name,
    parameters: own,
    body,
    span: message.span,
    remarks: remarksOf(context.comments, node.span),
  };
}
