import type { EffectCall } from "../../runtime-lib/host/call.js";
import type { Adapter } from "./adapters/adapter.js";
import { nested } from "./adapters/bind.js";

/** What calls are watched with. */
export interface DispatchOptions {
  /** Who carries out each effect, by its dotted name; for those without one the effect is withheld. */
  readonly adapters: ReadonlyMap<string, Adapter>;
  readonly effects: readonly string[];
  /** Nothing is carried out. */
  readonly observeOnly: boolean;
  /** Notes what would have been carried out. */
  withheld(effect: string, args: readonly unknown[], call: EffectCall): void;
}

/**
 * What stands between the runtime and the adapters: it knows what is under way, keeps everything from being carried out where
 * that is wanted, and lets no call begin once it drains.
 */
export class Dispatch {
  readonly #options: DispatchOptions;
  readonly #open = new Set<Promise<unknown>>();
  #isDraining = false;

  constructor(options: DispatchOptions) {
    this.#options = options;
  }

  /** How many calls are under way. */
  get open(): number {
    return this.#open.size;
  }

  /** Gives the adapters as the runtime wants them. */
  adapters(): object {
    const { effects } = this.#options;
    return nested(new Map(effects.map((effect) => [effect, (args, call) => this.#call(effect, args, call)])));
  }

  /** Lets no further call begin; resolves once none is under way. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    while (this.#open.size > 0) await Promise.allSettled(this.#open);
  }

  #call(effect: string, args: readonly unknown[], call: EffectCall): unknown {
    const { adapters, observeOnly, withheld } = this.#options;
    // It never answers: to the journal it is a call of which nobody knows, and after the next start it is tried under the same
    // key.
    if (this.#isDraining) return new Promise(() => {});
    const adapter = adapters.get(effect);
    if (observeOnly || adapter === undefined) {
      if (call.attempt === 1) withheld(effect, args, call);
      throw new Error("not carried out: it only observes");
    }
    const result = adapter(args, call);
    if (!(result instanceof Promise)) return result;
    this.#open.add(result);
    const forget = () => this.#open.delete(result);
    result.then(forget, forget);
    return result;
  }
}
