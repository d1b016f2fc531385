// Timers ring a little late: what happens may come at a moment at which some of what has to hold for some time is due already.
import type { Instance } from "../../runtime-lib/kernel/instance.js";
import type { Machine } from "../../runtime-lib/kernel/rules.js";
import { later } from "./plain-situation.js";

/** Gives an instance at the moment at which some of its clocks, by their indices, are due. */
export function dueIn(instance: Instance, clocks: readonly number[]): Instance {
  return { ...instance, since: instance.since.map((began, index) => (clocks.includes(index) ? -later : began)) };
}

/** Gives the clocks of an instance that are running, by their indices. */
export function clocksIn({ durations }: Machine, { state, since }: Instance): number[] {
  return (durations?.all ?? []).flatMap(({ name }, index) =>
    state[name] === true || (since[index] ?? null) === null ? [] : [index],
  );
}

/** Gives an instance at each moment at which something may happen to it: nothing is due, one of its clocks is, or all are. */
export function momentsOf(machine: Machine, instance: Instance): Instance[] {
  const clocks = clocksIn(machine, instance);
  const due = [...clocks.map((clock) => [clock]), ...(clocks.length > 1 ? [clocks] : [])];
  return [instance, ...due.map((some) => dueIn(instance, some))];
}
