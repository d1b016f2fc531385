import { int32List, uint8List } from "./lists.js";
import { NodeTable } from "./node-table.js";
import { changesIn, commitsIn, isDoneIn, isElsewhereIn, type Space, type Successors } from "./space.js";
import { type Progress, pause, type Steps } from "./steps.js";

/** Less than so many bytes are hardly any. */
const hardlyAny = 1 << 20;

/** So many moves are followed between two pauses. */
const movesPerPause = 1024;

/** How a space is explored. */
export interface Exploration {
  /** Where it begins; absent: at the beginning. */
  readonly root?: Uint16Array;
  /** Whether only those moves are followed that remain when the world is quiet. */
  readonly isQuiet?: boolean;
}

/**
 * Every node that can be reached under any observations, outcomes and failures, in the order of their distance; and between them
 * the moves that remain when the world is quiet and effects succeed in the end.
 */
export class Graph<S extends Space = Space> implements Successors {
  readonly space: S;
  /** Nodes beyond the bound of ints: they were not followed. */
  readonly beyond: number[] = [];
  /** Moves that were followed. */
  steps = 0;
  /** Nodes that were looked at. */
  explored = 0;
  readonly #isQuiet: boolean;
  readonly #table: NodeTable;
  readonly #parents = int32List();
  readonly #via = int32List();
  readonly #firstEdge = int32List();
  readonly #targets = int32List();
  readonly #edgeMoves = int32List();
  readonly #edgeLabels = int32List();
  readonly #edgeInfo = uint8List();
  readonly #words: Uint16Array;
  /** The node that is being expanded. */
  #at = -1;
  /** Whether it ended early. */
  #isCut = false;

  constructor(space: S, { root = space.first(), isQuiet = false }: Exploration = {}) {
    this.space = space;
    this.#isQuiet = isQuiet;
    this.#table = new NodeTable(space.width);
    this.#words = new Uint16Array(space.width);
    this.#addNode(root, 0);
  }

  get size(): number {
    return this.#table.size;
  }

