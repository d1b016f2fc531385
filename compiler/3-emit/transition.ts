import type { Field, Parameter, Transition } from "../2-check/program.js";
import { defaultPriority } from "../language/default.js";
import { durationText } from "../language/duration.js";
import { docLines, docOf } from "./comments.js";
import { printGuard } from "./guard.js";
import { block, indented } from "./lines.js";
import { printPlan } from "./plan.js";
import { printParameters, printParameterTypes } from "./receiver.js";

/** Prints a transition as a property of the definition: whom it waits for, what it depends on, its guard and its plan. */
export function printTransition(transition: Transition, fields: readonly Field[], stateType: string): string[] {
  const { name, remarks, waitsFor, reads, effects, body, parameters } = transition;
  const given = printParameters(parameters ?? []);
  const typed = [...fields, ...(parameters ?? [])];
  const members = [
    ...waitsFor.map((wait) => `// ${wait.transition} ${wait.reasons.join(", ")}.`),
    `waitsFor: ${list(waitsFor.map((wait) => wait.transition))},`,
    `reads: ${list(reads)},`,
    `uses: ${list(effects)},`,
    ...printPolicy(transition),
    ...(parameters === null ? [] : [`parameters: ${printParameterTypes(parameters)},`]),
    ...block(`enabled(state${given}) `, printGuard(transition, typed), ","),
    ...block(`plan(state${given}) `, printPlan(body, typed, stateType), ","),
    ...printLater(transition, typed, stateType),
  ];
  return [...docLines(docOf(remarks)), ...block(`${name}: `, members, ",")];
}

/** Prints the plans of the steps after the first; nothing where there are none. */
function printLater({ laterSteps, parameters }: Transition, fields: readonly (Field | Parameter)[], stateType: string): string[] {
  if (laterSteps.length === 0) return [];
  const plans = laterSteps.flatMap((step) =>
    block(`(state${printParameters(parameters ?? [])}) => `, printPlan(step.body, fields, stateType), ","),
  );
  return ["laterSteps: [", ...indented(plans), "],"];
}

/** Prints when a transition may run beside what its guard says; nothing where it says nothing else. */
function printPolicy({ guards, priority, serves, cooldown }: Transition): string[] {
  return [
    ...(guards.length > 0 ? [`guards: ${list(guards)},`] : []),
    ...(priority !== defaultPriority ? [`priority: ${priority},`] : []),
    ...(serves !== null ? [`serves: ${list(serves)},`] : []),
    ...(cooldown > 0 ? [`cooldown: ${cooldown}, // ${durationText(cooldown)}`] : []),
  ];
}

function list(names: readonly string[]): string {
  return `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;
}
