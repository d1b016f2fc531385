import type { Instance } from "../../../runtime-lib/kernel/instance.js";
import type { Reaction } from "../../../runtime-lib/kernel/react.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Flight, Node } from "../domain/node.js";
import { canBeGivenUp, Promises } from "../domain/promises.js";
import { fits, settleable, settledFirst } from "../domain/reduction.js";
import type { Walker } from "../domain/walker.js";
import { int32List, uint8List, uint16List } from "./lists.js";
import { NodeTable } from "./node-table.js";

/** How far a search has come. */
export interface Progress {
  readonly nodes: number;
  /** Nodes that were found and not looked at yet. */
  readonly frontier: number;
  /** Bytes that it will take in one go before the next pause; 0: hardly any. */
  readonly growth: number;
}

/** Less than so many bytes are hardly any. */
const hardlyAny = 1 << 20;

/** Moves and plans are told apart by 16 bits. */
const maxWord = 0xffff;

const commitsMask = 0x7f;
const changesBit = 0x80;

/**
 * Every node that can be reached under any observations, outcomes and failures, in the order of their distance; and between them
 * the moves that remain when the world is quiet and effects succeed in the end.
 */
export class Graph {
  readonly walker: Walker;
  readonly table: NodeTable;
  /** Transitions that were seen to start. */
  readonly started = new Set<number>();
  /** Nodes beyond the bound of ints: they were not followed. */
  readonly beyond: number[] = [];
  readonly promises: Promises;
  readonly independent: Set<number>;
  /** Moves that were followed. */
  steps = 0;
  /** Nodes that were looked at. */
  explored = 0;
  /** The numbers of the states of nodes that were looked at. */
  readonly #states = new Set<number>();
  readonly #parents = int32List();
  readonly #via = uint16List();
  readonly #firstEdge = int32List();
  readonly #targets = int32List();
  readonly #edgeMoves = uint16List();
  readonly #edgeLabels = uint16List();
  readonly #edgeInfo = uint8List();
  readonly #words: Uint16Array;
  readonly #node: Node;

  constructor(walker: Walker, independent: Set<number>) {
    this.walker = walker;
    this.independent = independent;
    this.promises = new Promises(walker);
    this.table = new NodeTable(walker.codec.width);
    this.#words = new Uint16Array(walker.codec.width);
    this.#node = walker.node();
  }

  get size(): number {
    return this.table.size;
  }

