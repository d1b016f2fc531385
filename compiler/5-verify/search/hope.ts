import type { Component } from "./components.js";
import type { Graph } from "./graph.js";
import type { Successors } from "./space.js";
import { pause, type Steps } from "./steps.js";

/**
 * Whether something that may come from outside leads out of a circle to where it may come to rest: then what goes round merely waits
 * for that.
 */
export class Hope implements Successors {
  readonly #graph: Graph;
  /** Nodes from which a way to a rest is known, and those from which there is none. */
  readonly #hopeful = new Set<number>();
  readonly #hopeless = new Set<number>();
  /** Where moves from outside lead: the graph does not keep them, so that they are made once more. */
  #news: number[] = [];

  /** Whether anything rests at all; null: that was not asked yet. */
  #hasRest: boolean | null = null;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Whether news may help out of a circle. */
  *isThere({ nodes }: Component): Steps<boolean> {
    this.#hasRest ??= Array.from({ length: this.#graph.size }, (_, node) => node).some((node) => this.#isRest(node));
    if (!this.#hasRest) return false;
    const inside = new Set(nodes);
    // Each node with the one from which it was met; -1: from the circle.
    const met = new Map<number, number>();
    for (const node of nodes) for (const target of this.#newsFrom(node)) if (!inside.has(target)) met.set(target, -1);
    for (const node of met.keys()) {
      if (this.#hopeless.has(node)) continue;
      if (this.#hopeful.has(node) || this.#isRest(node)) {
        for (let at = node; at >= 0; at = met.get(at) ?? -1) this.#hopeful.add(at);
        return true;
      }
      for (const target of this.#targetsOf(node)) if (!met.has(target)) met.set(target, node);
      yield* pause(this.#graph.progress());
    }
    for (const node of met.keys()) this.#hopeless.add(node);
    return false;
  }

  /** What lies beyond a bound may rest. */
  #isRest(node: number): boolean {
    return this.#graph.isAtRest(node) || this.#graph.space.isBeyond(this.#graph.words(node));
  }

  #targetsOf(node: number): number[] {
    const [first, end] = [this.#graph.firstEdge(node), this.#graph.firstEdge(node + 1)];
    return [...Array.from({ length: end - first }, (_, index) => this.#graph.target(first + index)), ...this.#newsFrom(node)];
  }

  #newsFrom(node: number): readonly number[] {
    this.#news = [];
    this.#graph.space.expand(this.#graph.words(node).slice(), this, node);
    return this.#news;
  }

  add(words: Uint16Array, _move: number, isNews: boolean): void {
    if (isNews) this.#news.push(this.#graph.find(words));
  }

  addQuiet(): void {}
}
