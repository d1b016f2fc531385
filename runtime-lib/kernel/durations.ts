import { isTrue } from "./faults.js";
import type { Turn } from "./turn.js";

/**
 * Brings what has to hold for some time up to date with the state and the time: a clock starts when the condition becomes
 * true and falls with it. What has held long enough stays so until the condition falls, whatever the clock says.
 */
export function keepDurations({ next, machine, now }: Turn): void {
  const { durations } = machine;
  for (let index = 0; index < durations.length; index += 1) {
    const duration = durations[index];
    if (duration === undefined) continue;
    const { name, ms, holds, over, open } = duration;
    const before = next.since[index] ?? null;
    const since = isTrue(holds, next.state) ? (before ?? now) : null;
    if (since !== before || index >= next.since.length) {
      next.since = durations.map((_, other) => (other === index ? since : (next.since[other] ?? null)));
    }
    const isOver = since !== null && (now - since >= ms || (before !== null && next.state[name] === true));
    if (next.state[name] !== isOver) next.state = machine.merge(next.state, isOver ? over : open);
  }
}

/** When the next duration is over that is not yet; Infinity: none is running. */
export function durationEnds({ next, machine }: Turn): number {
  let ends = Infinity;
  for (const [index, since] of next.since.entries()) {
    const duration = machine.durations[index];
    if (since === null || duration === undefined || next.state[duration.name] === true) continue;
    ends = Math.min(ends, since + duration.ms);
  }
  return ends;
}
