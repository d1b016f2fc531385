import { convert, spanOf } from "./convert.js";
import type { ExpressionNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";

/** `define Wanted = min(queue / 100, MOST)`: a name for an expression. */
export interface DefineNode extends Node {
  readonly kind: "define";
  readonly name: Name;
  readonly expression: ExpressionNode;
}

/** Turns matches of names for expressions into nodes. */
export const defineActions: VedActionDict<unknown> = {
  Define(_, name, _equals, expression): DefineNode {
    return {
      kind: "define",
      name: convert<Name>(name),
      expression: convert<ExpressionNode>(expression),
      span: spanOf(this),
    };
  },
};
