import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Expression, Goal, Reality, Transition } from "../../2-check/program.js";
import { askedBy, valueIn } from "../report/reasons.js";
import { pause, type Steps } from "../search/steps.js";
import type { DomainGraph } from "./domain-graph.js";
import type { Plain } from "./states.js";

/** So many states are looked at between two pauses. */
const statesPerPause = 256;

/** What is written down and never makes a difference, in any state that can be reached. */
export interface Vacuity {
  readonly realities: readonly { readonly goal: Goal; readonly reality: Reality }[];
  /** Goals that always hold. */
  readonly goals: readonly Goal[];
  /** Transitions that never run. */
  readonly transitions: readonly Transition[];
  readonly conditions: readonly { readonly condition: Expression; readonly value: boolean }[];
}

/** Looks for what makes no difference. @param resting every node that rests */
export function* vacuityOf(graph: DomainGraph, resting: readonly number[]): Steps<Vacuity> {
  const { domain, machine } = graph.walker;
  const met = graph.walker.states.all.filter(({ isMet }) => isMet);
  const isRestedIn = (goal: number, reality: string) =>
    resting.some((node) => graph.read(node).plain.realities[goal] === reality);
  const started = domain.transitions.filter(({ name }) =>
    graph.space.started.has(machine.transitions.findIndex((one) => one.name === name)),
  );
  return {
    realities: domain.goals.flatMap((goal, index) =>
      goal.realities.filter(({ name }) => !isRestedIn(index, name)).map((reality) => ({ goal, reality })),
    ),
    goals: domain.goals.filter((_, index) => met.every(({ realities }) => realities[index] !== null)),
    transitions: domain.transitions.filter((transition) => !started.includes(transition)),
    conditions: yield* conditionsOf(graph, started, met),
  };
}

function* conditionsOf(
  graph: DomainGraph,
  transitions: readonly Transition[],
  met: readonly Plain[],
): Steps<Vacuity["conditions"]> {
  const all = transitions.map(() => new Outcomes());
  for (const [number, { state }] of met.entries()) {
    for (const [index, { body }] of transitions.entries())
      for (const asked of askedBy(body, state)) all[index]?.ask(asked.condition, asked.state);
    if (number % statesPerPause === 0) yield* pause(graph.progress());
  }
  return all.flatMap((outcomes) => outcomes.constant());
}

/** How the parts of conditions came out where they stand: an operand is asked only where the ones before it leave it open. */
class Outcomes {
  readonly #seen = new Map<Expression, Set<boolean>>();

  constant(): { condition: Expression; value: boolean }[] {
    return [...this.#seen].flatMap(([condition, values]) => {
      const [value] = values;
      return values.size === 1 && value !== undefined ? [{ condition, value }] : [];
    });
  }

  /** Asks a condition as a step does. Gives how it comes out; null: it faults. */
  ask(condition: Expression, state: State): boolean | null {
    // What has a name is asked whole.
    if (condition.kind === "logical" && condition.called === undefined) {
      const deciding = condition.rule.operator === "||";
      for (const operand of condition.operands) {
        const value = this.ask(operand, state);
        if (value === null || value === deciding) return value;
      }
      return !deciding;
    }
    // Whatever else decides a condition, it is asked whole.
    const value = valueIn(condition, state);
    if (typeof value !== "boolean") return null;
    if (condition.kind !== "literal") this.#seen.set(condition, (this.#seen.get(condition) ?? new Set<boolean>()).add(value));
    return value;
  }
}