  /** Bytes that the graph takes, without the states. */
  get bytes(): number {
    const lists = [this.#parents, this.#via, this.#firstEdge, this.#targets, this.#edgeMoves, this.#edgeLabels, this.#edgeInfo];
    return this.table.bytes + lists.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Reads a node; the object is the same for each. */
  read(node: number, into: Node = this.#node): Node {
    this.table.read(node, this.#words);
    this.walker.codec.read(this.#words, into);
    return into;
  }

  /** Where a node was found from; -1 for the first. */
  parent(node: number): number {
    return this.#parents.at(node);
  }

  /** The move by which a node was found. */
  via(node: number): number {
    return this.#via.at(node);
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
    return this.#edgeInfo.at(edge) & commitsMask;
  }

  /** Whether a commit of an edge changed the state. */
  changes(edge: number): boolean {
    return (this.#edgeInfo.at(edge) & changesBit) !== 0;
  }

  /** Whether a node rests: all goals hold, and nothing is in flight. */
  isAtRest(node: number): boolean {
    const { plain, about, isUnborn } = this.read(node);
    return !isUnborn && plain.allHold && about.every((entry) => entry?.kind !== "flight");
  }

  /** The moves that led to a node, from the first one on. */
  pathTo(node: number): number[] {
    const path: number[] = [];
    for (let at = node; this.parent(at) >= 0; at = this.parent(at)) path.push(this.via(at));
    return path.reverse();
  }

  /** Where a move leads. @param node one from which the move was followed, or leads to where it was */
  after(node: number, move: number): number {
    const { walker } = this;
    walker.codec.write(walker.step(this.read(node, walker.node()), move).instance, this.#words);
    return this.table.find(this.#words);
  }

  /** Adds what a reaction led to. Gives the number of the node. */
  #add(instance: Instance, from: number, move: number): number {
    this.walker.codec.write(instance, this.#words);
    return this.#addWords(from, move);
  }

  #addWords(from: number, move: number): number {
    const { size } = this.table;
    const node = this.table.add(this.#words);
    if (node === size) {
      this.#parents.push(from);
      this.#via.push(move);
    }
    return node;
  }

  /** Looks at every node in turn. Pauses now and then, and ends early if there is a reason. Gives that reason, or null. */
  *explore(every: number): Generator<Progress, string | null, string | null> {
    this.#words.set(this.walker.codec.first());
    this.#addWords(-1, 0);
    if (this.walker.moves.count > maxWord) return "there are too many values to observe";
    const node = this.walker.node();
    for (let at = 0; at < this.table.size; at += 1) {
      this.#firstEdge.push(this.#targets.length);
      this.read(at, node);
      if (!this.#enter(at, node)) return null;
      if (!node.plain.isBeyond) this.#expand(at, node);
      this.explored += 1;
      if (this.walker.codec.isOverfull) return "a transition has too many different plans";
      if (at % every === every - 1) {
        const reason = yield { nodes: this.size, frontier: this.size - at - 1, growth: this.#growthWithin(every) };
        if (reason !== null) return reason;
      }
    }
    return null;
  }

  /** Gives the bytes that tables and lists take in one go while so many nodes are looked at. */
  #growthWithin(nodes: number): number {
    const edges = nodes * this.walker.moves.count;
    const lists = [this.#targets, this.#edgeMoves, this.#edgeLabels, this.#edgeInfo, this.#parents, this.#via];
    const growth = lists.reduce((sum, list) => sum + list.growthWithin(edges), this.table.growthWithin(edges));
    return growth < hardlyAny ? 0 : growth;
  }

  /** Notes a node. Gives false where the reduction turned out not to fit. */
  #enter(at: number, { plain }: Node): boolean {
    if (plain.isBeyond) this.beyond.push(at);
    if (this.#states.has(plain.id)) return true;
    this.#states.add(plain.id);
    const mismatches = [...this.independent].filter((transition) => !fits(this.walker, transition, plain));
    for (const transition of mismatches) this.independent.delete(transition);
    return mismatches.length === 0;
  }

  #expand(at: number, node: Node): void {
    const { moves } = this.walker;
    const first = settledFirst(node, this.independent);
    if (node.isUnborn) this.#follow(at, node, moves.start);
    for (let index = 0; index < node.about.length; index += 1) {
      const entry = node.about[index];
      if (entry === null || entry === undefined || (first >= 0 && index !== first)) continue;
      if (entry.kind === "flight") this.#expandFlight(at, node, index, entry);
      if (entry.backoffs.length > 0) this.#followFrozen(at, node, moves.retry(index));
      if (entry.backoffs.length > 1) this.#followFrozen(at, node, moves.retryOther(index));
    }
    if (node.isHeld) this.#followFrozen(at, node, moves.resume);
    for (let index = 0; index < moves.durations.length; index += 1) {
      if (this.walker.isRunning(node, index)) this.#followFrozen(at, node, moves.elapse(index));
    }
    if (node.owed !== 0) for (const contract of this.walker.owedIn(node)) this.#show(at, node, contract);
    if (first < 0) this.#observe(at, node);
  }

  #expandFlight(at: number, node: Node, index: number, entry: Flight): void {
    const { walker } = this;
    this.#followFrozen(at, node, walker.moves.done(index));
    if (walker.machine.handlers === null) {
      if (canBeGivenUp(entry)) this.#fail(at, node, index, false);
      return;
    }
    const effect = walker.effectOf(entry);
    const isHandled = walker.handles(effect, "failed");
    if (canBeGivenUp(entry) || isHandled) this.#fail(at, node, index, isHandled);
    for (const [number, { transition, effect: own, outcome }] of walker.moves.outcomes.entries()) {
      if (transition !== index || own !== effect) continue;
      const move = walker.moves.outcome(number);
      if (outcome === "done") this.#followFrozen(at, node, move);
      else this.#follow(at, node, move);
    }
  }

  /** The world shows what it owes: that comes, as an effect that is under way is done. */
  #show(at: number, node: Node, contract: number): void {
    const { moves } = this.walker;
    for (const index of this.walker.showing(node.plain, contract))
      this.#followFrozen(at, node, moves.observe(index), moves.owed(contract));
  }

  #observe(at: number, node: Node): void {
    const { walker } = this;
    for (let index = 0; index < walker.moves.observations.length; index += 1) {
      if (!node.isUnborn && walker.observed(node.plain, index) === node.plain) continue;
      this.#follow(at, node, walker.moves.observe(index));
    }
  }

  /** Follows a move that remains when the world is quiet. */
  #followFrozen(at: number, node: Node, move: number, label = this.walker.moves.labelOf(move)): void {
    const reaction = this.#react(at, node, move);
    const target = this.#add(reaction.instance, at, move);
    this.#targets.push(target);
    this.#edgeMoves.push(move);
    this.#edgeLabels.push(label);
    const isChanged = reaction.commits.some(({ writes }) => this.#isChange(reaction, writes, node));
    this.#edgeInfo.push(Math.min(reaction.commits.length, commitsMask) | (isChanged ? changesBit : 0));
  }

  #isChange({ instance, commits }: Reaction, writes: Partial<State>, { plain }: Node): boolean {
    return commits.length > 1 || this.walker.states.of(instance.state) !== plain || this.walker.states.counts(writes);
  }

  #follow(at: number, node: Node, move: number): void {
    this.#add(this.#react(at, node, move).instance, at, move);
  }

  #react(at: number, node: Node, move: number): Reaction {
    this.steps += 1;
    const reaction = this.walker.step(node, move);
    const { activations } = reaction.instance;
    const { transitions } = this.walker.machine;
    if (this.started.size < transitions.length) {
      for (const { transition } of [...activations, ...reaction.commits]) this.started.add(this.walker.codec.indexOf(transition));
    }
    this.promises.check(at, node, move, reaction);
    return reaction;
  }

  /**
   * A failure. What is in nobody's way and is tried again is where it was; only what comes of it otherwise is followed: that it
   * is no longer wanted, or is tried with other writes.
   */
  #fail(at: number, node: Node, index: number, isHandled: boolean): void {
    if (!isHandled && this.#failsInVain(node, index)) return;
    const { moves } = this.walker;
    const reaction = this.#react(at, node, moves.failed(index));
    const flight = node.about[index];
    const number = flight?.kind === "flight" ? flight.activation.number : 0;
    if (reaction.instance.activations.every((activation) => activation.number !== number))
      this.promises.checkUnknown(at, node, index);
    this.#add(reaction.instance, at, moves.failed(index));
  }

  /** Whether an independent transition only tries the same again. */
  #failsInVain({ plain, about, isHeld }: Node, index: number): boolean {
    const entry = about[index];
    const isSame = entry?.kind === "flight" && entry.isPlain && plain.plans[index] === entry.planned;
    return isSame && this.walker.independent[index] === true && !isHeld && !plain.allHold;
  }
}

/** A graph, and why it was given up before it was whole; null: it is whole. */
export interface Searched {
  readonly graph: Graph;
  readonly stopped: string | null;
}

/** Explores a domain; begins again where the reduction turned out not to fit. */
export function* graphOf(walker: Walker, every = 64): Generator<Progress, Searched, string | null> {
  for (const independent = settleable(walker); ; ) {
    const before = independent.size;
    const graph = new Graph(walker, independent);
    const stopped = yield* graph.explore(every);
    if (independent.size === before || stopped !== null) return { graph, stopped };
  }
}
