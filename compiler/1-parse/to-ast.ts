import type { IterationNode, NonterminalNode, Node as OhmNode } from "ohm-js";
import type { Span } from "../diagnostics/diagnostic.js";
import type * as ast from "./ast.js";
import { decodeInt, decodeString } from "./scan.js";
import grammar, { type VedSemantics } from "./ved.ohm-bundle.js";

/** The level of language.md that each later construct belongs to. */
const levels: Readonly<Record<string, ast.LaterNode["level"]>> = {
  effect: 2,
  expects: 2,
  invariant: 2,
  priority: 2,
  "@priority": 2,
  strategy: 2,
  cooldown: 2,
  on: 2,
  for: 2,
  "a union of strings": 2,
  "a duration": 2,
  "a named step": 2,
  slice: 2,
  send: 3,
  send_high: 3,
  "an event": 3,
  "a parameter list": 3,
  import: 3,
  system: 3,
  "state outside a domain": 3,
  "goal outside a domain": 3,
  "transition outside a domain": 3,
  "invariant outside a domain": 3,
  capability: 4,
  scope: 4,
  environment: 4,
  deploy: 4,
  migration: 4,
  "@version": 4,
  test: 5,
};

const semantics: VedSemantics = grammar.createSemantics();

/** The syntax tree of a successful match. No Ohm node leaves this file. */
export function toAst(match: ReturnType<typeof grammar.match>): ast.FileNode {
  return convert<ast.FileNode>(semantics(match));
}

// The one place where an operation's untyped result gets its type: Ohm adds the method `toAst` to every node, its types
// leave it out, and the caller names what the grammar puts there.
function convert<T>(node: object): T {
  return (node as { toAst(): T }).toAst();
}

function convertAll<T>(iteration: OhmNode): T[] {
  return iteration.children.map((child) => convert<T>(child));
}

function convertOptional<T>(iteration: OhmNode): T | null {
  const child = iteration.children[0];
  return child === undefined ? null : convert<T>(child);
}

function spanOf(node: OhmNode): Span {
  return { start: node.source.startIdx, end: node.source.endIdx };
}

/** The node's span without the separators that the rule swallowed behind it. */
function spanTo(first: OhmNode, last: OhmNode): Span {
  return { start: first.source.startIdx, end: last.source.endIdx };
}

function later(construct: string, span: Span): ast.LaterNode {
  return { kind: "later", construct, level: levels[construct] ?? 2, span };
}

function isLater(node: { readonly kind: string }): node is ast.LaterNode {
  return node.kind === "later";
}

/** Folds `first (operator next)*` to the left. */
function fold(first: OhmNode, operators: OhmNode, rest: OhmNode): ast.ExpressionNode {
  let left = convert<ast.ExpressionNode>(first);
  operators.children.forEach((operator, index) => {
    const right = convert<ast.ExpressionNode>(rest.children[index] ?? first);
    left = {
      kind: "binary",
      // The grammar lets nothing else through here.
      operator: operator.sourceString as ast.BinaryOperator,
      operatorSpan: spanOf(operator),
      left,
      right,
      span: { start: left.span.start, end: right.span.end },
    };
  });
  return left;
}

/** One comparison; more of them in a row are a chain, which Ved does not have. */
function comparison(this: OhmNode, first: OhmNode, operators: OhmNode, rest: OhmNode): ast.ExpressionNode {
  if (operators.children.length < 2) return fold(first, operators, rest);
  const operands = [first, ...rest.children].map((operand) => convert<ast.ExpressionNode>(operand));
  return { kind: "chain", operands, span: spanOf(this) };
}

function logical(operator: "||" | "&&", node: OhmNode, first: OhmNode, rest: OhmNode): ast.ExpressionNode {
  if (rest.children.length === 0) return convert<ast.ExpressionNode>(first);
  const operands = [first, ...rest.children].map((operand) => convert<ast.ExpressionNode>(operand));
  return { kind: "logical", operator, operands, span: spanOf(node) };
}

