import type { Entry } from "./views.js";

/** An entry with whom it is about, and the event itself. */
export interface RecentEvent extends Entry {
  readonly domain: string;
  readonly key: string;
  readonly event: object;
}

/** So many entries are kept of an instance. */
const maxOfOne = 100;

/** Fewer entries are made in a ms, on average: the numbers of a process stay below those of the next one. */
const maxPerMs = 1000;

/** What a reader has missed. */
export interface Missed {
  readonly entries: readonly RecentEvent[];
  /** There was more, and it is no longer kept. */
  readonly hasGap: boolean;
}

/**
 * What happened lately: the last entries of each instance, and the last of all for readers who were away. Bounded: when there
 * are too many, the instance to which nothing has happened for longest is forgotten first.
 */
export class RecentEvents {
  readonly #max: number;
  readonly #maxRecent: number;
  readonly #byName = new Map<string, Entry[]>();
  readonly #recent: RecentEvent[] = [];
  readonly #readers = new Set<(recent: RecentEvent) => void>();
  #size = 0;
  #number: number;

  /**
   * @param now epoch ms: entries are numbered from there on, so that a reader of the process before is not taken for one of this
   * @param max how many entries are kept over all instances @param maxRecent how many for readers who come back
   */
  constructor(now: number, max = 20_000, maxRecent = 1000) {
    this.#number = now * maxPerMs;
    this.#max = max;
    this.#maxRecent = maxRecent;
  }

  /** The number of the latest entry. */
  get number(): number {
    return this.#number;
  }

  /** Notes what was before this process, without telling anybody. */
  remember(name: string, entry: Omit<Entry, "number">): void {
    this.#keep(name, { number: 0, ...entry });
  }

  /** Notes something, and gives it to the readers. */
  add(recent: Omit<RecentEvent, "number">): void {
    this.#number += 1;
    const { domain, key, at, type, text } = recent;
    const entry = { number: this.#number, at, type, text };
    this.#keep(`${domain}/${key}`, entry);
    const whole = { number: this.#number, ...recent };
    this.#recent.push(whole);
    // Cut off by halves, as each cut copies.
    if (this.#recent.length > 2 * this.#maxRecent) this.#recent.splice(0, this.#maxRecent);
    for (const read of this.#readers) read(whole);
  }

  /** Gives what happened to an instance lately, the oldest first. */
  of(name: string): readonly Entry[] {
    return this.#byName.get(name) ?? [];
  }

  /** Gives what came after an entry, as far as it is still kept. */
  since(number: number): Missed {
    const [first] = this.#recent;
    // It is of a clock that was ahead.
    if (number > this.#number) return { entries: [...this.#recent], hasGap: true };
    const hasGap = number < (first === undefined ? this.#number : first.number - 1);
    return { entries: this.#recent.filter((recent) => recent.number > number), hasGap };
  }

  /** Gives a reader everything from now on; the result ends that. */
  read(reader: (recent: RecentEvent) => void): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  #keep(name: string, entry: Entry): void {
    const own = this.#byName.get(name) ?? [];
    own.push(entry);
    this.#size += 1;
    if (own.length > maxOfOne) {
      own.shift();
      this.#size -= 1;
    }
    // Whom something happened to goes to the end.
    this.#byName.delete(name);
    this.#byName.set(name, own);
    for (const [oldest, entries] of this.#byName) {
      if (this.#size <= this.#max || oldest === name) break;
      this.#byName.delete(oldest);
      this.#size -= entries.length;
    }
  }
}
