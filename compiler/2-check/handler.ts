import type * as ast from "../1-parse/ast.js";
import { walk } from "../1-parse/walk.js";
import { withArticle } from "../language/type.js";
import { type Context, remarksOf } from "./context.js";
import { pathText } from "./expression.js";
import { reportForbidden } from "./names.js";
import { reportOwnKey } from "./own-key.js";
import type { Handler, Parameter } from "./program.js";
import { broadcastEvent } from "./send.js";
import { checkStatements } from "./statement.js";
import { reportShadowing } from "./terms.js";
import { assignmentsIn } from "./traverse.js";
import { checkType } from "./type.js";

/** Checks a handler of what became of an effect. Gives it; null when something in it was reported. */
export function checkHandler(node: ast.HandlerNode, context: Context): Handler | null {
  const parameter = node.parameter === null ? null : checkParameter(node.parameter, node.outcome, context);
  const parameters = node.parameter === null ? new Map() : new Map([[node.parameter.name.text, parameter]]);
  const body = checkStatements(node.body, { ...context, parameters });
  reportEmits(node.body, context);
  reportSends(node.body, context);
  if (body === null || (node.parameter !== null && parameter === null)) return null;
  const effect = pathText(node.effect);
  if (node.outcome === "done") context.effects.addReturn(effect, parameter, node.parameter?.type.span ?? node.span);
  return {
    effect,
    outcome: node.outcome,
    parameter,
    body,
    writes: [...new Set(assignmentsIn(body).map(({ field }) => field))],
    span: node.effect.span,
    remarks: remarksOf(context.comments, node.span),
  };
}

function checkParameter(node: ast.ParameterNode, outcome: Handler["outcome"], context: Context): Parameter | null {
  const { findings } = context;
  const { text } = node.name;
  reportForbidden([node.name], findings);
  reportOwnKey([node.name], findings);
  reportShadowing([node.name], context, findings);
  const ref = checkType(node.type, context.vocabulary, findings);
  if (ref === null) return null;
  if (outcome !== "done" && (ref.type !== "string" || ref.members !== undefined)) {
    const type = ref.members === undefined ? withArticle(ref.type) : "a union";
    findings.report("VED3016", node.type.span, { name: text, type });
    return null;
  }
  return { name: text, ...ref };
}

const wayOut = "Let it note in a field what has to be done, and let a transition that reads the field do it.";

/** Reports effects in a handler: it is part of a commit, and only changes the state. */
export function reportEmits(body: readonly ast.StatementNode[], { findings }: Context): void {
  for (const node of nodesIn(body)) {
    const isEffect = node.kind === "emit" && broadcastEvent(node) === null;
    if (isEffect) findings.report("VED2015", node.span, { effect: pathText(node.path) }, { notes: [wayOut] });
  }
}

function reportSends(body: readonly ast.StatementNode[], { findings }: Context): void {
  for (const node of nodesIn(body)) {
    const isSent = node.kind === "send" || (node.kind === "emit" && broadcastEvent(node) !== null);
    if (isSent) findings.report("VED2027", node.span, {}, { notes: [wayOut] });
  }
}

/** Gives all that is in statements, whatever is wrong with it. */
function nodesIn(body: readonly ast.StatementNode[]): ast.AnyNode[] {
  return body.flatMap((statement) => [...walk(statement)].map(({ node }) => node));
}
