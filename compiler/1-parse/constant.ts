import { convert, convertOptional, spanOf } from "./convert.js";
import type { ExpressionNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";
import type { TypeNode } from "./type.js";

/** `const MOST: int = 60`: a name for a value or a duration. */
export interface ConstantNode extends Node {
  readonly kind: "constant";
  readonly name: Name;
  /** Null: that of its value. */
  readonly type: TypeNode | null;
  readonly value: ExpressionNode;
}

/** Turns matches of constants into nodes. */
export const constantActions: VedActionDict<unknown> = {
  Constant(_, name, type, _equals, value): ConstantNode {
    return {
      kind: "constant",
      name: convert<Name>(name),
      type: convertOptional<TypeNode>(type),
      value: convert<ExpressionNode>(value),
      span: spanOf(this),
    };
  },
  ConstantType: (_, type) => convert(type),
};
