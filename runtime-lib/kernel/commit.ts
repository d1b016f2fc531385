import { coolDown, forget, noteFruitless } from "./backoff.js";
import { brokenBy } from "./faults.js";
import { hasCooldowns, hasEffects, hasInvariants, hasMessages } from "./features.js";
import type { Activation } from "./instance.js";
import { cursorAfter } from "./machine.js";
import { noteReached } from "./oscillation.js";
import type { NamedTransition, Turn } from "./rules.js";
import { aboutActivation, publish } from "./turn.js";
import type { State } from "./value.js";

/**
 * Makes an activation's writes the state, except where one that started later has written the field already. Gives its
 * transition, where the program has it.
 */
export function commit(turn: Turn, activation: Activation): NamedTransition | undefined {
  const { next, machine } = turn;
  const { writes, overtaken, transition } = activation;
  const before = next.state;
  const broken = hasInvariants && machine.invariants.length > 0 ? brokenBy(turn, writes) : null;
  const state = machine.merge(before, overtaken.length > 0 ? without(writes, overtaken) : writes);
  const isChanged = !machine.same(before, state);
  if (isChanged) {
    next.state = state;
    machine.durations?.keep(turn);
  }
  if (hasEffects && next.activations.length > 0) leave(turn, activation);
  const index = machine.transitions.findIndex(({ name }) => name === transition);
  next.cursor = cursorAfter(machine, next.cursor, index);
  turn.commits = turn.commits.length === 0 ? [activation] : [...turn.commits, activation];
  turn.backoffEnds = Infinity;
  if (machine.publishes) publishCommit(turn, activation, before, broken);
  if (hasMessages && activation.sends.length > 0) machine.mail?.post(turn, activation.sends);
  if (isChanged) noteReached(turn);
  if (hasEffects || hasMessages) {
    if (isChanged) forget(turn, activation);
    else if (activation.args === null) noteFruitless(turn, activation);
  }
  const own = machine.transitions[index];
  if (hasCooldowns && own?.cooldown !== undefined) coolDown(turn, own, own.cooldown);
  return own;
}

/** Takes an activation out; by the Thomas write rule, those that started earlier no longer write the fields that it wrote. */
function leave({ next }: Turn, { number, order, writes }: Activation): void {
  const rest = next.activations.filter((other) => other.number !== number);
  next.activations = rest.map((other) => {
    if (other.order > order) return other;
    const fields = Object.keys(other.writes).filter((field) => Object.hasOwn(writes, field));
    return fields.length === 0 ? other : { ...other, overtaken: [...other.overtaken, ...fields] };
  });
}

function without(writes: Partial<State>, fields: readonly string[]): Partial<State> {
  return Object.fromEntries(Object.entries(writes).filter(([field]) => !fields.includes(field)));
}

function publishCommit(turn: Turn, activation: Activation, before: State, broken: string | null): void {
  const about = aboutActivation(activation);
  const { state } = turn.next;
  const { writes, overtaken: dropped } = activation;
  for (const field of new Set(activation.observed)) {
    const [observed, written] = [before[field], state[field]];
    if (observed === written || observed === undefined || written === undefined) continue;
    publish(turn, { type: "overridden", ...about, field, observed, written });
  }
  publish(turn, { type: "committed", ...about, writes, dropped, state });
  if (broken !== null) publish(turn, { type: "invariantBroken", ...about, invariant: broken });
}
