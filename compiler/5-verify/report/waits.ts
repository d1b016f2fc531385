import { unreachable } from "../../language/unreachable.js";
import type { StoryStep } from "./story.js";

/**
 * Gives what in a story only time ends, step by step: durations, delays before another attempt, slow-downs. An answer to an attempt behind
 * one that failed, or of which nobody knew, waits for the delay between them, too, where it is played.
 */
export function waitsIn(steps: readonly StoryStep[]): string[] {
  const again = new Set<string>();
  return steps.flatMap(({ cue }) => {
    const overdue = cue.overdue ?? [];
    switch (cue.kind) {
      case "elapse":
      case "resume":
        return [cue.kind, ...overdue];
      case "retry":
      case "done":
      case "failed":
      case "unknown": {
        const attempt = `${JSON.stringify(cue.of)} ${cue.transition}`;
        const waits = cue.kind === "retry" || again.has(attempt) ? [attempt, ...overdue] : overdue;
        if (cue.kind === "failed" || cue.kind === "unknown") again.add(attempt);
        else again.delete(attempt);
        return waits;
      }
      case "start":
      case "observe":
      case "send":
      case "crash":
        return overdue;
      default:
        return unreachable(cue);
    }
  });
}
