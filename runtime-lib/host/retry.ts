import { defaultRetry } from "../kernel/machine.js";
import type { RetryPolicy } from "../kernel/rules.js";

/** How attempts are repeated: one policy for all effects, and what differs for some. Durations in ms. */
export interface RetryOptions extends Partial<RetryPolicy> {
  /** By the effect's dotted name. */
  readonly effects?: Readonly<Record<string, Partial<RetryPolicy>>>;
}

/** Reads the retry policies that the options describe. @throws TypeError for a value out of range or an unknown effect. */
export function readRetry(
  options: RetryOptions,
  effects: readonly string[],
): { retry: RetryPolicy; retryOf: Map<string, RetryPolicy> } {
  const retry = policy("retry", options, defaultRetry);
  const retryOf = new Map<string, RetryPolicy>();
  for (const [effect, own] of Object.entries(options.effects ?? {})) {
    if (!effects.includes(effect))
      throw new TypeError(`retry.effects: there is no effect ${effect}; its effects: ${effects.join(", ")}`);
    retryOf.set(effect, policy(`retry.effects["${effect}"]`, own, retry));
  }
  return { retry, retryOf };
}

function policy(where: string, own: Partial<RetryPolicy>, base: RetryPolicy): RetryPolicy {
  const take = (name: keyof RetryPolicy, least: number, max: number): number => {
    const value = own[name] ?? base[name];
    if (typeof value === "number" && value >= least && value <= max) return value;
    throw new TypeError(`${where}.${name} is a number from ${least} to ${max}, not ${String(value)}`);
  };
  const maxInt = Number.MAX_SAFE_INTEGER;
  return {
    initial: take("initial", 0, maxInt),
    factor: take("factor", 1, maxInt),
    max: take("max", 0, maxInt),
    jitter: take("jitter", 0, 1),
    timeout: take("timeout", 0, maxInt),
  };
}
