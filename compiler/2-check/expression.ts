import type * as ast from "../1-parse/ast.js";
import { suggest } from "../diagnostics/suggest.js";
import { durationText } from "../language/duration.js";
import { environmentNote, isEnvironment } from "../language/foreign-name.js";
import { ownKey } from "../language/name.js";
import { arithmeticRule, comparisonRule, logicalRules, operandTypes, unaryRules } from "../language/operator.js";
import { type Type, typeOf, types, withArticle } from "../language/type.js";
import { unreachable } from "../language/unreachable.js";
import { checkCall } from "./call.js";
import { canonicalText, timedText } from "./canonical.js";
import type { Constant, Definitions, ExpressionContext } from "./context.js";
import { reportForeignValue, reportPlaceholders } from "./foreign-value.js";
import { checkLapse } from "./lapse.js";
import { constantAt } from "./literal.js";
import { readOfKey } from "./own-key.js";
import type { ArithmeticTerm, Duration, Expression, FieldRead, Literal, ParameterRead, Timed } from "./program.js";
import { operandsOf } from "./traverse.js";
import { canBeAlike, memberFix, reportDisjoint, unionNote, wanting } from "./union.js";

/** Resolves and types an expression; null when something in it was reported. */
export function checkExpression(node: ast.ExpressionNode, context: ExpressionContext): Expression | null {
  switch (node.kind) {
    case "literal":
      if (typeof node.value === "string") reportPlaceholders(node.span, context);
      return { kind: "literal", value: node.value, type: typeOf(node.value), span: node.span };
    case "path":
      return resolveName(node, context);
    case "unary":
      return checkUnary(node, context);
    case "arithmetic":
      return checkArithmetic(node, context);
    case "comparison":
      return checkComparison(node, context);
    case "logical":
      return checkLogical(node, context);
    case "timed":
      return checkTimed(node, context);
    case "duration":
      context.findings.report("VED2012", node.span, { duration: durationText(node.ms) });
      return null;
    case "call": {
      const args = node.arguments.map(({ value }) => checkExpression(value, context));
      return checkCall(node, args, context);
    }
    case "event":
      reportEvent(node, context);
      return null;
    case "self":
      return checkSelf(node, context);
    case "chain":
      return null;
    default:
      return unreachable(node);
  }
}

/** Reports what is written as an event where a value is due; `Mode::A` is how other languages write a value of an enum. */
function reportEvent({ scope, name, span }: ast.EventNode, context: ExpressionContext): void {
  if (scope.text === "Event") return context.findings.report("VED2023", span, { name: name.text });
  const path = `${scope.text}::${name.text}`;
  context.findings.report(
    "VED2009",
    span,
    { path },
    { fix: memberFix(name.text, span, context.wanted), notes: [unionNote(context)] },
  );
}

/** Checks an expression that must be a `bool`; `role` says what for, as in "The condition of `if`". */
export function checkCondition(node: ast.ExpressionNode, role: string, context: ExpressionContext): Expression | null {
  const expression = checkExpression(node, context);
  if (expression === null || expression.type === "bool") return expression;
  context.findings.report("VED3003", node.span, { role, type: withArticle(expression.type) });
  return null;
}

/** Resolves a path that names a parameter, a constant, a definition or a field; null when it names none, which is reported. */
function resolveName(path: ast.PathNode, context: ExpressionContext): Expression | null {
  const parameter = resolveParameter(path, context);
  const constant = constantAt(path, context.vocabulary);
  if (parameter !== null) return parameter;
  if (constant !== undefined) return constantValue(path, constant, context);
  const definition = definitionAt(path, context.definitions);
  return definition === undefined ? resolveField(path, context) : putIn(path, definition, context);
}

/** Gives the definition that a path names; undefined: it names none; null: it is wrong, which is reported where it stands. */
export function definitionAt({ names: [name, ...more] }: ast.PathNode, definitions: Definitions): Expression | null | undefined {
  return name === undefined || more.length > 0 ? undefined : definitions.expression(name.text);
}

/** Gives a definition where its name stands; null: it cannot stand there, which is reported. */
function putIn(path: ast.PathNode, definition: Expression | null, context: ExpressionContext): Expression | null {
  if (definition === null) return null;
  const kept = timedIn(definition);
  if (kept.length > 0 && !context.allowsTime) {
    context.findings.report("VED3014", path.span, {});
    return null;
  }
  for (const { field: name, condition, ms } of kept) keepDuration({ name, condition, ms }, context);
  return { ...definition, span: path.span, called: pathText(path) };
}

/** Gives what has to hold for some time, those inside others first. */
function timedIn(expression: Expression): Timed[] {
  const inner = operandsOf(expression).flatMap(timedIn);
  return expression.kind === "timed" ? [...inner, expression] : inner;
}

