import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KernelEvent } from "../../runtime-lib/kernel/event.js";
import * as features from "../../runtime-lib/kernel/features.js";
import { TestClock } from "../../runtime-lib/testing/clock.js";
import { compile } from "../index.js";
import { timedDomain } from "../testing/arbitrary-domain.js";
import { type AnyDomain, loadDomains, programOf, scratchFolder } from "../testing/load.js";
import { bundle } from "./bundle.js";
import { featureNames, printFeatures } from "./features.js";

/** What takes one feature, or several, out of the source of a random domain. */
const removals: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll(/emit E\.\w+\(\w*\)/g, "").replaceAll(/on E\.\w+ \w+ \{[^}]*\}/g, ""),
  (text) => text.replaceAll("cooldown 1s", ""),
  (text) => text.replaceAll("@priority(high)", ""),
  (text) => text.replaceAll(/ step \{ [^{}]* \} \}/g, " }"),
];

const observation = fc.record({
  facts: fc.oneof(
    fc.record({ a: fc.boolean() }),
    fc.record({ b: fc.boolean() }),
    fc.record({ p: fc.boolean() }),
    fc.record({ s: fc.constantFrom("x", "y") }),
  ),
  passes: fc.constantFrom(0, 300, 1000, 2500),
});
type Observation = typeof observation extends fc.Arbitrary<infer O> ? O : never;

/** The domain of a source as it is in the artifact that is built of it. */
async function builtDomain(text: string): Promise<AnyDomain> {
  const files = await bundle([{ program: programOf(text), path: "/small.ved", name: "small" }], {
    minify: false,
    typescript: false,
    folder: "/dist",
  });
  const path = join(scratchFolder(), "small.mjs");
  const { text: script = "" } = files.find((file) => file.path === "small.js") ?? {};
  writeFileSync(path, script.replace(/^\/\/# sourceMappingURL=.*$/m, ""));
  return ((await import(pathToFileURL(path).href)) as { readonly Small: AnyDomain }).Small;
}

/** Everything that happens to a domain which is told some facts; each second attempt of an effect fails. */
async function historyOf(domain: AnyDomain, observations: readonly Observation[]): Promise<readonly KernelEvent[]> {
  const clock = new TestClock();
  const events: KernelEvent[] = [];
  let attempts = 0;
  const adapter = async () => {
    attempts += 1;
    if (attempts % 2 === 0) throw new Error("no");
  };
  const running = await domain.start({
    effects: { E: { One: adapter, Two: adapter, Three: adapter } },
    epoch: "e",
    clock,
    onEvent: (event) => events.push(event),
  });
  for (const { facts, passes } of observations) {
    await running.observe(facts).catch(() => {});
    await clock.advance(passes);
  }
  await running.stop();
  return events;
}

describe("the features of the runtime", () => {
  it("are those that it knows of", () => {
    expect([...featureNames].sort()).toEqual(Object.keys(features).sort());
  });

  it("are in a bundle where one of its programs uses them", () => {
    const quiet = programOf("domain A { state { a: bool } goal G { predicate a } }");
    const busy = programOf("domain A { state { a: bool } goal G { predicate a } transition T { step { emit B.C() a = true } } }");
    expect(printFeatures([quiet])).toMatch(/hasEffects = false/);
    expect(printFeatures([quiet, busy])).toMatch(/hasEffects = true/);
  });

  it("are not missed where none uses them: an artifact behaves as with the whole library", async () => {
    await fc.assert(
      fc.asyncProperty(
        timedDomain,
        fc.subarray([...removals]),
        fc.array(observation, { minLength: 3, maxLength: 10 }),
        async (full, chosen, observations) => {
          const text = chosen.reduce((rest, remove) => remove(rest), full);
          fc.pre(compile({ path: "small.ved", text }).program !== null);
          const [whole] = Object.values(await loadDomains(text)).filter((each) => typeof each === "object");
          if (whole === undefined) throw new Error("the program declares no domain");
          expect(await historyOf(await builtDomain(text), observations)).toEqual(await historyOf(whole, observations));
        },
      ),
      { numRuns: 40 },
    );
  });
});
