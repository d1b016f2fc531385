/** What follows from something that is being written down. */
interface Consequence {
  readonly perform: () => void;
  /** Hears that it cannot be; null: nobody asked. */
  readonly fail: ((error: unknown) => void) | null;
}

/**
 * Consequences that are held back, in order, until the journal has what they follow from. After a failed write none is performed.
 */
export class FlushQueue {
  /** The latest write that is not on stable storage yet, and what waits for it. */
  #flush: Promise<void> | null = null;
  #waiting: Consequence[] = [];
  readonly #owner: { run(task: () => void): void };
  readonly #onFailure: (error: unknown) => void;

  constructor(owner: { run(task: () => void): void }, onFailure: (error: unknown) => void) {
    this.#owner = owner;
    this.#onFailure = onFailure;
  }

  /** Whether everything so far is on stable storage. */
  get isIdle(): boolean {
    return this.#flush === null;
  }

  /** Makes what comes now wait for this write; writes are answered in order, and those that share a promise share a turn. */
  wait(flush: Promise<void>): void {
    if (flush === this.#flush) return;
    this.#flush = flush;
    const waiting: Consequence[] = [];
    this.#waiting = waiting;
    flush.then(
      () => this.#owner.run(() => this.#end(flush, waiting)),
      (error: unknown) => {
        for (const { fail } of waiting) fail?.(error);
        this.#onFailure(error);
      },
    );
  }

  /** Performs a consequence in its turn: at once where nothing is being written. */
  add(perform: () => void, fail: Consequence["fail"]): void {
    if (this.#flush === null) perform();
    else this.#waiting.push({ perform, fail });
  }

  #end(flush: Promise<void>, waiting: readonly Consequence[]): void {
    if (this.#flush === flush) this.#flush = null;
    for (const { perform } of waiting) perform();
  }
}