semantics.addOperation<unknown>("toAst", {
  File(_, declarations): ast.FileNode {
    const all = convertAll<ast.DomainNode | ast.LaterNode>(declarations);
    return {
      kind: "file",
      domains: all.filter((node): node is ast.DomainNode => node.kind === "domain"),
      later: all.filter(isLater),
      span: spanOf(this),
    };
  },
  Declaration: (declaration, _) => convert(declaration),
  LaterDeclaration_import: (word, _block, _from, _path): ast.LaterNode => later("import", spanOf(word)),
  LaterDeclaration_other(word, _): ast.LaterNode {
    const construct = word.sourceString;
    const outside = /^(state|goal|transition|invariant)$/.test(construct);
    return later(outside ? `${construct} outside a domain` : construct, spanOf(word));
  },

  Domain(_, name, _open, _separators, memberNodes, _close): ast.DomainNode {
    const members = convertAll<ast.StateNode | ast.GoalNode | ast.TransitionNode | ast.LaterNode>(memberNodes);
    return {
      kind: "domain",
      name: convert<ast.Name>(name),
      states: members.filter((node): node is ast.StateNode => node.kind === "state"),
      goals: members.filter((node): node is ast.GoalNode => node.kind === "goal"),
      transitions: members.filter((node): node is ast.TransitionNode => node.kind === "transition"),
      later: members.filter(isLater),
      span: spanOf(this),
    };
  },
  Member: (member, _) => convert(member),
  LaterMember: (word, _): ast.LaterNode => later(word.sourceString, spanOf(word)),

  State(_, _open, _separators, fields, _close): ast.StateNode {
    return { kind: "state", fields: convertAll<ast.FieldNode>(fields), span: spanOf(this) };
  },
  Field(name, _colon, type, initial, _separators): ast.FieldNode {
    return {
      kind: "field",
      name: convert<ast.Name>(name),
      type: convert<ast.Name | ast.LaterNode>(type),
      default: convertOptional<ast.ExpressionNode>(initial),
      span: spanTo(name, initial.children[0] ?? type),
    };
  },
  Default: (_, expression) => convert(expression),
  Type_union(_first, _bars, _rest): ast.LaterNode {
    return later("a union of strings", spanOf(this));
  },
  Type_named: (name) => convert(name),

  Goal(_, name, _open, _separators, clauseNodes, _close): ast.GoalNode {
    const clauses = convertAll<ast.PredicateNode | ast.LaterNode>(clauseNodes);
    return {
      kind: "goal",
      name: convert<ast.Name>(name),
      predicates: clauses.filter((node): node is ast.PredicateNode => node.kind === "predicate"),
      later: clauses.filter(isLater),
      span: spanOf(this),
    };
  },
  GoalClause: (clause, _) => convert(clause),
  Predicate(_word, _colon, expression): ast.PredicateNode {
    return { kind: "predicate", expression: convert<ast.ExpressionNode>(expression), span: spanOf(this) };
  },
  LaterGoalClause_priority: (word, _): ast.LaterNode => later("priority", spanOf(word)),
  LaterGoalClause_strategy: (word, _): ast.LaterNode => later("strategy", spanOf(word)),

  Transition(_, name, parameters, _open, _separators, clauseNodes, _close): ast.TransitionNode {
    const clauses = convertAll<ast.StepNode | ast.LaterNode>(clauseNodes);
    const listed = parameters.children.map((node) => later("a parameter list", spanOf(node)));
    return {
      kind: "transition",
      name: convert<ast.Name>(name),
      steps: clauses.filter((node): node is ast.StepNode => node.kind === "step"),
      later: [...listed, ...clauses.filter(isLater)],
      span: spanOf(this),
    };
  },
  TransitionClause: (clause, _) => convert(clause),
  LaterTransitionClause_cooldown: (word, _): ast.LaterNode => later("cooldown", spanOf(word)),
  LaterTransitionClause_on: (word, _): ast.LaterNode => later("on", spanOf(word)),
  Step(word, name, block): ast.StepNode | ast.LaterNode {
    const label = name.children[0];
    if (word.sourceString !== "step") return later("slice", spanOf(word));
    if (label !== undefined) return later("a named step", spanTo(word, label));
    return { kind: "step", body: convert<ast.StatementNode[]>(block), span: spanOf(this) };
  },
  Block: (_open, _separators, statements, _close) => convertAll<ast.StatementNode>(statements),

  Statement: (statement, _) => convert(statement),
  Emit(_, path, _open, args, _comma, _close): ast.EmitNode {
    return {
      kind: "emit",
      path: convert<ast.PathNode>(path),
      arguments: convert<ast.ArgumentNode[]>(args),
      span: spanOf(this),
    };
  },
  Send: (word, _): ast.LaterNode => later(word.sourceString, spanOf(word)),
  If(_, condition, block, elseIfs, otherwise): ast.IfNode {
    const first: ast.BranchNode = {
      kind: "branch",
      condition: convert<ast.ExpressionNode>(condition),
      body: convert<ast.StatementNode[]>(block),
      span: spanTo(condition, block),
    };
    return {
      kind: "if",
      branches: [first, ...convertAll<ast.BranchNode>(elseIfs)],
      otherwise: convertOptional<ast.StatementNode[]>(otherwise),
      span: spanOf(this),
    };
  },
  ElseIf(_else, _if, condition, block): ast.BranchNode {
    return {
      kind: "branch",
      condition: convert<ast.ExpressionNode>(condition),
      body: convert<ast.StatementNode[]>(block),
      span: spanTo(condition, block),
    };
  },
  Else: (_, block) => convert(block),
  Assign(target, operator, value): ast.AssignNode {
    return {
      kind: "assign",
      target: convert<ast.PathNode>(target),
      // The grammar lets nothing else through here.
      operator: operator.sourceString as ast.AssignOperator,
      value: convert<ast.ExpressionNode>(value),
      span: spanOf(this),
    };
  },

  Argument_named(name, _, value): ast.ArgumentNode {
    return {
      kind: "argument",
      name: convert<ast.Name>(name),
      value: convert<ast.ExpressionNode>(value),
      span: spanOf(this),
    };
  },
  Argument_value(value): ast.ArgumentNode {
    return { kind: "argument", name: null, value: convert<ast.ExpressionNode>(value), span: spanOf(this) };
  },

  Expression: (expression) => convert(expression),
  Or(first, _, rest) {
    return logical("||", this, first, rest);
  },
  And(first, _, rest) {
    return logical("&&", this, first, rest);
  },
  Timed(expression, word, _): ast.ExpressionNode {
    const duration = word.children[0];
    return duration === undefined ? convert<ast.ExpressionNode>(expression) : later("for", spanOf(duration));
  },
  Equality: comparison,
  Relation: comparison,
  Sum: fold,
  Product: fold,
  Unary(operators, primary): ast.ExpressionNode {
    return operators.children.reduceRight<ast.ExpressionNode>((operand, operator) => {
      const span = { start: operator.source.startIdx, end: operand.span.end };
      // The grammar lets nothing else through here.
      return { kind: "unary", operator: operator.sourceString as ast.UnaryOperator, operand, span };
    }, convert<ast.ExpressionNode>(primary));
  },
  Primary_parenthesised(_open, expression, _close): ast.ExpressionNode {
    return { ...convert<ast.ExpressionNode>(expression), span: spanOf(this) };
  },
  Primary_duration(_): ast.LaterNode {
    return later("a duration", spanOf(this));
  },
  Primary_int(literal): ast.LiteralNode {
    return { kind: "literal", value: decodeInt(literal.sourceString), span: spanOf(this) };
  },
  Primary_string(literal): ast.LiteralNode {
    return { kind: "literal", value: decodeString(literal.sourceString), span: spanOf(this) };
  },
  Primary_boolean(literal): ast.LiteralNode {
    return { kind: "literal", value: literal.sourceString === "true", span: spanOf(this) };
  },
  Primary_event(_scope, _colons, _name): ast.LaterNode {
    return later("an event", spanOf(this));
  },
  Primary_call(path, _open, _args, _comma, _close): ast.CallNode {
    return { kind: "call", path: convert<ast.PathNode>(path), span: spanOf(this) };
  },
  Primary_path: (path) => convert(path),
  Path(first, _, rest): ast.PathNode {
    return { kind: "path", names: [convert<ast.Name>(first), ...convertAll<ast.Name>(rest)], span: spanOf(this) };
  },
  name(_first: NonterminalNode, _rest: IterationNode): ast.Name {
    return { text: this.sourceString, span: spanOf(this) };
  },

  NonemptyListOf(first, _, rest) {
    return [convert(first), ...convertAll(rest)];
  },
  EmptyListOf: () => [],
});
