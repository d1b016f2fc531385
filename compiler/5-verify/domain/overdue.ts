import { maxCombined, subsetsOf } from "../search/subsets.js";

// Whatever is waited for may be over at once: because it began at once, or because somebody looks late. What is over is given by the
// moves that end the waits.

/** Combinations of waits that are over at once, each with a number from 1 on. */
export class Overdue {
  /** Whether there were so many waits at once that not every combination was looked at. */
  isCut = false;
  /** The combinations by their numbers; none has the number 0. */
  readonly sets: (readonly number[])[] = [[]];
  readonly #numbers = new Map<string, number>();
  readonly #combinations = new Map<string, readonly number[]>();

  /** Gives the numbers of all that may be over at once of some waits, single ones among them. */
  combinationsOf(waits: readonly number[]): readonly number[] {
    const key = waits.join();
    let all = this.#combinations.get(key);
    if (all === undefined) {
      this.isCut ||= waits.length > maxCombined;
      all = subsetsOf(waits).map((set) => this.#numberOf(set));
      this.#combinations.set(key, all);
    }
    return all;
  }

  #numberOf(set: readonly number[]): number {
    const key = set.join();
    const number = this.#numbers.get(key) ?? this.sets.push(set) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}
