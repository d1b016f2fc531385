import { convert, convertAll, convertOptional, spanOf, spanTo } from "./convert.js";
import type { ExpressionNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";
import type { TypeNode } from "./type.js";

/** The fields of a domain. */
export interface StateNode extends Node {
  readonly kind: "state";
  readonly fields: readonly FieldNode[];
}

/** A field with its type, and the value that it begins with. */
export interface FieldNode extends Node {
  readonly kind: "field";
  readonly name: Name;
  readonly type: TypeNode;
  readonly default: ExpressionNode | null;
}

/** Turns matches of states and their fields into nodes. */
export const stateActions: VedActionDict<unknown> = {
  State(_, _open, _separators, fields, _close): StateNode {
    return { kind: "state", fields: convertAll<FieldNode>(fields), span: spanOf(this) };
  },
  Field(name, _colon, type, initial, _separators): FieldNode {
    return {
      kind: "field",
      name: convert<Name>(name),
      type: convert<TypeNode>(type),
      default: convertOptional<ExpressionNode>(initial),
      span: spanTo(name, initial.children[0] ?? type),
    };
  },
  Default: (_, expression) => convert(expression),
};
