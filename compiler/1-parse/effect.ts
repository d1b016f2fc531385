import type { ExpectsNode } from "./contract.js";
import { convert, convertAll, convertOptional, spanOf } from "./convert.js";
import type { PathNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Node } from "./node.js";
import type { ParameterNode } from "./parameter.js";

/** The signature of an effect. */
export interface EffectNode extends Node {
  readonly kind: "effect";
  readonly path: PathNode;
  /** Its arguments are given by name. */
  readonly named: boolean;
  readonly parameters: readonly ParameterNode[];
  readonly expects: ExpectsNode | null;
}

/** What a signature says of the arguments, in either spelling. */
type Signature = Pick<EffectNode, "named" | "parameters">;

/** Turns matches of signatures of effects into nodes. */
export const effectActions: VedActionDict<unknown> = {
  Effect(_, path, signature, expects): EffectNode {
    return {
      kind: "effect",
      path: convert<PathNode>(path),
      ...(convertOptional<Signature>(signature) ?? { named: false, parameters: [] }),
      expects: convertOptional<ExpectsNode>(expects),
      span: spanOf(this),
    };
  },
  Signature_positional(_open, parameters, _comma, _close): Signature {
    return { named: false, parameters: convert<ParameterNode[]>(parameters) };
  },
  Signature_named(_open, _before, payload, _behind, _close): Signature {
    const parameters = convert<ParameterNode[]>(payload);
    return { named: parameters.length > 0, parameters };
  },
  Payload: (_, _open, _separators, items, _close) => convertAll<ParameterNode>(items),
  PayloadItem: (parameter, _) => convert(parameter),
};
