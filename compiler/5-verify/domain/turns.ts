import { componentsOf, type Edges } from "../search/components.js";
import { NodeTable } from "../search/node-table.js";
import { type Progress, pause, type Steps } from "../search/steps.js";
import type { DomainGraph } from "./domain-graph.js";
import type { Node } from "./node.js";
import { isEnabled } from "./states.js";
import type { Walker } from "./walker.js";

/** More nodes than this are not looked at in every order. */
const maxNodes = 30_000;

/** So many nodes are looked at between two pauses. */
const nodesPerPause = 64;

/** A label of an edge of its own kind: a transition that starts. The others are moves. */
const startsFrom = 1 << 20;

/**
 * Transitions without whose turn a domain would go round for ever: were enabled transitions to start in any order whatever, there
 * would be circles, and these transitions, enabled all the way round, lead out of them. The kernel lets every enabled transition
 * have its turn, so that its own order has no such circle. Null: that it comes to rest does not depend on turns. An empty
 * list: it does, in another way. Undefined: too much would have to be looked at.
 */
export function* turnsIn(graph: DomainGraph): Steps<readonly string[] | null | undefined> {
  if (graph.size > maxNodes || !graph.walker.isPlain) return undefined;
  const anyOrder = new AnyOrder(graph);
  if (!(yield* anyOrder.explore())) return undefined;
  const { circular } = yield* componentsOf(anyOrder);
  const stays = circular.map(({ nodes }) => nodes).filter((nodes) => anyOrder.stays(nodes));
  if (stays.length === 0) return null;
  const leading = new Set(stays.flatMap((nodes) => anyOrder.leadingOut(nodes)));
  return [...leading].map((transition) => graph.walker.machine.transitions[transition]?.name ?? "");
}

/** The quiet moves of all nodes that the kernel can get into, where enabled transitions start one by one, in any order. */
class AnyOrder implements Edges {
  readonly #graph: DomainGraph;
  readonly #walker: Walker;
  readonly #table: NodeTable;
  readonly #words: Uint16Array;
  readonly #firstEdge: number[] = [];
  readonly #targets: number[] = [];
  readonly #labels: number[] = [];
  readonly #changes: boolean[] = [];

  constructor(graph: DomainGraph) {
    this.#graph = graph;
    this.#walker = graph.walker;
    this.#table = new NodeTable(graph.walker.codec.width);
    this.#words = new Uint16Array(graph.walker.codec.width);
  }

  get size(): number {
    return this.#table.size;
  }

  progress(growth = 0): Progress {
    return this.#graph.progress(growth);
  }

  firstEdge(node: number): number {
    return this.#firstEdge[node] ?? this.#targets.length;
  }

  target(edge: number): number {
    // Edges are given by their numbers.
    return this.#targets[edge] as number;
  }

  /** Gives false where there is too much. */
  *explore(): Steps<boolean> {
    const node = this.#walker.node();
    for (let root = 0; root < this.#graph.size && this.size <= 2 * maxNodes; root += 1) this.#root(this.#graph.read(root, node));
    for (let at = 0; at < this.size; at += 1) {
      if (this.size > 2 * maxNodes) return false;
      if (at % nodesPerPause === 0) yield* pause(this.progress());
      this.#firstEdge.push(this.#targets.length);
      this.#read(at, node);
      if (!node.plain.isBeyond && !this.#start(node)) this.#wait(node);
    }
    return true;
  }

  /** What may be observed in a node is where transitions begin to start. */
  #root(node: Node): void {
    const { moves } = this.#walker;
    const arrivals = moves.observations.map((_, index) => moves.observe(index));
    for (const move of node.isUnborn ? [moves.start, ...arrivals] : arrivals) {
      this.#walker.codec.write(this.#walker.stepAlone(node, move, -1).instance, this.#words);
      this.#add();
    }
  }

  #read(at: number, node: Node): void {
    this.#table.read(at, this.#words);
    this.#walker.codec.read(this.#words, node);
  }

  /** Where the cursor is does not matter here, and nothing slows it down. */
  #add(): number {
    this.#walker.codec.forget(this.#words);
    return this.#table.add(this.#words);
  }

  /** Starts each transition that may start, for itself. Gives whether there is one. */
  #start(node: Node): boolean {
    let isAny = false;
    for (const [index, entry] of node.about.entries()) {
      if (entry !== null || node.plain.allHold || !isEnabled(node.plain, index)) continue;
      const reaction = this.#walker.stepAlone(node, this.#walker.moves.resume, index);
      if (reaction.attempts.length === 0 && reaction.commits.length === 0) continue;
      this.#follow(reaction, startsFrom + index, node);
      isAny = true;
    }
    return isAny;
  }

  #wait(node: Node): void {
    const { moves } = this.#walker;
    for (const [index, entry] of node.about.entries()) {
      if (entry === null) continue;
      const ends = [moves.retry(index), moves.retryOther(index)].slice(0, entry.backoffs.length);
      for (const move of entry.kind === "flight" ? [moves.done(index), ...ends] : ends) {
        this.#follow(this.#walker.stepAlone(node, move, -1), move, node);
      }
    }
  }

  #follow({ instance, commits }: ReturnType<Walker["step"]>, label: number, { plain }: Node): void {
    this.#walker.codec.write(instance, this.#words);
    this.#targets.push(this.#add());
    this.#labels.push(label);
    const after = this.#walker.states.of(instance.state);
    this.#changes.push(after !== plain || commits.some(({ writes }) => this.#walker.states.counts(writes)));
  }

  /** Whether a circle may last although every effect that is under way is done some day, and changes something on its way. */
  stays(nodes: readonly number[]): boolean {
    const inside = new Set(nodes);
    const edgesOf = (node: number) =>
      Array.from({ length: this.firstEdge(node + 1) - this.firstEdge(node) }, (_, index) => this.firstEdge(node) + index);
    const all = nodes.flatMap(edgesOf);
    const taken = new Set(all.filter((edge) => inside.has(this.target(edge))).map((edge) => this.#labels[edge]));
    const [first = -1] = nodes;
    const throughout = edgesOf(first)
      .map((edge) => this.#labels[edge])
      .filter((label) => nodes.every((node) => edgesOf(node).some((edge) => this.#labels[edge] === label)));
    // That an enabled transition starts is what is asked here, and not taken for granted.
    const isLeft = throughout.some((label) => label !== undefined && label < startsFrom && !taken.has(label));
    return !isLeft && all.some((edge) => inside.has(this.target(edge)) && this.#changes[edge]);
  }

  /** The transitions that are enabled all the way round and never start. */
  leadingOut(nodes: readonly number[]): number[] {
    const inside = new Set(nodes);
    const started = new Set<number>();
    const enabled = new Set(this.#walker.machine.transitions.keys());
    const node = this.#walker.node();
    for (const at of nodes) {
      this.#read(at, node);
      for (const index of enabled) {
        if (node.plain.allHold || !isEnabled(node.plain, index)) enabled.delete(index);
      }
      for (let edge = this.firstEdge(at); edge < this.firstEdge(at + 1); edge += 1) {
        if (inside.has(this.target(edge))) started.add((this.#labels[edge] ?? 0) - startsFrom);
      }
    }
    return [...enabled].filter((index) => !started.has(index));
  }
}
