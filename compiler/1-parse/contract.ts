import { convert, convertOptional, spanOf } from "./convert.js";
import type { DurationNode, ExpressionNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Node } from "./node.js";

/** What the world is expected to show once an effect has happened. */
export interface ExpectsNode extends Node {
  readonly kind: "expects";
  readonly condition: ExpressionNode;
  readonly within: DurationNode | null;
}

/** Turns matches of what an effect is expected to bring about into nodes. */
export const contractActions: VedActionDict<unknown> = {
  Expects(_, condition, within): ExpectsNode {
    return {
      kind: "expects",
      condition: convert<ExpressionNode>(condition),
      within: convertOptional<DurationNode>(within),
      span: spanOf(this),
    };
  },
  Within: (_, duration) => convert(duration),
};
