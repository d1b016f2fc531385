import { at } from "../kernel/at.js";
import { fractionOf, nextRandom, seedOf } from "../kernel/random.js";

/** The source of everything that is left to chance in a simulation: the same seed makes the same choices. */
export class Choices {
  #state: number;

  constructor(seed: number) {
    // Neighbouring seeds must not make similar choices.
    this.#state = seedOf(String(seed));
  }

  /** Draws a whole number from 0 up to, but not including, a limit. */
  below(limit: number): number {
    this.#state = nextRandom(this.#state);
    return Math.floor(fractionOf(this.#state) * limit);
  }

  /** Draws whether something happens that happens so often in a hundred. */
  percent(often: number): boolean {
    return this.below(100) < often;
  }

  /** Draws one of several. */
  of<T>(all: readonly T[]): T {
    return at(all, this.below(all.length));
  }
}
