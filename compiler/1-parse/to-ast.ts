import type { IterationNode, NonterminalNode } from "ohm-js";
import { durationOf } from "../language/duration.js";
import type * as ast from "./ast.js";
import {
  comparison,
  convert,
  convertAll,
  convertOptional,
  type DeclarationNode,
  effectNode,
  fold,
  later,
  logical,
  looseMembers,
  type MemberNode,
  membersByKind,
  ofKind,
  spanOf,
  spanTo,
  stringLiteral,
} from "./convert.js";
import { decodeInt } from "./scan.js";
import { systemActions } from "./system-to-ast.js";
import grammar, { type VedSemantics } from "./ved.ohm-bundle.js";

const semantics: VedSemantics = grammar.createSemantics();

/** The syntax tree of a successful match. No Ohm node leaves this file. */
export function toAst(match: ReturnType<typeof grammar.match>): ast.FileNode {
  return convert<ast.FileNode>(semantics(match));
}

semantics.addOperation<unknown>("toAst", {
  ...systemActions,
  File(_, declarations): ast.FileNode {
    const all = convertAll<DeclarationNode>(declarations);
    return {
      kind: "file",
      domains: ofKind(all, "domain"),
      loose: looseMembers(all),
      effects: ofKind(all, "effect"),
      imports: ofKind(all, "import"),
      systems: ofKind(all, "system"),
      later: ofKind(all, "later"),
      span: spanOf(this),
    };
  },
  Declaration: (declaration, _) => convert(declaration),
  LaterDeclaration: (word, _): ast.LaterNode => later(word.sourceString, spanOf(word)),
  Domain(_, name, _open, _separators, memberNodes, _close): ast.DomainNode {
    const members = convertAll<MemberNode>(memberNodes);
    return {
      kind: "domain",
      name: convert<ast.Name>(name),
      ...membersByKind(members),
      effects: ofKind(members, "effect"),
      later: ofKind(members, "later"),
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
      type: convert<ast.TypeNode>(type),
      default: convertOptional<ast.ExpressionNode>(initial),
      span: spanTo(name, initial.children[0] ?? type),
    };
  },
  Default: (_, expression) => convert(expression),
  Type_union(first, _bars, rest): ast.UnionNode {
    const members = [first, ...rest.children].map(stringLiteral);
    return { kind: "union", members, span: spanOf(this) };
  },
  Type_named(name): ast.TypeNameNode {
    return { kind: "typeName", text: name.sourceString, span: spanOf(this) };
  },

  Goal_named(_, name, _open, _separators, clauseNodes, _close): ast.GoalNode {
    const clauses = convertAll<ast.PredicateNode | ast.PriorityNode | ast.StrategyNode>(clauseNodes);
    return {
      kind: "goal",
      name: convert<ast.Name>(name),
      predicates: ofKind(clauses, "predicate"),
      priorities: ofKind(clauses, "priority"),
      strategies: ofKind(clauses, "strategy"),
      span: spanOf(this),
    };
  },
  Goal_bare(word, _colon, condition): ast.GoalNode {
    const expression = convert<ast.ExpressionNode>(condition);
    const predicate: ast.PredicateNode = { kind: "predicate", expression, span: expression.span };
    return { kind: "goal", name: null, predicates: [predicate], priorities: [], strategies: [], span: spanTo(word, condition) };
  },
  GoalClause: (clause, _) => convert(clause),
  Predicate(_word, _colon, expression): ast.PredicateNode {
    return { kind: "predicate", expression: convert<ast.ExpressionNode>(expression), span: spanOf(this) };
  },
  Priority(_, importance): ast.PriorityNode {
    return { kind: "priority", value: convert<ast.PriorityNode["value"]>(importance), span: spanOf(this) };
  },
  Importance(value): ast.PriorityNode["value"] {
    const { sourceString } = value;
    if (!/^\d/.test(sourceString)) return { text: sourceString, span: spanOf(value) };
    return { kind: "literal", value: decodeInt(sourceString), span: spanOf(value) };
  },
  Strategy(_, _open, _separators, items, _close): ast.StrategyNode {
    return { kind: "strategy", transitions: convertAll<ast.Name>(items), span: spanOf(this) };
  },
  StrategyItem: (name, _) => convert(name),

  Invariant(_, name, _open, condition, _close): ast.InvariantNode {
    return {
      kind: "invariant",
      name: convert<ast.Name>(name),
      condition: convert<ast.ExpressionNode>(condition),
      span: spanOf(this),
    };
  },

  Effect_positional(_, path, _open, parameters, _comma, _close, expects): ast.EffectNode {
    const listed = convert<ast.ParameterNode[]>(parameters);
    return { ...effectNode(path, listed, expects), named: false, span: spanOf(this) };
  },
  Effect_named(_, path, _open, _s, _payload, _brace, _t, parameters, _end, _u, _close, expects): ast.EffectNode {
    const listed = convertAll<ast.ParameterNode>(parameters);
    return { ...effectNode(path, listed, expects), named: listed.length > 0, span: spanOf(this) };
  },
  Parameter(name, _, type): ast.ParameterNode {
    return { kind: "parameter", name: convert<ast.Name>(name), type: convert<ast.TypeNode>(type), span: spanOf(this) };
  },
  PayloadItem: (parameter, _) => convert(parameter),
  Expects(_, condition, within): ast.ExpectsNode {
    return {
      kind: "expects",
      condition: convert<ast.ExpressionNode>(condition),
      within: convertOptional<ast.DurationNode>(within),
      span: spanOf(this),
    };
  },
  Within: (_, duration) => convert(duration),

  Handler(_, effect, outcome, binding, block): ast.HandlerNode {
    return {
      kind: "handler",
      effect: convert<ast.PathNode>(effect),
      // The grammar lets nothing else through here.
      outcome: outcome.sourceString as ast.HandlerNode["outcome"],
      parameter: convertOptional<ast.ParameterNode>(binding),
      body: convert<ast.StatementNode[]>(block),
      span: spanOf(this),
    };
  },
  Binding: (_open, parameter, _close) => convert(parameter),

  Transition(annotation, word, name, parameters, _open, _separators, clauseNodes, _close): ast.TransitionNode {
    const clauses = convertAll<ast.StepNode | ast.DurationNode>(clauseNodes);
    return {
      kind: "transition",
      name: convert<ast.Name>(name),
      steps: ofKind(clauses, "step"),
      priority: convertOptional<ast.PriorityNode>(annotation),
      cooldowns: ofKind(clauses, "duration"),
      parameters: convertOptional<ast.ParameterNode[]>(parameters),
      span: spanTo(annotation.children[0] ?? word, this),
    };
  },
  Annotation(_word, _open, importance, _close): ast.PriorityNode {
    return { kind: "priority", value: convert<ast.PriorityNode["value"]>(importance), span: spanOf(this) };
  },
  TransitionClause: (clause, _) => convert(clause),
  Cooldown: (_, duration) => convert(duration),
  Step(_, name, block): ast.StepNode {
    const body = convert<ast.StatementNode[]>(block);
    return { kind: "step", name: convertOptional<ast.Name>(name), body, span: spanOf(this) };
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
  Timed(expression, _, lasting): ast.ExpressionNode {
    const condition = convert<ast.ExpressionNode>(expression);
    const duration = convertOptional<ast.DurationNode>(lasting);
    return duration === null ? condition : { kind: "timed", condition, duration, span: spanOf(this) };
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
  Primary_duration: (duration) => convert(duration),
  duration(_digits, _unit): ast.DurationNode {
    return { kind: "duration", ms: durationOf(this.sourceString), span: spanOf(this) };
  },
  Primary_int(literal): ast.LiteralNode {
    return { kind: "literal", value: decodeInt(literal.sourceString), span: spanOf(this) };
  },
  Primary_string: (literal): ast.LiteralNode => stringLiteral(literal),
  Primary_boolean(literal): ast.LiteralNode {
    return { kind: "literal", value: literal.sourceString === "true", span: spanOf(this) };
  },
  Primary_event(scope, _colons, name): ast.EventNode {
    return { kind: "event", scope: convert<ast.Name>(scope), name: convert<ast.Name>(name), span: spanOf(this) };
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
