import { loadSystem } from "../../compiler/4-bundle/load.js";
import { programOf } from "../../compiler/testing/load.js";
import type { HostOptions } from "../host/open.js";
import type { KernelEvent } from "../kernel/event.js";
import type { SystemDomain } from "../system.js";
import { ManualAdapter } from "./adapter.js";
import { TestClock } from "./clock.js";

type Fields = Readonly<Record<string, string | number | boolean>>;
type AnyMessages = Readonly<Record<string, readonly (string | number | boolean)[]>>;

/** Starts the system of a program made for a test, with a manual adapter for each of the named effects. */
export async function startSystem<const N extends string>(
  text: string,
  effects: readonly N[] = [],
  options: Partial<HostOptions<object>> = {},
) {
  const program = programOf(text);
  const { start } = await loadSystem(program, [program]);
  const adapters = Object.fromEntries(effects.map((name) => [name, new ManualAdapter()])) as Record<N, ManualAdapter>;
  const clock = new TestClock();
  const events: KernelEvent[] = [];
  const all: HostOptions<object> = {
    effects: Object.fromEntries(effects.map((name) => [name, adapters[name].adapter])),
    epoch: "e",
    clock,
    retry: { jitter: 0 },
    onEvent: (event) => events.push(event),
    ...options,
  };
  // There is an adapter for each effect.
  const system = await start(all as HostOptions<never>);
  // The names of its domains, states and messages are those of the program.
  const domains = system.domains as unknown as Readonly<Record<string, SystemDomain<Fields, AnyMessages>>>;
  const domain = (name: string) => {
    const found = domains[name];
    if (found === undefined) throw new Error(`the program has no domain ${name}`);
    return found;
  };
  const of = <T extends KernelEvent["type"]>(type: T) =>
    events.filter((event): event is Extract<KernelEvent, { type: T }> => event.type === type);
  return { system, domain, adapters, clock, events, of };
}
