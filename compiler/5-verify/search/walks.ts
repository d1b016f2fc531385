import { exploredWithin, Graph } from "./graph.js";
import type { Space, Successors } from "./space.js";
import { pause, type Steps } from "./steps.js";

/** So many moves a walk has at most. */
const maxMoves = 40;

/** So many moves are followed of what remains when the world is quiet. */
const maxQuiet = 4_000;

/** Numbers in a random order that is the same each time (xorshift, Marsaglia 2003). */
export class Random {
  #state = 0x2545f491;

  /** Gives a whole number from 0 to before `limit`. */
  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }
}

/** A look at what lies beyond what was explored. */
export interface Look<S extends Space> {
  /** The moves that lead to where the world became quiet. */
  readonly before: readonly number[];
  /** What remains from there on. */
  readonly quiet: Graph<S>;
}

/** Walks at random from somewhere at the edge of what was explored, and looks at all that is left when the world becomes quiet there. */
export function* lookBeyond<S extends Space>(graph: Graph<S>, random: Random): Steps<Look<S>> {
  const { space } = graph;
  const start = graph.explored + random.below(graph.size - graph.explored);
  const before = graph.pathTo(start);
  const walk = new Choice(random, graph.words(start).slice());
  for (let left = random.below(maxMoves); left > 0 && !space.isBeyond(walk.words); left -= 1) {
    const from = walk.words;
    walk.begin();
    space.expand(from, walk, start);
    if (walk.move < 0) break;
    before.push(walk.move);
    yield* pause(graph.progress());
  }
  const quiet = new Graph(space, { root: walk.words, isQuiet: true });
  yield* exploredWithin(quiet, maxQuiet);
  return { before, quiet };
}

/** Takes one of the moves out of a situation, each as likely as the next. */
class Choice implements Successors {
  words: Uint16Array;
  /** The move that was taken; -1: there is none. */
  move = -1;
  readonly #random: Random;
  #count = 0;

  constructor(random: Random, words: Uint16Array) {
    this.#random = random;
    this.words = words;
  }

  begin(): void {
    this.move = -1;
    this.#count = 0;
  }

  add(words: Uint16Array, move: number): void {
    this.#count += 1;
    if (this.#random.below(this.#count) > 0) return;
    this.words = words.slice();
    this.move = move;
  }

  addQuiet(words: Uint16Array, move: number): void {
    this.add(words, move);
  }
}
