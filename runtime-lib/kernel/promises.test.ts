// The promises of the kernel, under arbitrary interleavings of observations, outcomes and timers, over the seed's program and
// generated ones; and the same where all of it goes through a log on a disk that a crash tears.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../../compiler/index.js";
import { timedDomain } from "../../compiler/testing/arbitrary-domain.js";
import { arbitraryDomain } from "../../compiler/testing/arbitrary-program.js";
import { loadDefinitions } from "../../compiler/testing/load.js";
import { busy, crash, keepsItsPromises, step } from "../testing/kernel-world.js";
import { loggedLife } from "../testing/logged-life.js";
import type { Definition } from "./definition.js";

const inMemory = async () => null;

describe.each([
  ["in memory", step, inMemory, 400],
  ["over a log on a simulated disk", fc.oneof({ weight: 6, arbitrary: step }, crash), loggedLife, 100],
] as const)("%s the kernel keeps its promises", (_, steps, lifeOf, numRuns) => {
  const check = (definition: Definition | undefined, maxLength: number, runs: number) => {
    if (definition === undefined) throw new Error("the program declares the domain");
    const property = fc.asyncProperty(fc.array(steps, { maxLength }), (some) => keepsItsPromises(definition, some, lifeOf));
    return fc.assert(property, { numRuns: runs });
  };

  it("on the seed's program", async () => {
    const { DatabaseRouting } = await loadDefinitions(readFileSync("fixtures/failover.ved", "utf8"));
    await check(DatabaseRouting, 60, numRuns);
  });

  it("on a program with several intents in a step, and with conflicts", async () => {
    await check((await loadDefinitions(busy)).Busy, 60, numRuns);
  });

  it("on a program with all of level 2", async () => {
    const { Service } = await loadDefinitions(readFileSync("fixtures/policy.ved", "utf8"));
    await check(Service, 60, numRuns);
  });

  it("on generated programs with time, priorities, steps and handlers", async () => {
    const texts = fc.sample(timedDomain, { numRuns: 60, seed: 5 }).filter((text) => compile({ path: "", text }).program !== null);
    for (const text of texts) await check((await loadDefinitions(text)).Small, 30, Math.ceil(numRuns / 40));
  });

  it("on generated programs", async () => {
    const count = 12;
    const programs = fc.tuple(...Array.from({ length: count }, (_, index) => arbitraryDomain(`D${index}`)));
    // Always the same programs, since compiling them anew is slow and some take long to run in circles; the events vary.
    const text = fc.sample(programs, { numRuns: 1, seed: 7 })[0]?.join("\n") ?? "";
    const definitions = Object.values(await loadDefinitions(text)).filter((each) => typeof each === "object");
    expect(definitions).toHaveLength(count);
    for (const definition of definitions) await check(definition, 30, Math.ceil(numRuns / 40));
  });
});
