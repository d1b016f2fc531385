import type { Component } from "./components.js";
import type { Graph } from "./graph.js";
import type { Successors } from "./space.js";
import { pause, type Steps } from "./steps.js";

/** So many nodes are looked at between two pauses. */
const nodesPerPause = 1 << 12;

/**
 * Gives the circles that merely wait for the world: something that may come from outside leads out of them to where every way ends
 * at rest, or in a circle that waits for the world as well. That an effect may give an answer which leads to rest is no hope: it may
 * give another one for ever.
 * @param idle the circles that may wait @param stays all circles that nothing leads out of @param deadEnds where it gets stuck
 */
export function* waitsAmong(
  graph: Graph,
  idle: readonly Component[],
  stays: readonly Component[],
  deadEnds: readonly number[],
): Steps<Component[]> {
  if (idle.length === 0) return [];
  const news = new News(graph);
  const before = yield* edgesInto(graph);
  const waits = new Set<Component>();
  for (let known = -1; known < waits.size; ) {
    known = waits.size;
    const bad = [...deadEnds, ...stays.flatMap((component) => (waits.has(component) ? [] : component.nodes))];
    const lost = yield* leadingTo(graph, bad, new Set([...waits].flatMap(({ nodes }) => [...nodes])), before);
    for (const component of idle) {
      if (!waits.has(component) && (yield* news.helps(component, lost))) waits.add(component);
    }
  }
  return idle.filter((component) => waits.has(component));
}

/** The quiet moves of a graph, by where they lead: the moves into node `n` come from `sources` between `first[n]` and `first[n + 1]`. */
interface Incoming {
  readonly first: Int32Array;
  readonly sources: Int32Array;
}

function* edgesInto(graph: Graph): Steps<Incoming> {
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

/** Marks the nodes from which quiet moves may lead to some, but not by way of others. */
function* leadingTo(graph: Graph, ends: readonly number[], around: ReadonlySet<number>, before: Incoming): Steps<Uint8Array> {
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

/** Where moves from outside lead: the graph does not keep them, so that they are made once more. */
class News implements Successors {
  readonly #graph: Graph;
  readonly #known = new Map<Component, readonly number[]>();
  #targets = new Set<number>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Whether news leads out of a circle to a node that is not lost. */
  *helps(component: Component, lost: Uint8Array): Steps<boolean> {
    let targets = this.#known.get(component);
    if (targets === undefined) {
      targets = yield* this.#from(component);
      this.#known.set(component, targets);
    }
    return targets.some((target) => lost[target] !== 1);
  }

  *#from({ nodes }: Component): Steps<number[]> {
    this.#targets = new Set();
    for (const node of nodes) {
      this.#graph.space.expand(this.#graph.words(node).slice(), this, node);
      yield* pause(this.#graph.progress());
    }
    const inside = new Set(nodes);
    return [...this.#targets].filter((target) => !inside.has(target));
  }

  add(words: Uint16Array, _move: number, isNews: boolean): void {
    if (isNews) this.#targets.add(this.#graph.find(words));
  }

  addQuiet(): void {}
}
