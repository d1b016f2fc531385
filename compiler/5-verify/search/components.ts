import { type Progress, pause, type Steps } from "./steps.js";

/** Nodes with edges: those out of a node have the numbers from `firstEdge(node)` to before `firstEdge(node + 1)`. */
export interface Edges {
  readonly size: number;
  firstEdge(node: number): number;
  target(edge: number): number;
  /** Says how far it came. @param growth bytes that will be taken in one go */
  progress(growth?: number): Progress;
}

/** Bytes that finding components takes for each node. */
const bytesPerNode = 17;

/** So many nodes are looked at between two pauses. */
const nodesPerPause = 1 << 14;

/** Nodes that lead to each other by moves of a quiet world, and of which a search may never get out. */
export interface Component {
  /** Its nodes, the nearest first. */
  readonly nodes: readonly number[];
}

/** The components of a graph's quiet moves, and an order in which every edge leads back or stays inside one. */
export interface Components {
  /** Those with a circle in them. */
  readonly circular: readonly Component[];
  /** Every node once, each after all that it leads to, but for circles. */
  readonly order: Int32Array;
}

/** Finds the strongly connected components (Tarjan, 1972), without recursion: paths may be long. */
export function* componentsOf(graph: Edges): Steps<Components> {
  yield* pause(graph.progress(graph.size * bytesPerNode));
  const search = new Search(graph);
  for (let node = 0; node < graph.size; node += 1) yield* search.from(node);
  return { circular: search.circular, order: search.order };
}

class Search {
  readonly circular: Component[] = [];
  readonly order: Int32Array;
  readonly #graph: Edges;
  /** 0: not met; afterwards its place in the order of meeting, from 1 on. */
  readonly #met: Int32Array;
  readonly #low: Int32Array;
  readonly #nextEdge: Int32Array;
  readonly #isOpen: Uint8Array;
  readonly #open: number[] = [];
  #count = 0;
  #done = 0;
  #pauseAt = nodesPerPause;

  constructor(graph: Edges) {
    this.#graph = graph;
    this.order = new Int32Array(graph.size);
    this.#met = new Int32Array(graph.size);
    this.#low = new Int32Array(graph.size);
    this.#nextEdge = new Int32Array(graph.size);
    this.#isOpen = new Uint8Array(graph.size);
  }

  *from(root: number): Steps<void> {
    if (this.#met[root] !== 0) return;
    const path = [root];
    this.#enter(root);
    while (path.length > 0) {
      // The path is not empty.
      const node = path.at(-1) as number;
      const next = this.#advance(node);
      if (next >= 0) {
        this.#enter(next);
        path.push(next);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above !== undefined) this.#low[above] = Math.min(this.#low[above] ?? 0, this.#low[node] ?? 0);
      if (this.#low[node] === this.#met[node]) this.#close(node);
      if (this.#done >= this.#pauseAt) yield* this.#pause();
    }
  }

  *#pause(): Steps<void> {
    this.#pauseAt = this.#done + nodesPerPause;
    yield* pause(this.#graph.progress());
  }

  #enter(node: number): void {
    this.#count += 1;
    this.#met[node] = this.#count;
    this.#low[node] = this.#count;
    this.#nextEdge[node] = this.#graph.firstEdge(node);
    this.#isOpen[node] = 1;
    this.#open.push(node);
  }

  /** The next node that was not met before; -1: there is none. */
  #advance(node: number): number {
    const end = this.#graph.firstEdge(node + 1);
    for (let edge = this.#nextEdge[node] ?? 0; edge < end; edge += 1) {
      const target = this.#graph.target(edge);
      if (this.#met[target] === 0) {
        this.#nextEdge[node] = edge + 1;
        return target;
      }
      if (this.#isOpen[target] === 1) this.#low[node] = Math.min(this.#low[node] ?? 0, this.#met[target] ?? 0);
    }
    this.#nextEdge[node] = end;
    return -1;
  }

  #close(root: number): void {
    const nodes: number[] = [];
    for (let node = -1; node !== root; ) {
      // The root is among the open nodes.
      node = this.#open.pop() as number;
      this.#isOpen[node] = 0;
      this.order[this.#done++] = node;
      nodes.push(node);
    }
    if (nodes.length > 1 || this.#leadsToItself(root)) this.circular.push({ nodes: nodes.sort((a, b) => a - b) });
  }

  #leadsToItself(node: number): boolean {
    for (let edge = this.#graph.firstEdge(node); edge < this.#graph.firstEdge(node + 1); edge += 1) {
      if (this.#graph.target(edge) === node) return true;
    }
    return false;
  }
}
