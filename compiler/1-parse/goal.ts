import { convert, convertAll, listsOf, spanOf, spanTo } from "./convert.js";
import type { ExpressionNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Name, Node } from "./node.js";
import type { PriorityNode } from "./priority.js";

/** A goal: what is to hold, and what serves it. */
export interface GoalNode extends Node {
  readonly kind: "goal";
  /** Null: it has none. */
  readonly name: Name | null;
  readonly predicates: readonly PredicateNode[];
  readonly priorities: readonly PriorityNode[];
  readonly strategies: readonly StrategyNode[];
}

/** The condition of a goal. */
export interface PredicateNode extends Node {
  readonly kind: "predicate";
  readonly expression: ExpressionNode;
}

/** The transitions that serve a goal. */
export interface StrategyNode extends Node {
  readonly kind: "strategy";
  readonly transitions: readonly Name[];
}

/** What may stand in a goal. */
type ClauseNode = PredicateNode | PriorityNode | StrategyNode;

/** Turns matches of goals into nodes. */
export const goalActions: VedActionDict<unknown> = {
  Goal_named(_, name, _open, _separators, clauseNodes, _close): GoalNode {
    const clauses = convertAll<ClauseNode>(clauseNodes);
    return {
      kind: "goal",
      name: convert<Name>(name),
      ...listsOf(clauses, { predicate: "predicates", priority: "priorities", strategy: "strategies" }),
      span: spanOf(this),
    };
  },
  Goal_bare(word, _colon, condition): GoalNode {
    const expression = convert<ExpressionNode>(condition);
    const predicate: PredicateNode = { kind: "predicate", expression, span: expression.span };
    return { kind: "goal", name: null, predicates: [predicate], priorities: [], strategies: [], span: spanTo(word, condition) };
  },
  GoalClause: (clause, _) => convert(clause),
  Predicate(_word, _colon, expression): PredicateNode {
    return { kind: "predicate", expression: convert<ExpressionNode>(expression), span: spanOf(this) };
  },
  Strategy(_, _open, _separators, items, _close): StrategyNode {
    return { kind: "strategy", transitions: convertAll<Name>(items), span: spanOf(this) };
  },
  StrategyItem: (name, _) => convert(name),
};
