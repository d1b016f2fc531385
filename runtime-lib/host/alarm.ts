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

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {}

  /** Rings at a time (epoch ms) instead of the one set before; Infinity: not at all. */
  set(due: number): void {
    this.#due = due;
    if (due === this.#armedFor || this.#isArming) return;
    this.#isArming = true;
    queueMicrotask(() => this.#arm());
  }

  /** Rings no more. */
  clear(): void {
    this.#due = Infinity;
    this.#arm();
  }

  #arm(): void {
    this.#isArming = false;
    if (this.#due === this.#armedFor) return;
    this.#cancel?.();
    this.#cancel = null;
    this.#armedFor = this.#due;
    if (this.#due === Infinity) return;
    this.#cancel = this.clock.setTimer(this.#due, () => {
      this.#cancel = null;
      this.#armedFor = Infinity;
      this.#due = Infinity;
      this.ring();
    });
  }
}
