import type { Convergence } from "./convergence.js";
import type { Graph } from "./graph.js";
import { edgesInto, leadingTo } from "./reach.js";
import { pause, type Steps } from "./steps.js";

/** So many nodes are looked at between two pauses. */
const nodesPerPause = 1 << 12;

/**
 * Gives the nearest node of a kind from which every way leads beyond the bound of ints: what is proved up to the bound says nothing of
 * it. Null: there is none.
 * @param resting where it rests within the bound @param isOne whether it is such a node
 * @throws LimitReached when it is told to give up
 */
export function* leavingFrom(
  graph: Graph,
  { waits }: Convergence,
  resting: readonly number[],
  isOne: (node: number) => boolean,
): Steps<number | null> {
  if (graph.beyond.length === 0) return null;
  const ends = [...resting, ...waits.map(({ node }) => node)];
  const comesToAnEnd = yield* leadingTo(graph, ends, new Set(), yield* edgesInto(graph));
  for (let node = 1; node < graph.size; node += 1) {
    if (node % nodesPerPause === 0) yield* pause(graph.progress());
    if (comesToAnEnd[node] !== 1 && !graph.space.isBeyond(graph.words(node)) && isOne(node)) return node;
  }
  return null;
}