  /** Bytes that the graph takes. */
  get bytes(): number {
    return this.#table.bytes + this.#lists.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get #lists() {
    return [this.#targets, this.#edgeMoves, this.#edgeLabels, this.#edgeInfo, this.#parents, this.#via, this.#firstEdge];
  }

  /** Gives the words of a node; the array is the same for each. */
  words(node: number): Uint16Array {
    this.#table.read(node, this.#words);
    return this.#words;
  }

  /** Gives the number of a node; -1: it was not met. */
  find(words: Uint16Array): number {
    return this.#table.find(words);
  }

  /** Where a node was found from; -1 for the first. */
  parent(node: number): number {
    return this.#parents.at(node);
  }

  /** The edges out of a node are those with numbers from `firstEdge(node)` to before `firstEdge(node + 1)`. */
  firstEdge(node: number): number {
    return node < this.#firstEdge.length ? this.#firstEdge.at(node) : this.#targets.length;
  }

  target(edge: number): number {
    return this.#targets.at(edge);
  }

  edgeMove(edge: number): number {
    return this.#edgeMoves.at(edge);
  }

  /** What is fair of an edge: whatever is possible all the way is done some day, by an edge of the same label. */
  edgeLabel(edge: number): number {
    return this.#edgeLabels.at(edge);
  }

  /** How many activations an edge commits. */
  commits(edge: number): number {
    return commitsIn(this.#edgeInfo.at(edge));
  }

  /** Whether an edge changes something. */
  changes(edge: number): boolean {
    return changesIn(this.#edgeInfo.at(edge));
  }

  /** Whether by an edge an effect is done. */
  isDone(edge: number): boolean {
    return isDoneIn(this.#edgeInfo.at(edge));
  }

  /** Whether an edge is what happens elsewhere: nobody goes round by it. */
  isElsewhere(edge: number): boolean {
    return isElsewhereIn(this.#edgeInfo.at(edge));
  }

  /** Whether a node rests: all goals hold, and nothing is in flight. */
  isAtRest(node: number): boolean {
    return this.space.isAtRest(this.words(node));
  }

  /** The moves that led to a node, from the first one on. */
  pathTo(node: number): number[] {
    const path: number[] = [];
    for (let at = node; this.parent(at) >= 0; at = this.parent(at)) path.push(this.#via.at(at));
    return path.reverse();
  }

  /** So many moves at least lead to any node that was not looked at; null: all were. */
  get depth(): number | null {
    return this.explored < this.size ? this.pathTo(this.explored).length : null;
  }

  add(words: Uint16Array, move: number): void {
    this.steps += 1;
    if (!this.#isQuiet) this.#addNode(words, move);
  }

  addQuiet(words: Uint16Array, move: number, label: number, info: number): void {
    this.steps += 1;
    this.#targets.push(this.#addNode(words, move));
    this.#edgeMoves.push(move);
    this.#edgeLabels.push(label);
    this.#edgeInfo.push(info);
  }

  /** Adds a node that was found from the one that is being expanded. Gives its number. */
  #addNode(words: Uint16Array, move: number): number {
    const { size } = this.#table;
    const node = this.#table.add(words);
    if (node === size) {
      this.#parents.push(this.#at);
      this.#via.push(move);
    }
    return node;
  }

  /**
   * Looks at every node in turn. Pauses every so many moves, or what takes as long, and ends early if there is a reason. Gives that reason, or null; and
   * undefined where all has to begin again.
   */
  *explore(every: number): Steps<string | null | undefined> {
    const words = new Uint16Array(this.space.width);
    for (let paused = { steps: 0, toil: 0 }; this.explored < this.size; this.explored += 1) {
      if (this.space.obstacle !== null) return this.space.obstacle;
      this.#at = this.explored;
      this.#firstEdge.push(this.#targets.length);
      this.#table.read(this.#at, words);
      if (!this.space.enter(words)) return undefined;
      if (!this.space.expand(words, this, this.#at)) this.beyond.push(this.#at);
      const moves = this.steps - paused.steps;
      if (moves + this.space.toil - paused.toil < every) continue;
      const reason = yield this.progress(this.#growthWithin(2 * moves));
      if (reason !== null) return this.#leave(reason);
      paused = { steps: this.steps, toil: this.space.toil };
    }
    return this.space.obstacle;
  }

  /** Ends early, when the node that is being looked at is done. */
  #leave(reason: string): string {
    this.explored += 1;
    this.#isCut = this.explored < this.size;
    return reason;
  }

  /** Says how far it came. @param growth bytes that will be taken in one go */
  progress(growth = 0): Progress {
    return { nodes: this.size, frontier: this.size - this.explored, growth, isBeyond: this.#isCut || this.#isQuiet };
  }

  /** Gives the bytes that tables and lists take in one go while so many moves are followed. */
  #growthWithin(moves: number): number {
    const growth = this.#lists.reduce((sum, list) => sum + list.growthWithin(moves), this.#table.growthWithin(moves));
    return growth < hardlyAny ? 0 : growth;
  }
}

/** A graph, and why it was given up before it was whole; null: it is whole. */
export interface Searched<G extends Graph> {
  readonly graph: G;
  readonly stopped: string | null;
}

/** Explores as far as so many moves go. @throws LimitReached when it is told to give up */
export function* exploredWithin(graph: Graph, maxMoves: number): Steps<void> {
  const steps = graph.explore(movesPerPause);
  for (let next = steps.next(null); next.done !== true; ) {
    yield* pause(graph.progress());
    next = steps.next(graph.steps > maxMoves ? "enough" : null);
  }
}

/** Explores; begins again where something turns out to have been left out that must not be. */
export function* explored<G extends Graph>(make: () => G, every = movesPerPause): Steps<Searched<G>> {
  for (;;) {
    const graph = make();
    const stopped = yield* graph.explore(every);
    if (stopped !== undefined) return { graph, stopped };
  }
}
