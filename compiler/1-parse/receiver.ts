import { convert, convertOptional, spanTo } from "./convert.js";
import type { EventNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";
import type { ParameterNode } from "./parameter.js";
import type { StatementNode } from "./statement.js";

/** What is done about a message, or about an event that somebody broadcasts. */
export interface ReceiverNode extends Node {
  readonly kind: "receiver";
  readonly message: Name | EventNode;
  readonly parameters: readonly ParameterNode[];
  readonly body: readonly StatementNode[];
}

/** Turns matches of handlers of messages and events into nodes. */
export const receiverActions: VedActionDict<unknown> = {
  Receiver_event(word, scope, _colons, name, block): ReceiverNode {
    const event = spanTo(scope, name);
    return {
      kind: "receiver",
      message: { kind: "event", scope: convert<Name>(scope), name: convert<Name>(name), span: event },
      parameters: [],
      body: convert<StatementNode[]>(block),
      span: spanTo(word, block),
    };
  },
  Receiver_message(word, name, parameters, block): ReceiverNode {
    return {
      kind: "receiver",
      message: convert<Name>(name),
      parameters: convertOptional<ParameterNode[]>(parameters) ?? [],
      body: convert<StatementNode[]>(block),
      span: spanTo(word, block),
    };
  },
};
