import { at } from "../kernel/at.js";
import { fractionOf, nextRandom, seedOf } from "../kernel/random.js";

/** Everything that is left to chance in a simulation comes from here: the same seed makes the same choices. */
export class Choices {
  #state: number;

  constructor(seed: number) {
    // Neighbouring seeds must not make similar choices.
    this.#state = seedOf(String(seed));
  }

  /** A whole number from 0 up to, but not including, a limit. */
  below(limit: number): number {
    this.#state = nextRandom(this.#state);
    return Math.floor(fractionOf(this.#state) * limit);
  }

  /** Whether something happens that happens so often in a hundred. */
  percent(often: number): boolean {
    return this.below(100) < often;
  }

  /** One of several. */
  of<T>(all: readonly T[]): T {
    return at(all, this.below(all.length));
  }
}
