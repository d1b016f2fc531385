/** Where time comes from. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Calls `fn` once it is `at` (epoch ms) or later; the result cancels that. */
  setTimer(at: number, fn: () => void): () => void;
}

/** The longest wait that a JavaScript timer can hold, in ms. */
const maxWait = 2 ** 31 - 1;

// The runtime is compiled without the types of Node or of browsers; these two exist in both.
declare function setTimeout(fn: () => void, ms: number): unknown;
declare function clearTimeout(timer: unknown): void;

/** The machine's own clock and timers. Waits longer than a timer can hold are split. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(at, fn) {
    let timer: unknown;
    const wait = () => {
      const left = at - Date.now();
      timer = left > maxWait ? setTimeout(wait, maxWait) : setTimeout(fn, Math.max(left, 0));
    };
    wait();
    return () => clearTimeout(timer);
  },
};
