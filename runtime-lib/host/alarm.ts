import type { Clock } from "./clock.js";

// The runtime is compiled without the types of Node or of browsers; this exists in both.
declare function queueMicrotask(task: () => void): void;

/**
 * One timer that can be moved. It is armed a microtask late: what is over by then (an adapter that answers at once) costs
 * no timer at all.
 */
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

  /** Rings at a time (epoch ms) instead of the one set before; Infinity: not at all. */
  set(due: number): void {
    this.#due = due;
    if (due === this.#armedFor || this.#isArming) return;
    this.#isArming = true;
    queueMicrotask(() => this.#arm());
  }

  #arm(): void {
    this.#isArming = false;
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
