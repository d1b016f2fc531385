import { componentsOf, type Edges } from "./components.js";
import type { Progress, Steps } from "./steps.js";

// The kernel slows an instance down when commits lead it to the same state three times, with nothing observed and no rest in between;
// then nothing starts for a while, and what comes meanwhile finds it in a state that it otherwise only passes through. How often each
// state was reached is kept only of those that can be reached again: which these are is found by a first search without it.

/** A state that was reached so often before slows an instance down when it is reached again. */
export const enoughVisits = 2;

/** Where more nodes than so many times those of the first search are met, what led to a slow-down is forgotten after all. */
const maxGrowth = 4;

/** So many nodes are looked at in any case. */
const alwaysEnough = 20_000;

/** Where commits lead, and of which states it is kept how often they were reached. States are given by their numbers. */
export class Visits {
  /** Whether what led to a slow-down was too much to be kept: then nothing is known of what happens while it is slowed down. */
  isForgotten = false;
  /** Where what happens leads from each state, but for observations, by their numbers. */
  readonly #targets = new Map<number, Set<number>>();
  readonly #reachedByCommits = new Set<number>();
  #remembered: ReadonlySet<number> = new Set();
  #maxNodes = Infinity;

  /** Whether it is kept of any state how often it was reached. */
  get isKept(): boolean {
    return this.#remembered.size > 0;
  }

  /** Whether it is kept of a state how often it was reached. */
  remembers(state: number): boolean {
    return this.#remembered.has(state);
  }

  /**
   * Notes where something led after which all visits are not forgotten as at rest.
   * @param from where it was before; null: it was observed, and all begins anew
   * @param reached where commits led on the way @param end where it led
   */
  note(from: number | null, reached: readonly number[], end: number): void {
    let at = from;
    for (const state of reached) {
      this.#reachedByCommits.add(state);
      // A commit that leads to where it was before changes back what a handler has changed.
      if (at !== null) this.#lead(at, state);
      at = state;
    }
    if (at !== null && at !== end) this.#lead(at, end);
  }

  #lead(from: number, to: number): void {
    const targets = this.#targets.get(from);
    if (targets === undefined) this.#targets.set(from, new Set([to]));
    else targets.add(to);
  }

  /**
   * Finds the states to which commits may lead again and again. Gives false where there are some of which nothing was kept: then all
   * begins again.
   * @param states how many there are @param nodes how many were met without
   */
  *areKept(states: number, nodes: number): Steps<boolean> {
    if (this.isForgotten || this.#reachedByCommits.size === 0) return true;
    const progress = { nodes, frontier: 0, growth: 0, isBeyond: false };
    const { circular } = yield* componentsOf(new StateGraph(states, this.#targets, progress));
    const again = circular.flatMap((component) => component.nodes).filter((id) => this.#reachedByCommits.has(id));
    const all = new Set([...this.#remembered, ...again]);
    if (all.size === this.#remembered.size) return true;
    if (!this.isKept) this.#maxNodes = maxGrowth * nodes + alwaysEnough;
    this.#remembered = all;
    return false;
  }

  /** Says whether so many nodes are too many; then it is kept of no state any more, and all begins again. */
  areTooMany(nodes: number): boolean {
    if (!this.isKept || nodes <= this.#maxNodes) return false;
    this.#remembered = new Set();
    this.isForgotten = true;
    return true;
  }
}

/** States, and where what happens leads from each. */
class StateGraph implements Edges {
  readonly size: number;
  readonly #first: number[] = [];
  readonly #targets: number[] = [];
  readonly #progress: Progress;

  constructor(size: number, targets: ReadonlyMap<number, ReadonlySet<number>>, progress: Progress) {
    this.size = size;
    this.#progress = progress;
    for (let state = 0; state < size; state += 1) {
      this.#first.push(this.#targets.length);
      for (const target of targets.get(state) ?? []) this.#targets.push(target);
    }
  }

  firstEdge(node: number): number {
    return this.#first[node] ?? this.#targets.length;
  }

  target(edge: number): number {
    // Edges are given by their numbers.
    return this.#targets[edge] as number;
  }

  progress(): Progress {
    return this.#progress;
  }
}
