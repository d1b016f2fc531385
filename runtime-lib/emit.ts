import type { Intent } from "./kernel/compiled.js";

/** Makes an intent, as generated code puts it into a plan. */
export function emit(effect: string, ...args: readonly unknown[]): Intent {
  return { effect, args };
}
