import { convert, spanOf } from "./convert.js";
import type { LiteralNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";
import { decodeInt } from "./scan.js";

/** How important something is: a number, or a word for one. */
export interface PriorityNode extends Node {
  readonly kind: "priority";
  readonly value: LiteralNode | Name;
}

/** Turns matches of priorities into nodes. */
export const priorityActions: VedActionDict<unknown> = {
  Priority(_, importance): PriorityNode {
    return { kind: "priority", value: convert<PriorityNode["value"]>(importance), span: spanOf(this) };
  },
  Importance(value): PriorityNode["value"] {
    const { sourceString } = value;
    if (!/^\d/.test(sourceString)) return { text: sourceString, span: spanOf(value) };
    return { kind: "literal", value: decodeInt(sourceString), span: spanOf(value) };
  },
  Annotation(_word, _open, importance, _close): PriorityNode {
    return { kind: "priority", value: convert<PriorityNode["value"]>(importance), span: spanOf(this) };
  },
};