/** Notes what has to hold for some time, once. */
function keepDuration({ name, condition, ms }: Omit<Duration, "text">, { durations }: ExpressionContext): void {
  if (!durations.has(name)) durations.set(name, { name, condition, text: canonicalText(condition), ms });
}

/** Gives the value of a constant where it stands; null: it has none, which is reported. */
function constantValue(path: ast.PathNode, constant: Constant | null, { findings }: ExpressionContext): Literal | null {
  const called = pathText(path);
  if (constant?.kind === "duration") findings.report("VED2012", path.span, { duration: called });
  if (constant?.kind !== "value") return null;
  return { kind: "literal", value: constant.value, type: typeOf(constant.value), span: path.span, called };
}

/** Resolves a path that names a parameter; null: it names none. */
export function resolveParameter({ names, span }: ast.PathNode, { parameters }: ExpressionContext): ParameterRead | null {
  const [name, ...more] = names;
  const ref = name === undefined || more.length > 0 ? null : (parameters.get(name.text) ?? null);
  return name === undefined || ref === null ? null : { kind: "parameter", parameter: name.text, ...ref, span };
}

/** Resolves a path that names a field (`x` or `state.x`); null when there is none, which is reported. */
export function resolveField(path: ast.PathNode, context: ExpressionContext): FieldRead | null {
  const [first, second] = path.names;
  const isQualified = path.names.length === 2 && first?.text === "state";
  const name = isQualified ? second : first;
  if (name === undefined) return null;
  if (path.names.length > 1 && !isQualified) {
    const isOwn = path.names.length === 2 && /^(?:self|this)$/.test(first?.text ?? "") && second !== undefined;
    const fix = isOwn
      ? { message: `Write \`${second.text}\`.`, span: path.span, replacement: second.text }
      : memberFix(path.names.at(-1)?.text ?? "", path.span, context.wanted);
    context.findings.report("VED2009", path.span, { path: pathText(path) }, { fix, notes: notesOnPath(path, context) });
    return null;
  }
  const ref = context.types.get(name.text);
  // A parameter whose type is wrong was reported where it stands.
  if (ref === undefined && context.parameters.has(name.text)) return null;
  if (ref === undefined && !reportForeignValue(name, context)) {
    reportUnknown(name, path, context);
  }
  return ref ? { kind: "field", field: name.text, ...ref, span: path.span } : null;
}

/** Says what is meant by names with dots between them that are no field. */
function notesOnPath(path: ast.PathNode, context: ExpressionContext): string[] {
  const { types, wanted } = context;
  const owner = path.names[0]?.text ?? "";
  if (types.has(owner)) return [`\`${owner}\` is a field, and has no parts: ${partsNote(types.get(owner)?.type)}.`];
  if (isEnvironment(pathText(path))) return [environmentNote];
  return wanted === undefined ? [] : [unionNote(context)];
}

function partsNote(type: Type | undefined): string {
  return type === "string" ? "strings can only be compared and joined" : "what else is to be known is a field of its own";
}

function reportUnknown({ text, span }: ast.Name, path: ast.PathNode, context: ExpressionContext): void {
  const { domain, findings, types, parameters, vocabulary, definitions, outOfReach } = context;
  const names = [...types.keys(), ...parameters.keys(), ...vocabulary.constants, ...definitions.names];
  if (outOfReach?.has(text) === true) {
    const notes = [
      `\`${text}\` is a field, and a constant never changes: name the expression with \`define\` instead of \`const\`.`,
    ];
    return findings.report("VED2028", span, { name: text }, { notes });
  }
  if (domain === null) return findings.report("VED2028", span, { name: text }, { fix: suggest(text, names, span) });
  const fix =
    text === ownKey
      ? { message: `Write \`${ownKey}\`.`, span: path.span, replacement: ownKey }
      : (memberFix(text, span, context.wanted) ?? suggest(text, [...names, ownKey], span));
  const notes = types.size === 0 ? ["The domain declares no fields."] : [];
  findings.report("VED2001", span, { name: text, domain: domain.name.text }, { fix, notes });
}

/** Gives a path as it was written, without white space. */
export function pathText(path: ast.PathNode): string {
  return path.names.map((name) => name.text).join(".");
}

function checkUnary(node: ast.UnaryNode, context: ExpressionContext): Expression | null {
  const operand = checkExpression(node.operand, context);
  if (operand === null) return null;
  const rule = unaryRules[node.operator];
  if (operand.type !== rule.operands) {
    const values = { operator: node.operator, expected: withArticle(rule.operands), type: withArticle(operand.type) };
    context.findings.report("VED3010", node.span, values);
    return null;
  }
  return { kind: "unary", rule, operand, type: rule.operands, span: node.span };
}

