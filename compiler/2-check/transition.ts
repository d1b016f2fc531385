import type * as ast from "../1-parse/ast.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { type Context, remarksOf } from "./context.js";
import { checkLapse } from "./lapse.js";
import { reportDuplicates, reportRepeated } from "./names.js";
import { checkParameters } from "./parameter.js";
import { checkPriority } from "./priority.js";
import type { Transition } from "./program.js";
import { checkStatements } from "./statement.js";
import { usageOf } from "./usage.js";

/** A transition as far as it says so itself: the rest is known when all are checked. */
export type OwnTransition = Omit<Transition, "waitsFor" | "serves" | "priority" | "guards"> & {
  /** Null: that of the goals that it serves. */
  readonly priority: number | null;
};

/** Checks a transition; null when something in it was reported. */
export function checkTransition(node: ast.TransitionNode, context: Context): OwnTransition | null {
  const { findings, comments } = context;
  const bodies = bodiesOf(node, findings);
  if (bodies.length === 0) {
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
  const checked = bodies.map((each) => checkStatements(each, inner));
  const [body, ...later] = checked.filter((each) => each !== null);
  if (body === undefined || own === null || later.length + 1 < bodies.length) return null;
  return {
    name: node.name.text,
    parameters: node.parameters === null ? null : own,
    body,
    laterSteps: later.map((each) => ({ body: each })),
    priority: node.priority === null ? null : checkPriority(node.priority, context),
    cooldown: cooldown === undefined ? 0 : checkLapse(cooldown.lapse, context),
    ...usageOf([body, ...later]),
    span: node.name.span,
    remarks: remarksOf(comments, node.span),
  };
}

/** Gives the statements of each step, in order; those outside of steps are the only one. */
function bodiesOf({ name, steps, body }: ast.TransitionNode, findings: Findings): (readonly ast.StatementNode[])[] {
  const [first] = body;
  if (first === undefined) return steps.map((step) => step.body);
  if (steps.length > 0) findings.report("VED2031", first.span, { name: name.text });
  return [...steps.map((step) => step.body), body];
}
