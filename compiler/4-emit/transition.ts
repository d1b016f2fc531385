import type { Field, Transition } from "../2-check/program.js";
import { docLines, docOf } from "./comments.js";
import { printGuard } from "./guard.js";
import { block } from "./lines.js";
import { printPlan } from "./plan.js";

/** A transition as a property of the definition: whom it waits for, its guard and its plan. */
export function printTransition(transition: Transition, fields: readonly Field[], stateType: string): string[] {
  const { name, remarks, waitsFor } = transition;
  const names = waitsFor.map((wait) => JSON.stringify(wait.transition));
  const members = [
    ...waitsFor.map((wait) => `// ${wait.transition} ${wait.reasons.join(", ")}.`),
    `waitsFor: [${names.join(", ")}],`,
    ...block("enabled(state) ", printGuard(transition), ","),
    ...block("plan(state) ", printPlan(transition, fields, stateType), ","),
  ];
  return [...docLines(docOf(remarks)), ...block(`${name}: `, members, ",")];
}
