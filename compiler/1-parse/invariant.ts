import { convert, spanOf } from "./convert.js";
import type { ExpressionNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";

/** A condition that no commit may break. */
export interface InvariantNode extends Node {
  readonly kind: "invariant";
  readonly name: Name;
  readonly condition: ExpressionNode;
}

/** Turns matches of invariants into nodes. */
export const invariantActions: VedActionDict<unknown> = {
  Invariant(_, name, _open, condition, _close): InvariantNode {
    return {
      kind: "invariant",
      name: convert<Name>(name),
      condition: convert<ExpressionNode>(condition),
      span: spanOf(this),
    };
  },
};
