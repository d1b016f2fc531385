import { convert, convertAll, convertOptional, spanOf, spanTo } from "./convert.js";
import type { ArgumentNode, ExpressionNode, PathNode } from "./expression.js";
import type { VedActionDict } from "./generated/ved.ohm-bundle.js";
import type { Node } from "./node.js";
import type { SendNode } from "./send.js";

/** A statement of any kind. */
export type StatementNode = EmitNode | SendNode | IfNode | AssignNode;

/** `emit Network.UpdateDNS(target)`: an effect on the world. */
export interface EmitNode extends Node {
  readonly kind: "emit";
  readonly path: PathNode;
  readonly arguments: readonly ArgumentNode[];
}

/** An `if` with its `else if` and `else`. */
export interface IfNode extends Node {
  readonly kind: "if";
  readonly branches: readonly BranchNode[];
  readonly otherwise: readonly StatementNode[] | null;
}

/** A condition of an `if`, and what is done where it is the first to hold. */
export interface BranchNode extends Node {
  readonly kind: "branch";
  readonly condition: ExpressionNode;
  readonly body: readonly StatementNode[];
}

/** The operators that assign a field. */
export type AssignOperator = "=" | "+=" | "-=" | "*=" | "/=" | "%=";

/** `field = value`, `field += 1` and the like. */
export interface AssignNode extends Node {
  readonly kind: "assign";
  readonly target: PathNode;
  readonly operator: AssignOperator;
  readonly value: ExpressionNode;
}

/** Turns matches of statements into nodes. */
export const statementActions: VedActionDict<unknown> = {
  Block: (_open, _separators, statements, _close) => convertAll<StatementNode>(statements),
  Statement: (statement, _) => convert(statement),
  Emit(_, path, passed): EmitNode {
    return {
      kind: "emit",
      path: convert<PathNode>(path),
      arguments: convertOptional<ArgumentNode[]>(passed) ?? [],
      span: spanOf(this),
    };
  },
  Passed: (_open, args, _comma, _close) => convert(args),
  If(_, condition, block, elseIfs, otherwise): IfNode {
    const first: BranchNode = {
      kind: "branch",
      condition: convert<ExpressionNode>(condition),
      body: convert<StatementNode[]>(block),
      span: spanTo(condition, block),
    };
    return {
      kind: "if",
      branches: [first, ...convertAll<BranchNode>(elseIfs)],
      otherwise: convertOptional<StatementNode[]>(otherwise),
      span: spanOf(this),
    };
  },
  ElseIf(_else, _if, condition, block): BranchNode {
    return {
      kind: "branch",
      condition: convert<ExpressionNode>(condition),
      body: convert<StatementNode[]>(block),
      span: spanTo(condition, block),
    };
  },
  Else: (_, block) => convert(block),
  Assign(target, operator, value): AssignNode {
    return {
      kind: "assign",
      target: convert<PathNode>(target),
      // The grammar lets nothing else through here.
      operator: operator.sourceString as AssignOperator,
      value: convert<ExpressionNode>(value),
      span: spanOf(this),
    };
  },
};
