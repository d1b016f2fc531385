import type { Component } from "./components.js";
import type { Graph } from "./graph.js";
import { edgesInto, leadingTo } from "./reach.js";
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

/**
 * Gives the circles that merely wait for the world: something that may come from outside leads out of them to where every way ends
 * at rest, or in a circle that waits for the world as well. That an effect may give an answer which leads to rest is no hope: it may
 * give another one for ever.
 * @param idle the circles that may wait @param stays all circles that nothing leads out of @param ends where it gets stuck, or a mailbox is full for good
 */
export function* waitsAmong(
  graph: Graph,
  idle: readonly Component[],
  stays: readonly Component[],
  ends: readonly number[],
): Steps<Waiting[]> {
  if (idle.length === 0) return [];
  const news = new News(graph);
  const before = yield* edgesInto(graph);
  const waits = new Map<Component, Waiting>();
  for (let known = -1; known < waits.size; ) {
    known = waits.size;
    const bad = [...ends, ...stays.flatMap((component) => (waits.has(component) ? [] : component.nodes))];
    const lost = yield* leadingTo(graph, bad, new Set([...waits.keys()].flatMap(({ nodes }) => [...nodes])), before);
    for (const component of idle) {
      if (waits.has(component)) continue;
      const helps = yield* news.helping(component, lost);
      if (helps.length > 0) waits.set(component, { component, helps });
    }
  }
  return idle.flatMap((component) => waits.get(component) ?? []);
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
