import type { State, Value } from "../../../runtime-lib/kernel/value.js";
import type { Flight, Node, Pause } from "./node.js";
import type { Plain } from "./states.js";

// Strings that the program does not know are interchangeable: where nobody holds either of two, it is the same whichever is observed
// (symmetry reduction; Ip and Dill, 1996). So of those that nobody holds only the first one is.

/** A bit for each string that the program does not know; as many as a number has. */
const maxBits = 30;

/** Says which observations are others with the names of strings changed. */
export class Symmetry {
  /** The bit of each string, by class. */
  readonly #classes: readonly ReadonlyMap<Value, number>[];
  /** For each observation the strings in it, each with its class, in order. */
  readonly #observed: readonly (readonly Held[])[];
  readonly #byPlain = new WeakMap<Plain, number>();
  readonly #byEntry = new WeakMap<Flight | Pause, number>();

  /** @param fresh the strings of each class that the program does not know, in order */
  constructor(fresh: readonly (readonly string[])[], observations: readonly State[]) {
    let bit = 0;
    const several = fresh.filter((strings) => strings.length > 1);
    const isFew = several.flat().length <= maxBits;
    this.#classes = isFew ? several.map((strings) => new Map(strings.map((string) => [string, 1 << bit++]))) : [];
    this.#observed = observations.map((facts) => Object.values(facts).flatMap((value) => this.#heldIn(value)));
  }

  #heldIn(value: Value): Held[] {
    return this.#classes.flatMap((bits) => {
      const bit = bits.get(value);
      return bit === undefined ? [] : [{ bit, bits }];
    });
  }

  /** Whether an observation is the first of those that are alike in a node. */
  isFirst(node: Node, observation: number): boolean {
    const held = this.#observed[observation];
    if (held === undefined || held.length === 0) return true;
    let used = this.#usedIn(node);
    for (const { bit, bits } of held) {
      if ((used & bit) === 0 && [...bits.values()].some((other) => other < bit && (used & other) === 0)) return false;
      used |= bit;
    }
    return true;
  }

  /** The strings that somebody holds. */
  #usedIn({ plain, about }: Node): number {
    let used = this.#usedBy(plain);
    for (const entry of about) if (entry !== null) used |= this.#usedByEntry(entry);
    return used;
  }

  #usedBy(plain: Plain): number {
    let used = this.#byPlain.get(plain);
    if (used === undefined) {
      used = this.#bitsOf(plain.state);
      this.#byPlain.set(plain, used);
    }
    return used;
  }

  #usedByEntry(entry: Flight | Pause): number {
    let used = this.#byEntry.get(entry);
    if (used === undefined) {
      const wanted = entry.kind === "flight" ? [entry.planned.plan] : [];
      used = this.#bitsOf([wanted, entry.backoffs.map(({ intents }) => intents)]);
      this.#byEntry.set(entry, used);
    }
    return used;
  }

  /** The strings that stand anywhere in something. */
  #bitsOf(held: unknown): number {
    if (typeof held === "string") return this.#heldIn(held).reduce((bits, { bit }) => bits | bit, 0);
    if (typeof held !== "object" || held === null) return 0;
    return Object.values(held).reduce((bits: number, each) => bits | this.#bitsOf(each), 0);
  }
}

/** A string that an observation holds, with those that are alike. */
interface Held {
  readonly bit: number;
  readonly bits: ReadonlyMap<Value, number>;
}
