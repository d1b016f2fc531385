import { componentsOf } from "../search/components.js";
import { pause, type Steps } from "../search/steps.js";
import type { DomainGraph } from "./domain-graph.js";
import type { Node } from "./node.js";

/** So many nodes are looked at between two pauses. */
const nodesPerPause = 1 << 12;

/**
 * The longest chain of effects that any recovery takes, each of which is emitted only once the one before it is done; null where
 * there is no longest, because something goes round.
 */
export function* maxChain(graph: DomainGraph): Steps<number | null> {
  const { circular, order } = yield* componentsOf(graph);
  if (circular.length > 0 || graph.beyond.length > 0) return null;
  const chains = new Chains(graph);
  for (const [index, node] of order.entries()) {
    chains.look(node);
    if (index % nodesPerPause === 0) yield* pause(graph.progress());
  }
  return chains.max;
}

/** For each node and transition how long the longest chain is that begins with its next effect. */
class Chains {
  max = 0;
  readonly #graph: DomainGraph;
  readonly #count: number;
  readonly #lengths: Uint16Array;
  readonly #from: Node;
  readonly #to: Node;

  constructor(graph: DomainGraph) {
    this.#graph = graph;
    this.#count = graph.walker.machine.transitions.length;
    this.#lengths = new Uint16Array(graph.size * this.#count);
    this.#from = graph.walker.node();
    this.#to = graph.walker.node();
  }

  /** Looks at a node all of whose targets were looked at. */
  look(node: number): void {
    const graph = this.#graph;
    const from = graph.read(node, this.#from);
    for (let edge = graph.firstEdge(node); edge < graph.firstEdge(node + 1); edge += 1) {
      const { moves } = graph.walker;
      const move = graph.edgeMove(edge);
      // What only time lets begin in the same moment was not waiting for this effect.
      if (moves.baseOf(move) !== move) continue;
      const target = graph.target(edge);
      const to = graph.read(target, this.#to);
      const done = moves.doneBy(move);
      for (let own = 0; own < this.#count; own += 1) {
        if (from.about[own] === null) continue;
        const length = own === done ? 1 + this.#maxNew(from, to, target, own) : this.#at(target, own);
        if (length > this.#at(node, own)) this.#lengths[node * this.#count + own] = length;
        this.max = Math.max(this.max, length);
      }
    }
  }

  #at(node: number, transition: number): number {
    return this.#lengths[node * this.#count + transition] ?? 0;
  }

  /** The longest chain that begins with an effect which was emitted because another one was done. */
  #maxNew(from: Node, to: Node, target: number, done: number): number {
    let max = 0;
    for (let other = 0; other < this.#count; other += 1) {
      const isNew = to.about[other]?.kind === "flight" && (other === done || from.about[other]?.kind !== "flight");
      if (isNew) max = Math.max(max, this.#at(target, other));
    }
    return max;
  }
}
