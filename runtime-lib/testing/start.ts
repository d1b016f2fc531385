import { loadDomains } from "../../compiler/testing/load.js";
import type { StartOptions } from "../domain.js";
import type { KernelEvent } from "../kernel/event.js";
import { ManualAdapter } from "./adapter.js";
import { TestClock } from "./clock.js";

/** Starts a domain made for a test, with a manual adapter for each of the named effects. */
export async function startProgram<const N extends string>(
  text: string,
  effects: readonly N[],
  options: Partial<StartOptions<object>> = {},
) {
  const [domain] = Object.values(await loadDomains(text)).filter((each) => typeof each === "object");
  if (domain === undefined) throw new Error("the program declares no domain");
  const adapters = Object.fromEntries(effects.map((name) => [name, new ManualAdapter()])) as Record<N, ManualAdapter>;
  const clock = new TestClock();
  const events: KernelEvent[] = [];
  const running = await domain.start({
    effects: Object.fromEntries(effects.map((name) => [name, adapters[name].adapter])),
    epoch: "e",
    clock,
    retry: { jitter: 0 },
    onEvent: (event) => events.push(event),
    ...options,
  });
  const of = <T extends KernelEvent["type"]>(type: T) =>
    events.filter((event): event is Extract<KernelEvent, { type: T }> => event.type === type);
  return { domain, running, adapters, clock, events, of };
}
