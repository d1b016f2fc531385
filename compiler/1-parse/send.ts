import type { Node as OhmNode } from "ohm-js";
import { convert, convertOptional, spanOf } from "./convert.js";
import type { ExpressionNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";
import { decodeString } from "./scan.js";

/** A message to an instance of a domain. */
export interface SendNode extends Node {
  readonly kind: "send";
  readonly target: Name;
  /** Null: the instance that is called `default`. */
  readonly key: ExpressionNode | null;
  readonly message: Name;
  readonly arguments: readonly ExpressionNode[];
  /** It goes before those that are not. */
  readonly isHigh: boolean;
}

/** Turns matches of messages that are sent into nodes. */
export const sendActions: VedActionDict<unknown> = {
  Send_message(word, target, key, message, args): SendNode {
    return {
      kind: "send",
      target: convert<Name>(target),
      key: convertOptional<ExpressionNode>(key),
      message: convert<Name>(message),
      arguments: convertOptional<ExpressionNode[]>(args) ?? [],
      isHigh: word.sourceString === "send_high",
      span: spanOf(this),
    };
  },
  Send_older(word, _open, target, _comma, message, _second, args, _last, _close): SendNode {
    return {
      kind: "send",
      target: nameInQuotes(target),
      key: null,
      message: nameInQuotes(message),
      arguments: convertOptional<ExpressionNode[]>(args) ?? [],
      isHigh: word.sourceString === "send_high",
      span: spanOf(this),
    };
  },
  Arguments: (_open, args, _comma, _close) => convert(args),
  Key: (_open, key, _close) => convert(key),
};

/** Reads a name that stands as a string, as older programs have it. */
function nameInQuotes(node: OhmNode): Name {
  return { text: decodeString(node.sourceString), span: spanOf(node) };
}
