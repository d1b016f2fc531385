import type { Field, Transition } from "../2-check/program.js";
import { docLines, docOf } from "./comments.js";
import { printGuard } from "./guard.js";
import { block } from "./lines.js";
import { printPlan } from "./plan.js";

/** A transition as a property of the definition: whom it waits for, what it depends on, its guard and its plan. */
export function printTransition(transition: Transition, fields: readonly Field[], stateType: string): string[] {
  const { name, remarks, waitsFor, reads, effects } = transition;
  const members = [
    ...waitsFor.map((wait) => `// ${wait.transition} ${wait.reasons.join(", ")}.`),
    `waitsFor: ${list(waitsFor.map((wait) => wait.transition))},`,
    `reads: ${list(reads)},`,
    `uses: ${list(effects)},`,
    ...block("enabled(state) ", printGuard(transition), ","),
    ...block("plan(state) ", printPlan(transition, fields, stateType), ","),
  ];
  return [...docLines(docOf(remarks)), ...block(`${name}: `, members, ",")];
}

function list(names: readonly string[]): string {
  return `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;
}
