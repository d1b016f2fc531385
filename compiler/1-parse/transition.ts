import { convert, convertAll, convertOptional, listsOf, spanOf, spanTo } from "./convert.js";
import type { LapseNode } from "./expression.js";
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
  /** The statements outside of steps: where there is no step, they are the only one. */
  readonly body: readonly StatementNode[];
  readonly priority: PriorityNode | null;
  readonly cooldowns: readonly CooldownNode[];
  /** What a message gives it; null: that is nothing, and it runs by itself. */
  readonly parameters: readonly ParameterNode[] | null;
}

/** A step of a transition, which commits on its own. */
export interface StepNode extends Node {
  readonly kind: "step";
  readonly name: Name | null;
  readonly body: readonly StatementNode[];
}

/** The time between two commits of a transition. */
export interface CooldownNode extends Node {
  readonly kind: "cooldown";
  readonly lapse: LapseNode;
}

/** What may stand in a transition. */
type ClauseNode = StepNode | CooldownNode | StatementNode;

function isClause(node: ClauseNode): node is StepNode | CooldownNode {
  return node.kind === "step" || node.kind === "cooldown";
}

/** Turns matches of transitions into nodes. */
export const transitionActions: VedActionDict<unknown> = {
  Transition(annotation, word, name, parameters, _open, _separators, clauseNodes, _close): TransitionNode {
    const clauses = convertAll<ClauseNode>(clauseNodes);
    const { steps, cooldowns } = listsOf(clauses.filter(isClause), { step: "steps", cooldown: "cooldowns" });
    const given = convertOptional<ParameterNode[]>(parameters);
    return {
      kind: "transition",
      name: convert<Name>(name),
      steps,
      body: clauses.filter((clause) => !isClause(clause)),
      priority: convertOptional<PriorityNode>(annotation),
      cooldowns,
      parameters: given?.length === 0 ? null : given,
      span: spanTo(annotation.children[0] ?? word, this),
    };
  },
  TransitionClause_clause: (clause, _) => convert(clause),
  TransitionClause_statement: (_, statement) => convert(statement),
  Cooldown(_word, _colon, lapse): CooldownNode {
    return { kind: "cooldown", lapse: convert<LapseNode>(lapse), span: spanOf(lapse) };
  },
  Step(_, name, block): StepNode {
    const body = convert<StatementNode[]>(block);
    return { kind: "step", name: convertOptional<Name>(name), body, span: spanOf(this) };
  },
};
