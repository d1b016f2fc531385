/** Something that is due at a time (epoch ms). */
export interface Entry {
  readonly at: number;
  /** Called when it is due; it is off the agenda then. */
  ring(now: number): void;
}

/** What is due, earliest first. What is added last is mostly due last, so that a sorted list serves better than a heap. */
export class Agenda {
  #entries: Entry[] = [];

  /** When the earliest is due; Infinity: there is none. */
  get next(): number {
    return this.#entries[0]?.at ?? Infinity;
  }

  /** Puts an entry behind all that are due no later. */
  add(entry: Entry): void {
    const index = this.#indexAfter(entry.at);
    if (index === this.#entries.length) this.#entries.push(entry);
    else this.#entries.splice(index, 0, entry);
  }

  /** Takes an entry off, if it is there. */
  remove(entry: Entry): void {
    if (this.#entries.length === 0) return;
    const index = this.#entries.lastIndexOf(entry, this.#indexAfter(entry.at));
    if (index === this.#entries.length - 1) this.#entries.pop();
    else if (index >= 0) this.#entries.splice(index, 1);
  }

  /** Takes out the earliest, if it is due. */
  take(now: number): Entry | undefined {
    return this.next <= now ? this.#entries.shift() : undefined;
  }

  /** Takes everything off. */
  clear(): void {
    this.#entries = [];
  }

  /** Gives the index behind everything that is due at a time or before (binary search). */
  #indexAfter(at: number): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.at ?? at) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
