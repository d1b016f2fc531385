import { convert, convertAll, convertOptional, ofKind, spanOf, spanTo } from "./convert.js";
import type { DurationNode } from "./expression.js";
import type { Name, Node } from "./node.js";
import type { ParameterNode } from "./parameter.js";
import type { PriorityNode } from "./priority.js";
import type { StatementNode } from "./statement.js";
import type { VedActionDict } from "./ved.ohm-bundle.js";

export interface TransitionNode extends Node {
  readonly kind: "transition";
  readonly name: Name;
  readonly steps: readonly StepNode[];
  readonly priority: PriorityNode | null;
  readonly cooldowns: readonly DurationNode[];
  /** What a message gives it; null: it has no parameter list, and runs by itself. */
  readonly parameters: readonly ParameterNode[] | null;
}

export interface StepNode extends Node {
  readonly kind: "step";
  readonly name: Name | null;
  readonly body: readonly StatementNode[];
}

/** Turns matches of transitions into nodes. */
export const transitionActions: VedActionDict<unknown> = {
  Transition(annotation, word, name, parameters, _open, _separators, clauseNodes, _close): TransitionNode {
    const clauses = convertAll<StepNode | DurationNode>(clauseNodes);
    return {
      kind: "transition",
      name: convert<Name>(name),
      steps: ofKind(clauses, "step"),
      priority: convertOptional<PriorityNode>(annotation),
      cooldowns: ofKind(clauses, "duration"),
      parameters: convertOptional<ParameterNode[]>(parameters),
      span: spanTo(annotation.children[0] ?? word, this),
    };
  },
  TransitionClause: (clause, _) => convert(clause),
  Cooldown: (_, duration) => convert(duration),
  Step(_, name, block): StepNode {
    const body = convert<StatementNode[]>(block);
    return { kind: "step", name: convertOptional<Name>(name), body, span: spanOf(this) };
  },
};
