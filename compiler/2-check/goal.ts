import type * as ast from "../1-parse/ast.js";
import { suggest } from "../diagnostics/suggest.js";
import { at } from "../language/at.js";
import { logicalRules } from "../language/operator.js";
import { type Context, remarksOf } from "./context.js";
import { checkCondition } from "./expression.js";
import { reportDuplicates, reportForbidden, reportRepeated } from "./names.js";
import { checkPriority } from "./priority.js";
import type { Expression, Goal } from "./program.js";

/** Names goals: those that have no name are called `Goal`, `Goal2` … */
export function goalNames(nodes: readonly ast.GoalNode[]): ast.Name[] {
  const taken = new Set(nodes.flatMap(({ name }) => name?.text ?? []));
  return nodes.map(({ name, span }) => {
    if (name !== null) return name;
    let text = "Goal";
    for (let number = 2; taken.has(text); number += 1) text = `Goal${number}`;
    taken.add(text);
    return { text, span: { start: span.start, end: span.start + "goal".length } };
  });
}

/** Checks a goal. Gives it with its realities; null when something in it was reported. */
export function checkGoal(node: ast.GoalNode, name: ast.Name, context: Context): Goal | null {
  const { findings, comments } = context;
  if (node.predicates.length + node.realities.length === 0) {
    findings.report("VED2005", name.span, { name: name.text });
    return null;
  }
  const checked = node.realities.length > 0 ? checkRealities(node, name, context) : checkPredicate(node, name, context);
  if (checked === null) return null;
  return {
    name: name.text,
    ...checked,
    priority: checkPriority(firstOf(node.priorities, "priority", name, context), context),
    strategy: checkStrategy(firstOf(node.strategies, "strategy", name, context), context),
    span: name.span,
    remarks: remarksOf(comments, node.span),
  };
}

type Conditions = Pick<Goal, "predicate" | "realities">;

/** Checks a predicate: the operands of its outermost `||` are the realities, and have letters. */
function checkPredicate({ predicates }: ast.GoalNode, name: ast.Name, context: Context): Conditions | null {
  const [first, ...repeated] = predicates;
  if (first === undefined) return null;
  reportRepeated(`predicate in goal \`${name.text}\``, first, repeated, context.findings);
  const predicate = checkCondition(first.expression, "A predicate", context);
  if (predicate === null) return null;
  const alternatives = predicate.kind === "logical" && predicate.rule.operator === "||" ? predicate.operands : [predicate];
  const realities = alternatives.map((condition, index) => ({
    name: realityName(index),
    condition,
    remarks: remarksOf(context.comments, condition.span),
  }));
  return { predicate, realities };
}

/** Checks realities that have names of their own: the goal holds where one of them does. */
function checkRealities(node: ast.GoalNode, goal: ast.Name, context: Context): Conditions | null {
  const { findings, comments } = context;
  const names = node.realities.map(({ name }) => name);
  reportDuplicates("reality", names, findings);
  reportForbidden(names, findings);
  for (const { span } of node.predicates) findings.report("VED2032", span, { name: goal.text });
  const checked = node.realities.map(({ condition }) => checkCondition(condition, "A reality", context));
  const operands = checked.filter((condition) => condition !== null);
  const [first, last] = [operands[0], operands.at(-1)];
  if (first === undefined || last === undefined || operands.length < checked.length) return null;
  const realities = node.realities.map(({ name, span }, index) => ({
    name: name.text,
    condition: at(operands, index),
    remarks: remarksOf(comments, span),
  }));
  const span = { start: first.span.start, end: last.span.end };
  const predicate: Expression =
    operands.length === 1 ? first : { kind: "logical", rule: logicalRules["||"], operands, type: "bool", span };
  return { predicate, realities };
}

function firstOf<N extends ast.PriorityNode | ast.StrategyNode>(
  [first, ...repeated]: readonly N[],
  what: string,
  goal: ast.Name,
  { findings }: Context,
): N | null {
  if (first === undefined) return null;
  reportRepeated(`${what} in goal \`${goal.text}\``, first, repeated, findings);
  return first;
}

/** Checks a strategy. Gives the transitions that it names; null where there is none. */
function checkStrategy(node: ast.StrategyNode | null, { domain, findings }: Context): string[] | null {
  if (node === null) return null;
  const known = domain.transitions.map(({ name }) => name.text);
  for (const { text, span } of node.transitions) {
    if (known.includes(text)) continue;
    const fix = suggest(text, known, span);
    findings.report("VED2017", span, { name: text, domain: domain.name.text }, { fix });
  }
  return node.transitions.map(({ text }) => text);
}

/** Names a reality by its place: A … Z, AA, AB … */
function realityName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : realityName(Math.floor(index / 26) - 1) + last;
}
