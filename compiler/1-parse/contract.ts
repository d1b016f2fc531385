import { convert, convertOptional, spanOf } from "./convert.js";
import type { ExpressionNode, LapseNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Node } from "./node.js";

/** What the world is expected to show once an effect has happened. */
export interface ExpectsNode extends Node {
  readonly kind: "expects";
  readonly condition: ExpressionNode;
  readonly within: LapseNode | null;
}

/** Turns matches of what an effect is expected to bring about into nodes. */
export const contractActions: VedActionDict<unknown> = {
  Expects(_, condition, within): ExpectsNode {
    return {
      kind: "expects",
      condition: convert<ExpressionNode>(condition),
      within: convertOptional<LapseNode>(within),
      span: spanOf(this),
    };
  },
  Within: (_, lapse) => convert(lapse),
};
