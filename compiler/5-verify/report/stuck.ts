import { isTrue } from "../../../runtime-lib/kernel/faults.js";
import type { Machine } from "../../../runtime-lib/kernel/rules.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Domain, Transition } from "../../2-check/program.js";
import type { Source } from "../../diagnostics/diagnostic.js";
import { valueIn, whyNotEnabled, whyUnmet } from "./reasons.js";

/** A domain as it is written, and as it runs. */
export interface Compiled {
  readonly domain: Domain;
  readonly machine: Machine;
  readonly source: Source;
}

/**
 * Why nothing goes on in a state: what is false of each goal, and of each transition's guard.
 * @param faulted the transitions of which a later step has faulted in it
 */
export function whyStuckIn(compiled: Compiled, state: State, faulted: readonly string[]): string[] {
  const { domain, source } = compiled;
  const unmet = domain.goals.filter(({ predicate }) => valueIn(predicate, state) !== true);
  return [
    ...unmet.flatMap((goal) => whyUnmet(goal, state, source).map((line) => `${goal.name} ${line}`)),
    ...domain.transitions.map((transition) => {
      const why = faulted.includes(transition.name) ? hasFaulted : whyIdle(compiled, transition, state);
      return `${transition.name} does not run: ${why}`;
    }),
  ];
}

const hasFaulted = "a later step of it faults here, and nothing has changed since it was tried";

function whyIdle({ domain, machine, source }: Compiled, transition: Transition, state: State): string {
  const { serves, name, parameters } = transition;
  if (parameters !== null) return "only a message runs it";
  const isUnmet = (goal: string) => domain.goals.some((own) => own.name === goal && valueIn(own.predicate, state) !== true);
  if (serves?.some(isUnmet) === false) return `it serves ${serves.map((goal) => `\`${goal}\``).join(" and ") || "no goal"} only`;
  const writes = writesIn(machine, name, state);
  if (writes === null) return whyNotEnabled(transition, state, source);
  const after = machine.merge(state, writes);
  const broken = machine.invariants.find(({ holds }) => isTrue(holds, state) && !isTrue(holds, after));
  return broken === undefined ? "something else is looked at first" : `it would break invariant \`${broken.name}\``;
}

/** What a transition would write; null: it is not enabled, or faults. */
function writesIn({ transitions }: Machine, name: string, state: State): Partial<State> | null {
  try {
    return transitions.find((transition) => transition.name === name)?.plan(state)?.writes ?? null;
  } catch {
    return null;
  }
}
