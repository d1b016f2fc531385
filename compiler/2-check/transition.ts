import type * as ast from "../1-parse/ast.js";
import { type Context, remarksOf } from "./context.js";
import { checkCondition, checkExpression, checkField, checkParameter, pathText, withArticle } from "./expression.js";
import { reportDuplicates, reportForbidden, reportRepeated } from "./names.js";
import { binaryRule } from "./operators.js";
import { checkParameters } from "./parameter.js";
import { checkPriority } from "./priority.js";
import type { Argument, Assign, Broadcast, Emit, Expression, FieldRead, If, Statement, Transition } from "./program.js";
import { broadcastEvent, checkBroadcast, checkSend } from "./send.js";
import { checkMembers } from "./union.js";
import { usageOf } from "./usage.js";

/** A transition as far as it says so itself: the rest is known when all are checked. */
export type OwnTransition = Omit<Transition, "waitsFor" | "serves" | "priority" | "guards"> & {
  /** Null: that of the goals that it serves. */
  readonly priority: number | null;
};

/** A transition with what it uses. */
export function checkTransition(node: ast.TransitionNode, context: Context): OwnTransition | null {
  const { findings, comments } = context;
  const [step] = node.steps;
  if (step === undefined) {
    findings.report("VED2006", node.name.span, { name: node.name.text });
    return null;
  }
  reportDuplicates(
    "step",
    node.steps.flatMap(({ name }) => name ?? []),
    findings,
  );
  const [cooldown, ...repeated] = node.cooldowns;
  if (cooldown !== undefined) reportRepeated(`cooldown in transition \`${node.name.text}\``, cooldown, repeated, findings);
  const { own, inner } = checkParameters(node.parameters ?? [], context);
  const bodies = node.steps.map((each) => checkStatements(each.body, inner));
  const [body, ...later] = bodies.filter((each) => each !== null);
  if (body === undefined || own === null || later.length + 1 < bodies.length) return null;
  return {
    name: node.name.text,
    parameters: node.parameters === null ? null : own,
    body,
    laterSteps: later.map((each) => ({ body: each })),
    priority: node.priority === null ? null : checkPriority(node.priority, context),
    cooldown: cooldown?.ms ?? 0,
    ...usageOf([body, ...later]),
    span: node.name.span,
    remarks: remarksOf(comments, node.span),
  };
}

/** Statements; null when something in them was reported. */
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
  }
}

function checkEmit(node: ast.EmitNode, outer: Context): Emit | Broadcast | null {
  const event = broadcastEvent(node);
  if (event !== null) return checkBroadcast(event, node.span, outer);
  const context = { ...outer, allowsTime: false };
  const { findings, comments } = context;
  const names = node.arguments.flatMap((argument) => argument.name ?? []);
  reportForbidden([...node.path.names, ...names], findings);
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
  context.effects.add(path, args, node.span);
  const named = names.length > 0;
  return {
    kind: "emit",
    effect: path.join("."),
    named,
    arguments: args,
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
  if (checkParameter(node.target, context) !== null) {
    context.findings.report("VED2014", node.target.span, { name: pathText(node.target) });
    return null;
  }
  const target = checkField(node.target, context);
  const value = checkExpression(node.value, context);
  if (target === null || value === null) return null;
  const result = node.operator === "=" ? value : compound(node, target, value, context);
  if (result === null) return null;
  if (result.type !== target.type) {
    const values = { name: target.field, type: withArticle(target.type), found: withArticle(result.type) };
    context.findings.report("VED3002", node.value.span, values);
    return null;
  }
  if (target.members !== undefined && !checkMembers(target.field, target.members, result, context)) return null;
  return { kind: "assign", field: target.field, value: result, span: node.span, remarks: remarksOf(context.comments, node.span) };
}

function compound(node: ast.AssignNode, target: FieldRead, right: Expression, { findings }: Context): Expression | null {
  // Every compound operator is a binary one and a `=`.
  const operator = node.operator.slice(0, -1) as ast.BinaryOperator;
  const rule = target.type === right.type ? binaryRule(operator, target.type) : null;
  if (rule === null) {
    const values = {
      operator: node.operator,
      name: target.field,
      type: withArticle(target.type),
      found: withArticle(right.type),
    };
    findings.report("VED3011", node.span, values);
    return null;
  }
  return { kind: "binary", rule, left: target, right, type: rule.result, span: node.span };
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
