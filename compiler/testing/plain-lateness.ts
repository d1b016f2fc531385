// Timers ring a little late: what happens may come at a moment at which some of what has to hold for some time is due already, and
// what is due at the same time is over at once.
import type { Instance } from "../../runtime-lib/kernel/instance.js";
import type { Machine } from "../../runtime-lib/kernel/rules.js";
import { later } from "./plain-situation.js";

/** Gives an instance at each moment at which something may happen to it: nothing is due, one of its clocks is, or all are. */
export function momentsOf(machine: Machine, instance: Instance): Instance[] {
  return [instance, ...dueIn(machine, instance).map((clocks) => whenDue(instance, clocks))];
}

/** Gives an instance as its clocks ring: each by itself, and each with all of the others. */
export function ringsOf(machine: Machine, instance: Instance): { clock: number; moment: Instance }[] {
  return dueIn(machine, instance).flatMap((clocks) => clocks.map((clock) => ({ clock, moment: whenDue(instance, clocks) })));
}

/** Gives which clocks of an instance may be due at one time, by their indices. */
function dueIn({ durations }: Machine, { state, since }: Instance): number[][] {
  const running = (durations?.all ?? []).flatMap(({ name }, index) =>
    state[name] === true || (since[index] ?? null) === null ? [] : [index],
  );
  return [...running.map((clock) => [clock]), ...(running.length > 1 ? [running] : [])];
}

function whenDue(instance: Instance, clocks: readonly number[]): Instance {
  return { ...instance, since: instance.since.map((began, index) => (clocks.includes(index) ? -later : began)) };
}
