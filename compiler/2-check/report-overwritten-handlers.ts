import type { Findings } from "../diagnostics/diagnostic.js";
import { unreachable } from "../language/unreachable.js";
import type { Domain, Transition } from "./program.js";
import { assignmentsIn, type Body, bodiesOf, emitsIn, stepsOf } from "./traverse.js";

/** Reports handlers that set what an activation which is under way then overwrites: its writes were fixed when it started. */
export function reportOverwrittenHandlers(domain: Domain, findings: Findings): void {
  for (const body of bodiesOf(domain)) if (commitsAtOnce(body)) reportHandler(body, domain, findings);
}

/** Whether what a body does is a commit of its own, which waits for no effect. */
function commitsAtOnce({ kind }: Body): boolean {
  switch (kind) {
    case "handler":
    case "receiver":
      return true;
    case "step":
      return false;
    default:
      return unreachable(kind);
  }
}

function reportHandler({ statements }: Body, { transitions }: Domain, findings: Findings): void {
  for (const { field, span } of assignmentsIn(statements)) {
    const other = transitions.map((transition) => writtenBeside(transition, field)).find((found) => found !== null);
    if (other === undefined || other === null) continue;
    const related = [{ span: other.span, message: `\`${other.transition}\` sets it here, when its effects are done` }];
    findings.report("VED4009", span, { name: field, transition: other.transition }, { related });
  }
}

/** Gives the places where a transition assigns a field in a step that emits something. */
function writtenBeside(transition: Transition, field: string) {
  for (const body of stepsOf(transition)) {
    const write = emitsIn(body).length === 0 ? undefined : assignmentsIn(body).find((each) => each.field === field);
    if (write !== undefined) return { transition: transition.name, span: write.span };
  }
  return null;
}
