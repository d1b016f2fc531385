import { readFileSync } from "node:fs";
import { loadDomains } from "../../compiler/testing/load.js";
import type { StartOptions } from "../domain.js";
import type { KernelEvent } from "../kernel/event.js";
import { ManualAdapter } from "./adapter.js";
import { TestClock } from "./clock.js";

/** Starts the seed's program with adapters and a clock in the test's hands. */
export async function startFailover(options: Partial<StartOptions<object>> = {}) {
  const { DatabaseRouting } = await loadDomains(readFileSync("fixtures/failover.ved", "utf8"));
  if (DatabaseRouting === undefined) throw new Error("the fixture declares DatabaseRouting");
  const [dns, pager, clock] = [new ManualAdapter(), new ManualAdapter(), new TestClock()];
  const events: KernelEvent[] = [];
  const routing = await DatabaseRouting.start({
    effects: { Network: { UpdateDNS: dns.adapter }, Alerts: { PageEngineers: pager.adapter } },
    key: "orders-db",
    epoch: "k3f9a1",
    clock,
    retry: { jitter: 0 },
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { DatabaseRouting, routing, dns, pager, clock, events, types: () => events.map(({ type }) => type) };
}
