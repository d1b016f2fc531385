import type { AliasNode } from "./alias.js";
import type { ConstantNode } from "./constant.js";
import type { ExpectsNode } from "./contract.js";
import type { DefineNode } from "./define.js";
import type { DomainNode, LooseNode } from "./domain.js";
import type { EffectNode } from "./effect.js";
import type { ArgumentNode, ExpressionNode, TermNode } from "./expression.js";
import type { FileNode } from "./file.js";
import type { GoalNode, PredicateNode, RealityNode, StrategyNode } from "./goal.js";
import type { HandlerNode } from "./handler.js";
import type { ImportNode } from "./import.js";
import type { InvariantNode } from "./invariant.js";
import type { LaterNode } from "./later.js";
import type { ParameterNode } from "./parameter.js";
import type { PriorityNode } from "./priority.js";
import type { ReceiverNode } from "./receiver.js";
import type { FieldNode, StateNode } from "./state.js";
import type { BranchNode, StatementNode } from "./statement.js";
import type { StartFieldNode, StartNode, SystemNode } from "./system.js";
import type { CooldownNode, StepNode, TransitionNode } from "./transition.js";
import type { RangeNode, TypeNode } from "./type.js";

export type * from "./alias.js";
export type * from "./constant.js";
export type * from "./contract.js";
export type * from "./define.js";
export type * from "./domain.js";
export type * from "./effect.js";
export type * from "./expression.js";
export type * from "./file.js";
export type * from "./goal.js";
export type * from "./handler.js";
export type * from "./import.js";
export type * from "./invariant.js";
export type * from "./later.js";
// The syntax tree: each construct has its nodes in a file of its own, beside what makes them of a match.
export type * from "./node.js";
export type * from "./parameter.js";
export type * from "./priority.js";
export type * from "./receiver.js";
export type * from "./send.js";
export type * from "./state.js";
export type * from "./statement.js";
export type * from "./system.js";
export type * from "./transition.js";
export type * from "./type.js";

/** Any node of the tree. */
export type AnyNode =
  | FileNode
  | ImportNode
  | SystemNode
  | StartNode
  | StartFieldNode
  | LooseNode
  | DomainNode
  | StateNode
  | FieldNode
  | TypeNode
  | RangeNode
  | ConstantNode
  | AliasNode
  | DefineNode
  | GoalNode
  | PredicateNode
  | RealityNode
  | PriorityNode
  | StrategyNode
  | InvariantNode
  | EffectNode
  | ParameterNode
  | ExpectsNode
  | HandlerNode
  | ReceiverNode
  | TransitionNode
  | StepNode
  | CooldownNode
  | ArgumentNode
  | TermNode
  | BranchNode
  | StatementNode
  | ExpressionNode
  | LaterNode;
