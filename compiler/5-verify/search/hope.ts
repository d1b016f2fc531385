import type { Component } from "./components.js";
import type { Graph } from "./graph.js";
import type { Successors } from "./space.js";
import { pause, type Steps } from "./steps.js";

/** What comes from outside and helps: a move, and a node in which it is made. */
export interface Help {
  readonly node: number;
  readonly move: number;
}

/** A circle that waits for the world. */
export interface Waiting {
  readonly component: Component;
  readonly helps: readonly Help[];
}

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
): Steps<Waiting[]> {
  if (idle.length === 0) return [];
  const news = new News(graph);
  const before = yield* edgesInto(graph);
  const waits = new Map<Component, Waiting>();
  for (let known = -1; known < waits.size; ) {
    known = waits.size;
    const bad = [...deadEnds, ...stays.flatMap((component) => (waits.has(component) ? [] : component.nodes))];
    const lost = yield* leadingTo(graph, bad, new Set([...waits.keys()].flatMap(({ nodes }) => [...nodes])), before);
    for (const component of idle) {
      if (waits.has(component)) continue;
      const helps = yield* news.helping(component, lost);
      if (helps.length > 0) waits.set(component, { component, helps });
    }
  }
  return idle.flatMap((component) => waits.get(component) ?? []);
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
  readonly #known = new Map<Component, ReadonlyMap<number, Help>>();
  #node = 0;
  /** How each target is come to first. */
  #targets = new Map<number, Help>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Gives the news that leads out of a circle to nodes that are not lost. */
  *helping(component: Component, lost: Uint8Array): Steps<Help[]> {
    let targets = this.#known.get(component);
    if (targets === undefined) {
      targets = yield* this.#from(component);
      this.#known.set(component, targets);
    }
    return [...targets].flatMap(([target, help]) => (lost[target] !== 1 ? [help] : []));
  }

  *#from({ nodes }: Component): Steps<ReadonlyMap<number, Help>> {
    this.#targets = new Map();
    for (const node of nodes) {
      this.#node = node;
      this.#graph.space.expand(this.#graph.words(node).slice(), this, node);
      yield* pause(this.#graph.progress());
    }
    for (const node of nodes) this.#targets.delete(node);
    return this.#targets;
  }

  add(words: Uint16Array, move: number, isNews: boolean): void {
    if (!isNews) return;
    const target = this.#graph.find(words);
    if (!this.#targets.has(target)) this.#targets.set(target, { node: this.#node, move });
  }

  addQuiet(): void {}
}
