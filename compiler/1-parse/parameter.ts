import { convert, spanOf } from "./convert.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";
import type { TypeNode } from "./type.js";

/** A parameter with its type: `job: int`. */
export interface ParameterNode extends Node {
  readonly kind: "parameter";
  readonly name: Name;
  readonly type: TypeNode;
}

/** Turns matches of parameters into nodes. */
export const parameterActions: VedActionDict<unknown> = {
  Parameter(name, _, type): ParameterNode {
    return { kind: "parameter", name: convert<Name>(name), type: convert<TypeNode>(type), span: spanOf(this) };
  },
  Parameters: (_open, parameters, _comma, _close) => convert(parameters),
};
