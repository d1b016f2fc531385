/** How many calls of an effect may be under way at once: one number for all effects, or one for each by its dotted name. */
export type Concurrency = number | Readonly<Record<string, number>>;

interface Gate {
  free: number;
  readonly queue: (() => void)[];
}

/**
 * Gates that let so many calls of each effect through at once, and the others in the order in which they came. As no instance has
 * two calls of one effect under way, that is fair over the instances.
 */
export class Gates {
  readonly #gates = new Map<string, Gate>();

  /** @throws TypeError for a limit out of range or an unknown effect. */
  constructor(concurrency: Concurrency, effects: readonly string[]) {
    const limits =
      typeof concurrency === "number" ? effects.map((name) => [name, concurrency] as const) : Object.entries(concurrency);
    for (const [effect, limit] of limits) {
      if (!effects.includes(effect))
        throw new TypeError(`concurrency: there is no effect ${effect}; its effects: ${effects.join(", ")}`);
      if (!Number.isSafeInteger(limit) || limit < 1)
        throw new TypeError(`concurrency of ${effect} is a whole number from 1 on, not ${limit}`);
      this.#gates.set(effect, { free: limit, queue: [] });
    }
  }

  /** Runs a call as soon as there is room for it; the call must `leave` when it is over. */
  enter(effect: string, call: () => void): void {
    const gate = this.#gates.get(effect);
    if (gate !== undefined && gate.free === 0) gate.queue.push(call);
    else {
      if (gate !== undefined) gate.free -= 1;
      call();
    }
  }

  /** Makes room for the next call of an effect, as one is over. */
  leave(effect: string): void {
    const gate = this.#gates.get(effect);
    if (gate === undefined) return;
    gate.free += 1;
    const next = gate.queue.shift();
    if (next !== undefined) this.enter(effect, next);
  }
}
