import type * as ast from "../1-parse/ast.js";
import { type Context, remarksOf } from "./context.js";
import { checkCondition } from "./expression.js";
import type { Goal } from "./program.js";

/** A goal with its realities; null when something in it was reported. */
export function checkGoal(node: ast.GoalNode, context: Context): Goal | null {
  const { findings, comments } = context;
  const [first, ...repeated] = node.predicates;
  if (first === undefined) {
    if (node.later.length === 0) findings.report("VED2005", node.name.span, { name: node.name.text });
    return null;
  }
  for (const again of repeated) {
    const related = [{ span: first.span, message: "the first one" }];
    findings.report("VED2003", again.span, { what: `predicate in goal \`${node.name.text}\`` }, { related });
  }
  const predicate = checkCondition(first.expression, "A predicate", context);
  if (predicate === null) return null;
  const alternatives = predicate.kind === "logical" && predicate.operator === "||" ? predicate.operands : [predicate];
  const realities = alternatives.map((condition, index) => ({
    letter: letterOf(index),
    condition,
    remarks: remarksOf(comments, condition.span),
  }));
  return { name: node.name.text, predicate, realities, span: node.name.span, remarks: remarksOf(comments, node.span) };
}

/** A … Z, AA, AB … */
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}
