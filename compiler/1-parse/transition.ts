import { convert, convertAll, convertOptional, listsOf, spanOf, spanTo } from "./convert.js";
import type { DurationNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";
import type { ParameterNode } from "./parameter.js";
import type { PriorityNode } from "./priority.js";
import type { StatementNode } from "./statement.js";

/** A transition: its steps, and when it may run. */
export interface TransitionNode extends Node {
  readonly kind: "transition";
  readonly name: Name;
  readonly steps: readonly StepNode[];
  readonly priority: PriorityNode | null;
  readonly cooldowns: readonly DurationNode[];
  /** What a message gives it; null: it has no parameter list, and runs by itself. */
  readonly parameters: readonly ParameterNode[] | null;
}

/** A step of a transition, which commits on its own. */
export interface StepNode extends Node {
  readonly kind: "step";
  readonly name: Name | null;
  readonly body: readonly StatementNode[];
}

/** What may stand in a transition. */
type ClauseNode = StepNode | DurationNode;

/** Turns matches of transitions into nodes. */
export const transitionActions: VedActionDict<unknown> = {
  Transition(annotation, word, name, parameters, _open, _separators, clauseNodes, _close): TransitionNode {
    const { steps, cooldowns } = listsOf(convertAll<ClauseNode>(clauseNodes), { step: "steps", duration: "cooldowns" });
    return {
      kind: "transition",
      name: convert<Name>(name),
      steps,
      priority: convertOptional<PriorityNode>(annotation),
      cooldowns,
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
