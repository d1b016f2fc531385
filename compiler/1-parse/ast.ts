import type { Span } from "../diagnostics/diagnostic.js";

/** A name as written, with its place. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

interface Node {
  readonly span: Span;
}

/** A construct of a later level: recognised, named, and not built yet. */
export interface LaterNode extends Node {
  readonly kind: "later";
  readonly construct: string;
  readonly level: 4 | 5;
}

/** A whole file; its domains and what of later levels stands beside them. */
export interface FileNode extends Node {
  readonly kind: "file";
  readonly domains: readonly DomainNode[];
  /** What stands beside the domains and belongs into one; null: nothing does. */
  readonly loose: LooseNode | null;
  /** Signatures of effects that stand beside the domains. */
  readonly effects: readonly EffectNode[];
  readonly imports: readonly ImportNode[];
  readonly systems: readonly SystemNode[];
  readonly later: readonly LaterNode[];
}

/** `import { Worker } from "./worker.ved"`. */
export interface ImportNode extends Node {
  readonly kind: "import";
  readonly names: readonly Name[];
  readonly from: LiteralNode;
}

/** What runs, and from which states. */
export interface SystemNode extends Node {
  readonly kind: "system";
  readonly name: Name;
  readonly starts: readonly StartNode[];
}

/** An instance that a system starts with. */
export interface StartNode extends Node {
  readonly kind: "start";
  readonly domain: Name;
  /** Null: it is called `default`. */
  readonly key: ExpressionNode | null;
  readonly fields: readonly StartFieldNode[];
}

export interface StartFieldNode extends Node {
  readonly kind: "startField";
  readonly name: Name;
  readonly value: ExpressionNode;
}

/** What a domain consists of. */
export interface Members {
  readonly states: readonly StateNode[];
  readonly goals: readonly GoalNode[];
  readonly transitions: readonly TransitionNode[];
  readonly invariants: readonly InvariantNode[];
  readonly handlers: readonly HandlerNode[];
  readonly receivers: readonly ReceiverNode[];
}

/** A domain's parts that stand in a file without a `domain` around them. */
export interface LooseNode extends Node, Members {
  readonly kind: "loose";
}

export interface DomainNode extends Node, Members {
  readonly kind: "domain";
  readonly name: Name;
  readonly effects: readonly EffectNode[];
  readonly later: readonly LaterNode[];
}

export interface StateNode extends Node {
  readonly kind: "state";
  readonly fields: readonly FieldNode[];
}

export interface FieldNode extends Node {
  readonly kind: "field";
  readonly name: Name;
  readonly type: TypeNode;
  readonly default: ExpressionNode | null;
}

/** A type by its name, or a union of strings. */
export type TypeNode = TypeNameNode | UnionNode;

export interface TypeNameNode extends Node {
  readonly kind: "typeName";
  readonly text: string;
}

export interface UnionNode extends Node {
  readonly kind: "union";
  readonly members: readonly LiteralNode[];
}

export interface GoalNode extends Node {
  readonly kind: "goal";
  /** Null: it has none. */
  readonly name: Name | null;
  readonly predicates: readonly PredicateNode[];
  readonly priorities: readonly PriorityNode[];
  readonly strategies: readonly StrategyNode[];
}

/** How important something is: a number, or a word for one. */
export interface PriorityNode extends Node {
  readonly kind: "priority";
  readonly value: LiteralNode | Name;
}

/** The transitions that serve a goal. */
export interface StrategyNode extends Node {
  readonly kind: "strategy";
  readonly transitions: readonly Name[];
}

export interface InvariantNode extends Node {
  readonly kind: "invariant";
  readonly name: Name;
  readonly condition: ExpressionNode;
}

/** The signature of an effect. */
export interface EffectNode extends Node {
  readonly kind: "effect";
  readonly path: PathNode;
  /** Its arguments are given by name. */
  readonly named: boolean;
  readonly parameters: readonly ParameterNode[];
  readonly expects: ExpectsNode | null;
}

export interface ParameterNode extends Node {
  readonly kind: "parameter";
  readonly name: Name;
  readonly type: TypeNode;
}

