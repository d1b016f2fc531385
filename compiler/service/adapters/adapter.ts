import type { EffectCall } from "../../../runtime-lib/host/call.js";

/**
 * Carries an effect out, with its arguments as the program gives them. What it throws says that it did not, or that nobody knows.
 */
export type Adapter = (args: readonly unknown[], call: EffectCall) => unknown;

/** What adapters are made with. */
export interface AdapterOptions {
  /** From where relative paths go. */
  readonly folder: string;
  /** Takes secrets out of what others say: before it is shortened, as half of one is found by nobody. */
  redact(text: string): string;
}

/** Gives the signal of a call, as Node's own functions want it. */
export function signalOf({ signal }: EffectCall): AbortSignal {
  // The runtime is compiled without the types of Node; on Node this is what it makes.
  return signal as AbortSignal;
}
