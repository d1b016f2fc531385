import type * as ast from "../1-parse/ast.js";
import { ownKey } from "../language/name.js";
import { type ArithmeticOperator, arithmeticRule } from "../language/operator.js";
import { withArticle } from "../language/type.js";
import { unreachable } from "../language/unreachable.js";
import { type Context, remarksOf } from "./context.js";
import { checkCondition, checkExpression, definitionAt, pathText, resolveField, resolveParameter } from "./expression.js";
import { constantAt } from "./literal.js";
import { reportForbidden } from "./names.js";
import { reportOwnKey } from "./own-key.js";
import type { Argument, Assign, Broadcast, Emit, Expression, FieldRead, If, Statement } from "./program.js";
import { fitted } from "./range.js";
import { broadcastEvent, checkBroadcast, checkSend } from "./send.js";
import { checkMembers, wanting } from "./union.js";

/** Checks statements; null when something in them was reported. */
export function checkStatements(nodes: readonly ast.StatementNode[], context: Context): Statement[] | null {
  const statements = nodes.map((node) => checkStatement(node, context));
  const sound = statements.filter((statement) => statement !== null);
  return sound.length < statements.length ? null : sound;
}

function checkStatement(node: ast.StatementNode, context: Context): Statement | null {
  switch (node.kind) {
    case "emit":
      return checkEmit(node, context);
    case "assign":
      return checkAssign(node, context);
    case "if":
      return checkIf(node, context);
    case "send":
      return checkSend(node, context);
    default:
      return unreachable(node);
  }
}

function checkEmit(node: ast.EmitNode, outer: Context): Emit | Broadcast | null {
  const event = broadcastEvent(node);
  if (event !== null) return checkBroadcast(event, node.span, outer);
  const context = { ...outer, allowsTime: false };
  const { findings, comments } = context;
  const names = node.arguments.flatMap((argument) => argument.name ?? []);
  reportForbidden([...node.path.names, ...names], findings);
  reportOwnKey(names, findings);
  if (names.length > 0 && names.length < node.arguments.length) {
    findings.report("VED2011", node.span, { effect: pathText(node.path) });
  }
  reportRepeatedArguments(names, pathText(node.path), context);
  const args: Argument[] = [];
  for (const argument of node.arguments) {
    const value = checkExpression(argument.value, context);
    if (value !== null) args.push({ name: argument.name?.text ?? null, value });
  }
  if (args.length < node.arguments.length) return null;
  const path = node.path.names.map((name) => name.text);
  const fit = context.effects.fitted(path, args);
  if (fit === null) return null;
  context.effects.add(path, args, node.span);
  const named = names.length > 0;
  return {
    kind: "emit",
    effect: path.join("."),
    named,
    arguments: fit,
    span: node.span,
    remarks: remarksOf(comments, node.span),
  };
}

function reportRepeatedArguments(names: readonly ast.Name[], effect: string, { findings }: Context): void {
  names.forEach((name, index) => {
    const first = names.findIndex((other) => other.text === name.text);
    if (first < index) findings.report("VED2003", name.span, { what: `argument \`${name.text}\` of \`${effect}\`` });
  });
}

function checkAssign(node: ast.AssignNode, outer: Context): Assign | null {
  const context = { ...outer, allowsTime: false };
  const fixed = whatIsFixed(node.target, context);
  if (fixed !== null) {
    context.findings.report("VED2014", node.target.span, { name: pathText(node.target), what: fixed });
    return null;
  }
  const target = resolveField(node.target, context);
  const value = checkExpression(node.value, wanting(context, node.value, target));
  if (target === null || value === null) return null;
  const result = node.operator === "=" ? value : compound(node, target, value, context);
  if (result === null) return null;
  if (result.type !== target.type) {
    const values = { name: target.field, type: withArticle(target.type), found: withArticle(result.type) };
    context.findings.report("VED3002", node.value.span, values);
    return null;
  }
  if (target.members !== undefined && !checkMembers(target.field, target.members, result, context)) return null;
  const fit = fitted(target.field, target.range, result, context, context.saturates);
  return (
    fit && { kind: "assign", field: target.field, value: fit, span: node.span, remarks: remarksOf(context.comments, node.span) }
  );
}

/** Says what a name stands for that cannot be assigned; null: it is none of that. */
function whatIsFixed(path: ast.PathNode, context: Context): string | null {
  if (pathText(path) === ownKey) return "the instance's own key";
  if (resolveParameter(path, context) !== null) return "a parameter";
  if (constantAt(path, context.vocabulary) !== undefined) return "a constant";
  return definitionAt(path, context.definitions) === undefined ? null : "a definition";
}

function compound(node: ast.AssignNode, target: FieldRead, right: Expression, { findings }: Context): Expression | null {
  // Every compound operator is one of arithmetic and a `=`.
  const operator = node.operator.slice(0, -1) as ArithmeticOperator;
  const rule = target.type === right.type ? arithmeticRule(operator, target.type) : undefined;
  if (rule === undefined) {
    const values = {
      operator: node.operator,
      name: target.field,
      type: withArticle(target.type),
      found: withArticle(right.type),
    };
    findings.report("VED3011", node.span, values);
    return null;
  }
  return { kind: "arithmetic", first: target, rest: [{ rule, operand: right }], type: target.type, span: node.span };
}

function checkIf(node: ast.IfNode, context: Context): If | null {
  const branches = node.branches.map((branch) => {
    const condition = checkCondition(branch.condition, "The condition of `if`", context);
    const body = checkStatements(branch.body, context);
    return condition === null || body === null ? null : { condition, body };
  });
  const sound = branches.filter((branch) => branch !== null);
  const otherwise = node.otherwise === null ? null : checkStatements(node.otherwise, context);
  if (sound.length < branches.length || (node.otherwise !== null && otherwise === null)) return null;
  return { kind: "if", branches: sound, otherwise, span: node.span, remarks: remarksOf(context.comments, node.span) };
}
