import type { Node as OhmNode } from "ohm-js";
import type { Span } from "../diagnostics/diagnostic.js";
import type * as ast from "./ast.js";
import { decodeString } from "./scan.js";

// The one place where an operation's untyped result gets its type: Ohm adds the method `toAst` to every node, its types
// leave it out, and the caller names what the grammar puts there.
export function convert<T>(node: object): T {
  return (node as { toAst(): T }).toAst();
}

/** What the nodes of a repetition became. */
export function convertAll<T>(iteration: OhmNode): T[] {
  return iteration.children.map((child) => convert<T>(child));
}

/** What an optional node became; null: it is not there. */
export function convertOptional<T>(iteration: OhmNode): T | null {
  const child = iteration.children[0];
  return child === undefined ? null : convert<T>(child);
}

/** The place of a node. */
export function spanOf(node: OhmNode): Span {
  return { start: node.source.startIdx, end: node.source.endIdx };
}

/** The node's span without the separators that the rule swallowed behind it. */
export function spanTo(first: OhmNode, last: OhmNode): Span {
  return { start: first.source.startIdx, end: last.source.endIdx };
}

/** A construct that is not built yet. */
export function later(construct: string, span: Span): ast.LaterNode {
  return { kind: "later", construct, level: construct === "test" ? 5 : 4, span };
}

/** The nodes of one kind. */
export function ofKind<N extends { readonly kind: string }, K extends N["kind"]>(
  nodes: readonly N[],
  kind: K,
): Extract<N, { kind: K }>[] {
  return nodes.filter((node): node is Extract<N, { kind: K }> => node.kind === kind);
}

/** What may stand in a domain. */
export type MemberNode =
  | ast.StateNode
  | ast.GoalNode
  | ast.TransitionNode
  | ast.InvariantNode
  | ast.EffectNode
  | ast.HandlerNode
  | ast.ReceiverNode
  | ast.LaterNode;

/** What may stand in a file. */
export type DeclarationNode = MemberNode | ast.ImportNode | ast.DomainNode | ast.SystemNode;

/** Folds `first (operator next)*` to the left. */
export function fold(first: OhmNode, operators: OhmNode, rest: OhmNode): ast.ExpressionNode {
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
export function comparison(this: OhmNode, first: OhmNode, operators: OhmNode, rest: OhmNode): ast.ExpressionNode {
  if (operators.children.length < 2) return fold(first, operators, rest);
  const operands = [first, ...rest.children].map((operand) => convert<ast.ExpressionNode>(operand));
  return { kind: "chain", operands, span: spanOf(this) };
}

/** Operands joined by one logical operator. */
export function logical(operator: "||" | "&&", node: OhmNode, first: OhmNode, rest: OhmNode): ast.ExpressionNode {
  if (rest.children.length === 0) return convert<ast.ExpressionNode>(first);
  const operands = [first, ...rest.children].map((operand) => convert<ast.ExpressionNode>(operand));
  return { kind: "logical", operator, operands, span: spanOf(node) };
}

/** Members of a domain in the order of their kinds. */
export function membersByKind(members: readonly MemberNode[]): ast.Members {
  return {
    states: ofKind(members, "state"),
    goals: ofKind(members, "goal"),
    transitions: ofKind(members, "transition"),
    invariants: ofKind(members, "invariant"),
    handlers: ofKind(members, "handler"),
    receivers: ofKind(members, "receiver"),
  };
}

type Beside = "effect" | "later" | "import" | "domain" | "system";
type LooseMember = Exclude<DeclarationNode, { readonly kind: Beside }>;

const beside: ReadonlySet<string> = new Set<Beside>(["effect", "later", "import", "domain", "system"]);

/** What stands beside the domains and belongs into one; null: nothing does. */
export function looseMembers(declarations: readonly DeclarationNode[]): ast.LooseNode | null {
  const loose = declarations.filter((node): node is LooseMember => !beside.has(node.kind));
  const [first, last] = [loose[0], loose.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { kind: "loose", ...membersByKind(loose), span: { start: first.span.start, end: last.span.end } };
}

/** A string. */
export function stringLiteral(node: OhmNode): ast.LiteralNode {
  return { kind: "literal", value: decodeString(node.sourceString), span: spanOf(node) };
}

/** What both spellings of a signature have in common. */
export function effectNode(path: OhmNode, parameters: readonly ast.ParameterNode[], expects: OhmNode) {
  return {
    kind: "effect" as const,
    path: convert<ast.PathNode>(path),
    parameters,
    expects: convertOptional<ast.ExpectsNode>(expects),
  };
}

/** A name that stands as a string, as older programs have it. */
export function nameInQuotes(node: OhmNode): ast.Name {
  return { text: decodeString(node.sourceString), span: spanOf(node) };
}
