import type { EffectCall } from "../host/call.js";

/** One call of an adapter that the test answers by hand. */
export interface Attempted {
  readonly args: readonly unknown[];
  readonly call: EffectCall;
  resolve(value?: unknown): void;
  reject(reason?: unknown): void;
}

/** An adapter whose calls the test answers; `behave` answers some at once. */
export class ManualAdapter {
  readonly calls: Attempted[] = [];
  /** Set: what each further call does instead of waiting for an answer. */
  behave: ((attempted: Omit<Attempted, "resolve" | "reject">) => unknown) | null = null;

  readonly adapter = (...all: unknown[]): unknown => {
    // The host passes the call last.
    const call = all.at(-1) as EffectCall;
    const args = all.slice(0, -1);
    if (this.behave !== null) {
      this.calls.push({ args, call, resolve: () => {}, reject: () => {} });
      return this.behave({ args, call });
    }
    return new Promise((resolve, reject) => this.calls.push({ args, call, resolve, reject }));
  };

  /** The latest call. */
  get last(): Attempted {
    const last = this.calls.at(-1);
    if (last === undefined) throw new Error("the adapter was not called");
    return last;
  }
}
