import type * as ast from "../1-parse/ast.js";
import { suggest } from "../diagnostics/suggest.js";
import { durationText } from "../language/duration.js";
import { canonicalText, timedText } from "./canonical.js";
import type { Context } from "./context.js";
import { binaryRule, operandTypes, unaryRule } from "./operators.js";
import { type Expression, type FieldRead, type ParameterRead, type Type, typeOf } from "./program.js";
import { canBeAlike, reportDisjoint } from "./union.js";

/** Resolves and types an expression; null when something in it was reported. */
export function checkExpression(node: ast.ExpressionNode, context: Context): Expression | null {
  switch (node.kind) {
    case "literal":
      return { kind: "literal", value: node.value, type: typeOf(node.value), span: node.span };
    case "path":
      return checkParameter(node, context) ?? checkField(node, context);
    case "unary":
      return checkUnary(node, context);
    case "binary":
      return checkBinary(node, context);
    case "logical":
      return checkLogical(node, context);
    case "timed":
      return checkTimed(node, context);
    case "duration":
      context.findings.report("VED2012", node.span, { duration: durationText(node.ms) });
      return null;
    case "call":
      context.findings.report("VED2010", node.span, { call: pathText(node.path) });
      return null;
    case "event":
      context.findings.report("VED2023", node.span, { name: node.name.text });
      return null;
    case "chain":
      return null;
  }
}

/** An expression that must be a `bool`; `role` says what for, as in "The condition of `if`". */
export function checkCondition(node: ast.ExpressionNode, role: string, context: Context): Expression | null {
  const expression = checkExpression(node, context);
  if (expression === null || expression.type === "bool") return expression;
  context.findings.report("VED3003", node.span, { role, type: withArticle(expression.type) });
  return null;
}

/** What a handler was told under the name that a path is; null: nothing. */
export function checkParameter({ names, span }: ast.PathNode, { parameters }: Context): ParameterRead | null {
  const [name, ...more] = names;
  const ref = name === undefined || more.length > 0 ? null : (parameters.get(name.text) ?? null);
  return name === undefined || ref === null ? null : { kind: "parameter", parameter: name.text, ...ref, span };
}

/** The field that a path names (`x` or `state.x`); null when there is none, which is reported. */
export function checkField(path: ast.PathNode, context: Context): FieldRead | null {
  const [first, second] = path.names;
  const isQualified = path.names.length === 2 && first?.text === "state";
  const name = isQualified ? second : first;
  if (name === undefined) return null;
  if (path.names.length > 1 && !isQualified) {
    context.findings.report("VED2009", path.span, { path: pathText(path) });
    return null;
  }
  const ref = context.types.get(name.text);
  // A parameter whose type is wrong was reported where it stands.
  if (ref === undefined && context.parameters.has(name.text)) return null;
  if (ref === undefined) {
    const fix = suggest(name.text, [...context.types.keys(), ...context.parameters.keys()], name.span);
    const notes = context.types.size === 0 ? ["The domain declares no fields."] : [];
    const values = { name: name.text, domain: context.domain.name.text };
    context.findings.report("VED2001", name.span, values, { fix, notes });
  }
  return ref ? { kind: "field", field: name.text, ...ref, span: path.span } : null;
}

/** A path as it was written, without white space. */
export function pathText(path: ast.PathNode): string {
  return path.names.map((name) => name.text).join(".");
}

/** A type in a sentence: "an int". */
export function withArticle(type: Type): string {
  return type === "int" ? "an int" : `a ${type}`;
}

function checkUnary(node: ast.UnaryNode, context: Context): Expression | null {
  const operand = checkExpression(node.operand, context);
  if (operand === null) return null;
  const rule = unaryRule(node.operator);
  if (operand.type !== rule.operands) {
    const values = { operator: node.operator, expected: withArticle(rule.operands), type: withArticle(operand.type) };
    context.findings.report("VED3010", node.span, values);
    return null;
  }
  return { kind: "unary", rule, operand, type: rule.operands, span: node.span };
}

function checkBinary(node: ast.BinaryNode, context: Context): Expression | null {
  const left = checkExpression(node.left, context);
  const right = checkExpression(node.right, context);
  if (left === null || right === null) return null;
  const rule = left.type === right.type ? binaryRule(node.operator, left.type) : null;
  if (rule === null) {
    reportOperands(node, left.type, right.type, context);
    return null;
  }
  if (!canBeAlike(left, right)) {
    reportDisjoint(left, right, context);
    return null;
  }
  return { kind: "binary", rule, left, right, type: rule.result, span: node.span };
}

/** `condition for 30s`: the value of a field that the runtime keeps. */
function checkTimed({ condition: inner, duration, span }: ast.TimedNode, context: Context): Expression | null {
  if (!context.allowsTime) {
    context.findings.report("VED3014", span, {});
    return null;
  }
  const condition = checkCondition(inner, "What `for` asks about", context);
  if (condition === null) return null;
  const text = canonicalText(condition);
  const name = `${timedText(condition)} for ${durationText(duration.ms)}`;
  if (!context.durations.has(name)) context.durations.set(name, { name, condition, text, ms: duration.ms });
  return { kind: "timed", field: name, condition, type: "bool", span };
}

function reportOperands(node: ast.BinaryNode, left: Type, right: Type, { findings }: Context): void {
  const takes = operandTypes(node.operator);
  const expected =
    takes.length === 3 ? "two operands of one type" : takes.map((type) => `two ${type === "bool" ? "bool" : type}s`).join(" or ");
  const related = [
    { span: node.left.span, message: `this is ${withArticle(left)}` },
    { span: node.right.span, message: `this is ${withArticle(right)}` },
  ];
  const values = { operator: node.operator, expected, left: withArticle(left), right: withArticle(right) };
  findings.report("VED3001", node.span, values, { related });
}

function checkLogical(node: ast.LogicalNode, context: Context): Expression | null {
  const role = `Each side of \`${node.operator}\``;
  const operands = node.operands.map((operand) => checkCondition(operand, role, context));
  const sound = operands.filter((operand) => operand !== null);
  if (sound.length < operands.length) return null;
  return { kind: "logical", operator: node.operator, operands: sound, type: "bool", span: node.span };
}
