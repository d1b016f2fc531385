import type { Graph } from "./graph.js";
import { pause, type Steps } from "./steps.js";

/** So many nodes are looked at between two pauses. */
const nodesPerPause = 1 << 12;

/** The quiet moves of a graph, by where they lead: the moves into node `n` come from `sources` between `first[n]` and `first[n + 1]`. */
export interface Incoming {
  readonly first: Int32Array;
  readonly sources: Int32Array;
}

/**
 * Turns the quiet moves of a graph round.
 * @throws LimitReached when it is told to give up
 */
export function* edgesInto(graph: Graph): Steps<Incoming> {
  const edges = graph.firstEdge(graph.size);
  const [first, sources] = [new Int32Array(graph.size + 2), new Int32Array(edges)];
  // Counted two places further on, so that the next pass leaves each count where it belongs.
  for (let edge = 0; edge < edges; edge += 1) first[graph.target(edge) + 2] = (first[graph.target(edge) + 2] ?? 0) + 1;
  for (let node = 2; node < first.length; node += 1) first[node] = (first[node] ?? 0) + (first[node - 1] ?? 0);
  for (let node = 0; node < graph.size; node += 1) {
    if (node % nodesPerPause === 0) yield* pause(graph.progress());
    for (let edge = graph.firstEdge(node); edge < graph.firstEdge(node + 1); edge += 1) {
      const at = first[graph.target(edge) + 1] ?? 0;
      sources[at] = node;
      first[graph.target(edge) + 1] = at + 1;
    }
  }
  return { first, sources };
}

/**
 * Marks the nodes from which quiet moves may lead to some, but not by way of others.
 * @throws LimitReached when it is told to give up
 */
export function* leadingTo(
  graph: Graph,
  ends: readonly number[],
  around: ReadonlySet<number>,
  before: Incoming,
): Steps<Uint8Array> {
  const { first, sources } = before;
  const leads = new Uint8Array(graph.size);
  const left = [...ends];
  for (const node of left) leads[node] = 1;
  for (let node = left.pop(), looked = 0; node !== undefined; node = left.pop(), looked += 1) {
    if (looked % nodesPerPause === 0) yield* pause(graph.progress());
    for (let at = first[node] ?? 0; at < (first[node + 1] ?? 0); at += 1) {
      const source = sources[at] ?? 0;
      if (leads[source] === 1 || around.has(source)) continue;
      leads[source] = 1;
      left.push(source);
    }
  }
  return leads;
}
