import type { Extent } from "./report.js";

/** Adds up what several searches looked at: whatever none of them looked at is as near as the nearest of it. */
export function sumOf(one: Extent, other: Extent): Extent {
  const depths = [one.depth, other.depth].filter((depth) => depth !== null);
  return {
    nodes: one.nodes + other.nodes,
    states: one.states + other.states,
    steps: one.steps + other.steps,
    bytes: one.bytes + other.bytes,
    frontier: one.frontier + other.frontier,
    depth: depths.length === 0 ? null : Math.min(...depths),
  };
}
