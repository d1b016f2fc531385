import type { Clock } from "../host/clock.js";

interface Timer {
  readonly at: number;
  readonly fn: () => void;
}

/** A clock that stands still between two steps of a simulation. */
export class VirtualClock implements Clock {
  #now = 1_700_000_000_000;
  #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  setTimer(at: number, fn: () => void): () => void {
    const timer = { at, fn };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** When the next timer rings (epoch ms); Infinity: none is set. */
  get next(): number {
    return this.#timers.reduce((next, { at }) => Math.min(next, at), Infinity);
  }

  /** Lets so many ms pass, and timers ring. */
  pass(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now).sort((a, b) => a.at - b.at);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { fn } of due) fn();
  }

  /** Lets so many ms pass in which no timer comes to ring. */
  skip(ms: number): void {
    this.#now += ms;
  }

  /** Forgets all timers: who set them is gone. */
  clear(): void {
    this.#timers = [];
  }
}
