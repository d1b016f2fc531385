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
  readonly level: 2 | 3 | 4 | 5;
}

/** A whole file; its domains and what of later levels stands beside them. */
export interface FileNode extends Node {
  readonly kind: "file";
  readonly domains: readonly DomainNode[];
  readonly later: readonly LaterNode[];
}

export interface DomainNode extends Node {
  readonly kind: "domain";
  readonly name: Name;
  readonly states: readonly StateNode[];
  readonly goals: readonly GoalNode[];
  readonly transitions: readonly TransitionNode[];
  readonly later: readonly LaterNode[];
}

export interface StateNode extends Node {
  readonly kind: "state";
  readonly fields: readonly FieldNode[];
}

export interface FieldNode extends Node {
  readonly kind: "field";
  readonly name: Name;
  readonly type: Name | LaterNode;
  readonly default: ExpressionNode | null;
}

export interface GoalNode extends Node {
  readonly kind: "goal";
  readonly name: Name;
  readonly predicates: readonly PredicateNode[];
  readonly later: readonly LaterNode[];
}

export interface PredicateNode extends Node {
  readonly kind: "predicate";
  readonly expression: ExpressionNode;
}

export interface TransitionNode extends Node {
  readonly kind: "transition";
  readonly name: Name;
  readonly steps: readonly StepNode[];
  readonly later: readonly LaterNode[];
}

export interface StepNode extends Node {
  readonly kind: "step";
  readonly body: readonly StatementNode[];
}

export type StatementNode = EmitNode | IfNode | AssignNode | LaterNode;

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

export type ExpressionNode = LiteralNode | PathNode | UnaryNode | BinaryNode | LogicalNode | ChainNode | CallNode | LaterNode;

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

export interface CallNode extends Node {
  readonly kind: "call";
  readonly path: PathNode;
}

export type AnyNode =
  | FileNode
  | DomainNode
  | StateNode
  | FieldNode
  | GoalNode
  | PredicateNode
  | TransitionNode
  | StepNode
  | ArgumentNode
  | BranchNode
  | StatementNode
  | ExpressionNode;
