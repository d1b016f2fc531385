import type { Activation } from "./instance.js";
import type { Turn } from "./rules.js";
import type { State } from "./value.js";

/** Changes the state beside any commit: what was observed, or what a handler wrote. */
export function changeState(turn: Turn, changes: Partial<State>): void {
  const { next, machine } = turn;
  const { activations, state } = next;
  if (activations.length > 0) next.activations = activations.map((activation) => overridingLater(activation, state, changes));
  next.state = machine.merge(state, changes);
  machine.durations?.keep(turn);
}

/** Notes which of the changed fields the commit of an activation under way will overwrite: that is published then. */
function overridingLater(activation: Activation, before: State, changes: Partial<State>): Activation {
  const fields = Object.keys(changes).filter(
    (field) => changes[field] !== before[field] && Object.hasOwn(activation.writes, field),
  );
  return fields.length === 0 ? activation : { ...activation, observed: [...activation.observed, ...fields] };
}
