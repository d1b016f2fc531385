import type * as ast from "../1-parse/ast.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { typeOf, withArticle } from "../language/type.js";
import type { Constant, ExpressionContext, Vocabulary } from "./context.js";
import { checkExpression } from "./expression.js";
import { evaluate, noFacts } from "./facts.js";
import { checkLapse, isLapse } from "./lapse.js";
import type { Literal } from "./program.js";
import { reportConstantFault } from "./report-constant-faults.js";
import { checkType } from "./type.js";
import { checkMembers } from "./union.js";

/**
 * Checks a constant. Gives what it stands for; null when something in it was reported.
 * @param fields what is declared beside it and changes: it cannot be read
 */
export function checkConstant(
  node: ast.ConstantNode,
  vocabulary: Vocabulary,
  fields: ReadonlySet<string>,
  findings: Findings,
): Constant | null {
  const ref = node.type === null ? null : checkType(node.type, vocabulary, findings);
  const constant = isLapse(node.value, vocabulary)
    ? { kind: "duration" as const, ms: checkLapse(node.value, { vocabulary, findings }) }
    : checkValue(node.value, vocabulary, fields, findings);
  if (constant === null || (node.type !== null && ref === null)) return null;
  if (ref === null) return constant;
  const found = constant.kind === "duration" ? "a duration" : withArticle(typeOf(constant.value));
  if (constant.kind === "duration" || typeOf(constant.value) !== ref.type) {
    findings.report("VED3023", node.value.span, { name: node.name.text, type: withArticle(ref.type), found });
    return null;
  }
  const literal: Literal = { kind: "literal", value: constant.value, type: ref.type, span: node.value.span };
  return ref.members === undefined || checkMembers(node.name.text, ref.members, literal, { findings }) ? constant : null;
}

/** Computes an expression of literals and constants; null when something in it was reported. */
function checkValue(
  node: ast.ExpressionNode,
  vocabulary: Vocabulary,
  outOfReach: ReadonlySet<string>,
  findings: Findings,
): Constant | null {
  const context: ExpressionContext = {
    domain: null,
    types: new Map(),
    parameters: new Map(),
    allowsTime: false,
    durations: new Map(),
    vocabulary,
    definitions: { names: [], expression: () => undefined },
    outOfReach,
    findings,
  };
  const expression = checkExpression(node, context);
  if (expression === null) return null;
  const value = evaluate(expression, noFacts);
  if (value !== null) return { kind: "value", value };
  reportConstantFault(expression, findings);
  return null;
}
