import type * as ast from "../1-parse/ast.js";
import { suggest } from "../diagnostics/suggest.js";
import { typeOf, withArticle } from "../language/type.js";
import type { ExpressionContext, Vocabulary } from "./context.js";
import { constantAt } from "./literal.js";

/** Says whether something is a length of time: written down, or a constant that is one. */
export function isLapse(node: ast.ExpressionNode, vocabulary: Vocabulary): node is ast.LapseNode {
  return node.kind === "duration" || constantAt(node, vocabulary)?.kind === "duration";
}

/** Gives the ms of a length of time; 0 where it is wrong, which is reported. */
export function checkLapse(
  node: ast.LapseNode,
  { vocabulary, findings }: Pick<ExpressionContext, "vocabulary" | "findings">,
): number {
  if (node.kind === "duration") return node.ms;
  const constant = constantAt(node, vocabulary);
  const name = node.names.map(({ text }) => text).join(".");
  if (constant === undefined) {
    findings.report("VED2028", node.span, { name }, { fix: suggest(name, vocabulary.constants, node.span) });
  }
  if (constant?.kind === "value") {
    findings.report("VED3024", node.span, { name, found: withArticle(typeOf(constant.value)) });
  }
  return constant?.kind === "duration" ? constant.ms : 0;
}
