import type { Node as OhmNode } from "ohm-js";
import type { ExpectsNode } from "./contract.js";
import { convert, convertAll, convertOptional, spanOf } from "./convert.js";
import type { PathNode } from "./expression.js";
import type { Node } from "./node.js";
import type { ParameterNode } from "./parameter.js";
import type { VedActionDict } from "./ved.ohm-bundle.js";

/** The signature of an effect. */
export interface EffectNode extends Node {
  readonly kind: "effect";
  readonly path: PathNode;
  /** Its arguments are given by name. */
  readonly named: boolean;
  readonly parameters: readonly ParameterNode[];
  readonly expects: ExpectsNode | null;
}

/** Turns matches of signatures of effects into nodes. */
export const effectActions: VedActionDict<unknown> = {
  Effect_positional(_, path, _open, parameters, _comma, _close, expects): EffectNode {
    const listed = convert<ParameterNode[]>(parameters);
    return { ...effectNode(path, listed, expects), named: false, span: spanOf(this) };
  },
  Effect_named(_, path, _open, _s, _payload, _brace, _t, parameters, _end, _u, _close, expects): EffectNode {
    const listed = convertAll<ParameterNode>(parameters);
    return { ...effectNode(path, listed, expects), named: listed.length > 0, span: spanOf(this) };
  },
  PayloadItem: (parameter, _) => convert(parameter),
};

/** What both spellings of a signature have in common. */
function effectNode(path: OhmNode, parameters: readonly ParameterNode[], expects: OhmNode) {
  return {
    kind: "effect" as const,
    path: convert<PathNode>(path),
    parameters,
    expects: convertOptional<ExpectsNode>(expects),
  };
}
