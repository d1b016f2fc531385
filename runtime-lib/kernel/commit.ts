import { forget, noteFruitless } from "./backoff.js";
import type { State, Value } from "./definition.js";
import { brokenBy } from "./faults.js";
import { type Activation, none } from "./instance.js";
import { noteReached } from "./oscillation.js";
import { aboutActivation, publish, remove, type Turn } from "./turn.js";

/** Makes an activation's writes the state, except where one that started later has written the field already. */
export function commit(turn: Turn, activation: Activation): void {
  const { next, machine } = turn;
  const { writes, overtaken } = activation;
  const before = next.state;
  const broken = brokenBy(turn, writes);
  const state: Record<string, Value> = { ...before };
  let isChanged = false;
  for (const field of Object.keys(writes)) {
    const value = writes[field];
    if (value === undefined || (overtaken.length > 0 && overtaken.includes(field))) continue;
    if (value !== state[field]) isChanged = true;
    state[field] = value;
  }
  if (isChanged) next.state = state;
  if (next.activations.length > 0) {
    remove(turn, activation);
    overtakeOlder(turn, activation);
  }
  next.cursor = (activation.transition + 1) % machine.transitions.length;
  turn.commits += 1;
  turn.backoffEnds = Infinity;
  if (machine.publishes) publishCommit(turn, activation, before, broken);
  if (isChanged) {
    forget(turn, activation);
    noteReached(turn);
  } else noteFruitless(turn, activation);
}

/** The Thomas write rule: activations that started earlier no longer write the fields that this one wrote. */
function overtakeOlder({ next }: Turn, { order, writes }: Activation): void {
  if (!next.activations.some((other) => other.order < order)) return;
  next.activations = next.activations.map((other) => {
    const fields = other.order < order ? Object.keys(other.writes).filter((field) => Object.hasOwn(writes, field)) : none;
    return fields.length === 0 ? other : { ...other, overtaken: [...other.overtaken, ...fields] };
  });
}

function publishCommit(turn: Turn, activation: Activation, before: State, broken: string | null): void {
  const about = aboutActivation(turn, activation);
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
