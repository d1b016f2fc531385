import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { loadSystem } from "../../compiler/4-bundle/load.js";
import { programOf } from "../../compiler/testing/load.js";
import { type SimulatedSystem, simulateSystem } from "./index.js";

it("lets time pass where messages go round until something is tried again: a run ends after some thousands of them", async () => {
  const program = programOf(readFileSync("fixtures/verify/systems/goes-round-until-tried.ved", "utf8"));
  // Simulated, it is started with adapters for all effects.
  const system = (await loadSystem(program, [program])) as unknown as SimulatedSystem;
  let events = 0;
  const counted: SimulatedSystem = {
    domains: system.domains,
    start: (options) =>
      system.start({
        ...options,
        onEvent: (event) => {
          events += 1;
          options.onEvent?.(event);
        },
      }),
  };
  // In this one the messages go round in the end.
  const { failure } = await simulateSystem(counted, { observations: { Caller: { wanted: [false, true] } }, runs: 1, seed: 56 });
  expect(failure).toBeNull();
  expect(events).toBeGreaterThan(2_000);
  expect(events).toBeLessThan(50_000);
});
