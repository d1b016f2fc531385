import { loadDomains } from "../../compiler/testing/load.js";
import { memoryJournal } from "../journal/memory.js";
import type { KernelEvent } from "../kernel/event.js";
import { ManualAdapter } from "./adapter.js";
import { TestClock } from "./clock.js";

/** Runs versions of a program, one after the other, over one journal. */
export function lives() {
  const journal = memoryJournal();
  const clock = new TestClock();
  const adapters: Record<string, ManualAdapter> = {};
  const adapter = (name: string) => {
    adapters[name] ??= new ManualAdapter();
    return adapters[name];
  };
  const start = async (text: string, effects: readonly string[], legacy: readonly string[] = []) => {
    const [domain] = Object.values(await loadDomains(text)).filter((each) => typeof each === "object");
    if (domain === undefined) throw new Error("the program declares a domain");
    const events: KernelEvent[] = [];
    const functions = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, adapter(name).adapter]));
    const running = await domain.start({
      effects: functions(effects),
      legacyEffects: functions(legacy),
      journal,
      clock,
      epoch: "e",
      retry: { jitter: 0 },
      onEvent: (event) => events.push(event),
    });
    return { running, events };
  };
  return { start, adapter, clock };
}
