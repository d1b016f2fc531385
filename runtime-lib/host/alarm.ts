import type { Clock } from "./clock.js";

// The runtime is compiled without the types of Node or of browsers; this exists in both.
declare function queueMicrotask(task: () => void): void;

/** One timer that can be moved. */
export class Alarm {
  #due = Infinity;
  #armedFor = Infinity;
  #isArming = false;
  #cancel: (() => void) | null = null;
  readonly #clock: Clock;
  readonly #ring: () => void;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /**
   * Rings at a time (epoch ms) instead of the one set before; Infinity: not at all. With `isLate` the timer is armed a
   * microtask later: what is over by then, such as a call that answers at once, costs no timer at all.
   */
  set(due: number, isLate: boolean): void {
    this.#due = due;
    if (due === this.#armedFor) return;
    if (!isLate) return this.#arm();
    if (this.#isArming) return;
    this.#isArming = true;
    queueMicrotask(() => {
      this.#isArming = false;
      this.#arm();
    });
  }

  #arm(): void {
    const due = this.#due;
    if (due === this.#armedFor) return;
    this.#cancel?.();
    this.#armedFor = due;
    this.#cancel = due === Infinity ? null : this.#clock.setTimer(due, () => this.#fire());
  }

  #fire(): void {
    this.#cancel = null;
    this.#armedFor = Infinity;
    this.#due = Infinity;
    this.#ring();
  }
}
