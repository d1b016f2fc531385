import type { Clock } from "../host/clock.js";

/** A clock that stands still until a test lets it go on. */
export class TestClock implements Clock {
  #now: number;
  readonly #timers = new Set<{ at: number; fn: () => void }>();

  /** @param now epoch ms */
  constructor(now = 1_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  setTimer(at: number, fn: () => void): () => void {
    const timer = { at, fn };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** The times (epoch ms) that timers are set for. */
  get pending(): number[] {
    return [...this.#timers].map(({ at }) => at).sort((a, b) => a - b);
  }

  /** Sets the clock back, in ms; timers ring when as much time has passed as they were set for. */
  setBack(ms: number): void {
    this.#now -= ms;
    for (const timer of this.#timers) timer.at -= ms;
  }

  /** Lets time pass, in ms: timers ring in order, and whatever they bring about is worked off in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await quiet();
    for (;;) {
      const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.fn();
      await quiet();
    }
    this.#now = end;
  }
}

/** Waits until no promise has anything left to do. */
export async function quiet(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
