import { convert, convertOptional, spanOf } from "./convert.js";
import type { PathNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Node } from "./node.js";
import type { ParameterNode } from "./parameter.js";
import type { StatementNode } from "./statement.js";

/** What is done about what became of an effect. */
export interface HandlerNode extends Node {
  readonly kind: "handler";
  readonly effect: PathNode;
  readonly outcome: "done" | "failed" | "unknown";
  readonly parameter: ParameterNode | null;
  readonly body: readonly StatementNode[];
}

/** Turns matches of outcome handlers into nodes. */
export const handlerActions: VedActionDict<unknown> = {
  Handler(_, effect, outcome, binding, block): HandlerNode {
    return {
      kind: "handler",
      effect: convert<PathNode>(effect),
      // The grammar lets nothing else through here.
      outcome: outcome.sourceString as HandlerNode["outcome"],
      parameter: convertOptional<ParameterNode>(binding),
      body: convert<StatementNode[]>(block),
      span: spanOf(this),
    };
  },
  Binding: (_open, parameter, _close) => convert(parameter),
};