/** What the world is expected to show once an effect has happened. */
export interface ExpectsNode extends Node {
  readonly kind: "expects";
  readonly condition: ExpressionNode;
  readonly within: DurationNode | null;
}

export interface DurationNode extends Node {
  readonly kind: "duration";
  readonly ms: number;
}

/** What is done about what became of an effect. */
export interface HandlerNode extends Node {
  readonly kind: "handler";
  readonly effect: PathNode;
  readonly outcome: "done" | "failed" | "unknown";
  readonly parameter: ParameterNode | null;
  readonly body: readonly StatementNode[];
}

/** What is done about a message, or about an event that somebody broadcasts. */
export interface ReceiverNode extends Node {
  readonly kind: "receiver";
  readonly message: Name | EventNode;
  readonly parameters: readonly ParameterNode[];
  readonly body: readonly StatementNode[];
}

export interface PredicateNode extends Node {
  readonly kind: "predicate";
  readonly expression: ExpressionNode;
}

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

export type StatementNode = EmitNode | SendNode | IfNode | AssignNode;

/** A message to an instance of a domain. */
export interface SendNode extends Node {
  readonly kind: "send";
  readonly target: Name;
  /** Null: the instance that is called `default`. */
  readonly key: ExpressionNode | null;
  readonly message: Name;
  readonly arguments: readonly ExpressionNode[];
  /** It goes before those that are not. */
  readonly isHigh: boolean;
}

export interface EmitNode extends Node {
  readonly kind: "emit";
  readonly path: PathNode;
  readonly arguments: readonly ArgumentNode[];
}

export interface ArgumentNode extends Node {
  readonly kind: "argument";
  readonly name: Name | null;
  readonly value: ExpressionNode;
}

export interface IfNode extends Node {
  readonly kind: "if";
  readonly branches: readonly BranchNode[];
  readonly otherwise: readonly StatementNode[] | null;
}

export interface BranchNode extends Node {
  readonly kind: "branch";
  readonly condition: ExpressionNode;
  readonly body: readonly StatementNode[];
}

export type AssignOperator = "=" | "+=" | "-=" | "*=" | "/=" | "%=";

export interface AssignNode extends Node {
  readonly kind: "assign";
  readonly target: PathNode;
  readonly operator: AssignOperator;
  readonly value: ExpressionNode;
}

export type ExpressionNode =
  | LiteralNode
  | PathNode
  | UnaryNode
  | BinaryNode
  | LogicalNode
  | TimedNode
  | DurationNode
  | ChainNode
  | CallNode
  | EventNode;

export interface LiteralNode extends Node {
  readonly kind: "literal";
  readonly value: number | boolean | string;
}

export interface PathNode extends Node {
  readonly kind: "path";
  readonly names: readonly Name[];
}

export type UnaryOperator = "!" | "-";

export interface UnaryNode extends Node {
  readonly kind: "unary";
  readonly operator: UnaryOperator;
  readonly operand: ExpressionNode;
}

export type BinaryOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%";

export interface BinaryNode extends Node {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

/** `a < b < c`: comparisons do not chain, and this is reported where it is read. */
export interface ChainNode extends Node {
  readonly kind: "chain";
  readonly operands: readonly ExpressionNode[];
}

/** Operands joined by one logical operator; the operands of a goal's outermost `||` are its realities. */
export interface LogicalNode extends Node {
  readonly kind: "logical";
  readonly operator: "||" | "&&";
  readonly operands: readonly ExpressionNode[];
}

/** `condition for 30s`: the condition has held without a break for so long. */
export interface TimedNode extends Node {
  readonly kind: "timed";
  readonly condition: ExpressionNode;
  readonly duration: DurationNode;
}

export interface CallNode extends Node {
  readonly kind: "call";
  readonly path: PathNode;
}

/** `Event::DatabaseReady`: what somebody may broadcast. */
export interface EventNode extends Node {
  readonly kind: "event";
  readonly scope: Name;
  readonly name: Name;
}

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
  | GoalNode
  | PredicateNode
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
  | ArgumentNode
  | BranchNode
  | StatementNode
  | ExpressionNode
  | LaterNode;