function checkArithmetic({ first, rest, span }: ast.ArithmeticNode, context: ExpressionContext): Expression | null {
  const head = checkExpression(first, context);
  const operands = rest.map(({ operand }) =>
    head === null && operand.kind === "duration" ? null : checkExpression(operand, context),
  );
  if (head === null) return null;
  const { type } = head;
  const terms: ArithmeticTerm[] = [];
  for (const [index, { operator, operand: node }] of rest.entries()) {
    const operand = operands[index] ?? null;
    if (operand === null) return null;
    const rule = operand.type === type ? arithmeticRule(operator, type) : undefined;
    if (rule === undefined) {
      const before = { start: span.start, end: rest[index - 1]?.operand.span.end ?? first.span.end };
      reportOperands(operator, { type, span: before }, { type: operand.type, span: node.span }, context);
      return null;
    }
    terms.push({ rule, operand });
  }
  return { kind: "arithmetic", first: head, rest: terms, type, span };
}

function checkComparison(node: ast.ComparisonNode, context: ExpressionContext): Expression | null {
  const { left, right } = checkSides(node, context);
  if (left === null || right === null) return null;
  const rule = left.type === right.type ? comparisonRule(node.operator, left.type) : undefined;
  if (rule === undefined) {
    reportOperands(node.operator, { ...left, span: node.left.span }, { ...right, span: node.right.span }, context);
    return null;
  }
  if (!canBeAlike(left, right)) {
    reportDisjoint(left, right, context);
    return null;
  }
  return { kind: "comparison", rule, left, right, type: "bool", span: node.span };
}

/** Checks both sides of a comparison. A duration beside what is wrong already follows from it, as in `now() - last < 30s`. */
function checkSides(node: ast.ComparisonNode, context: ExpressionContext) {
  if (node.left.kind === "duration") {
    const right = checkExpression(node.right, context);
    return { left: right === null ? null : checkExpression(node.left, context), right };
  }
  const named = node.right.kind === "path" ? (context.types.get(pathText(node.right)) ?? null) : null;
  const left = checkExpression(node.left, wanting(context, node.left, named));
  if (left === null && node.right.kind === "duration") return { left, right: null };
  return { left, right: checkExpression(node.right, wanting(context, node.right, left)) };
}

/** Checks `self`; null where there is none, which is reported, or where something else is called so, as was reported there. */
function checkSelf({ span }: ast.SelfNode, { domain, types, parameters, findings }: ExpressionContext): FieldRead | null {
  if (domain === null) findings.report("VED2034", span, {});
  return domain === null || types.has(ownKey) || parameters.has(ownKey) ? null : readOfKey(span);
}

/** Checks `condition for 30s`: the value of a field that the runtime keeps. */
function checkTimed({ condition: inner, lapse, span }: ast.TimedNode, context: ExpressionContext): Expression | null {
  if (!context.allowsTime) {
    context.findings.report("VED3014", span, {});
    return null;
  }
  const condition = checkCondition(inner, "What `for` asks about", context);
  const ms = checkLapse(lapse, context);
  if (condition === null) return null;
  const name = `${timedText(condition)} for ${durationText(ms)}`;
  keepDuration({ name, condition, ms }, context);
  return { kind: "timed", field: name, condition, ms, type: "bool", span };
}

interface TypedSpan {
  readonly type: Type;
  readonly span: ast.Node["span"];
}

function reportOperands(
  operator: ast.TermNode["operator"] | ast.ComparisonNode["operator"],
  left: TypedSpan,
  right: TypedSpan,
  { findings }: ExpressionContext,
): void {
  const takes = operandTypes(operator);
  const isAny = takes.length === Object.keys(types).length;
  const expected = isAny ? "two operands of one type" : takes.map((type) => `two ${type}s`).join(" or ");
  const related = [left, right].map(({ type, span }) => ({ span, message: `this is ${withArticle(type)}` }));
  const values = { operator, expected, left: withArticle(left.type), right: withArticle(right.type) };
  // Other languages make strings of what is joined to one.
  const isJoined = operator === "+" && (left.type === "string") !== (right.type === "string");
  const notes = isJoined ? ["`text(x)` makes a string of an int or a bool."] : [];
  findings.report("VED3001", { start: left.span.start, end: right.span.end }, values, { related, notes });
}

function checkLogical({ operator, operands: nodes, span }: ast.LogicalNode, context: ExpressionContext): Expression | null {
  const role = `Each side of \`${operator}\``;
  const operands = nodes.map((operand) => checkCondition(operand, role, context));
  const sound = operands.filter((operand) => operand !== null);
  if (sound.length < operands.length) return null;
  return { kind: "logical", rule: logicalRules[operator], operands: sound, type: "bool", span };
}
