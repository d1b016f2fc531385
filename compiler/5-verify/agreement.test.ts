// The verifier against a plain search over the kernel that merges nothing and leaves nothing out.
import fc from "fast-check";
import { expect, it } from "vitest";
import { compile } from "../index.js";
import { agreementOn } from "../testing/agreement.js";
import { independentDomain, keyedDomain, smallDomain, timedDomain } from "../testing/arbitrary-domain.js";
import { definitionsOf } from "../testing/load.js";
import { expectReplays, verifySource } from "../testing/verify.js";

/** Larger domains take the plain search too long. */
const limit = 400;

/** Compares both searches over a domain. Gives whether it was small enough, and whether anything was settled first. */
async function compare(text: string): Promise<{ isCompared: boolean; isReduced: boolean }> {
  const { program } = compile({ path: "small.ved", text });
  const [domain] = program?.domains ?? [];
  const definition = program && domain && (await definitionsOf(program))[domain.name];
  const agreement = domain && definition ? agreementOn(domain, definition, limit) : null;
  expect(agreement?.difference ?? null, text).toBeNull();
  return { isCompared: agreement !== null, isReduced: agreement?.isReduced === true };
}

async function compareAll(arbitrary: fc.Arbitrary<string>, numRuns: number, seed: number) {
  const results = [];
  for (const text of fc.sample(arbitrary, { numRuns, seed })) results.push(await compare(text));
  return {
    compared: results.filter(({ isCompared }) => isCompared).length,
    reduced: results.filter(({ isReduced }) => isReduced).length,
  };
}

it("agrees that a duration which begins anew with each repair never ends", async () => {
  const text = `domain Blinker {
    state { lit: bool, seen: bool, power: bool }
    goal Steady { predicate lit for 2s }
    transition Blink { step { if power { seen = true lit = false } } step { lit = power } }
  }`;
  expect(await compare(text)).toMatchObject({ isCompared: true });
});

it("agrees with a plain search on random domains", async () => {
  const { compared } = await compareAll(smallDomain, 40, 1);
  expect(compared).toBeGreaterThan(12);
});

it("agrees where repairs that have nothing to do with each other are looked at in one order", async () => {
  const { compared, reduced } = await compareAll(independentDomain, 24, 2);
  expect(compared).toBeGreaterThan(10);
  expect(reduced).toBeGreaterThan(5);
});

it("agrees where time, priorities, steps and handlers play a part", async () => {
  const { compared } = await compareAll(timedDomain, 60, 3);
  expect(compared).toBeGreaterThan(15);
});

it("agrees where a domain asks what it is called", async () => {
  const { compared } = await compareAll(keyedDomain, 30, 5);
  expect(compared).toBeGreaterThan(15);
});

it.each([
  [
    '"unknown"',
    'goal G { predicate p } transition T0 { step { if s == "x" { s = "y" } } } transition T1 { step { if a { emit E() } } }',
  ],
  [
    '"failed"',
    'goal G { predicate s != "x" } transition T0 { step { if !p { s = "y" } } } transition T1 { step { if p { emit E() } } }',
  ],
])("agrees where a repair is slowed down that a handler takes back after %s", async (outcome, rest) => {
  const state = 'state { a: bool, s: "x" | "y", p: bool }';
  const { isCompared } = await compare(`domain D { ${state} ${rest} on E ${JSON.parse(outcome)} { s = "x" } }`);
  expect(isCompared).toBe(true);
});

it("tells stories that the runtime plays as they are told", async () => {
  let stories = 0;
  for (const text of fc.sample(smallDomain, { numRuns: 40, seed: 4 })) {
    if (compile({ path: "small.ved", text }).program === null) continue;
    const verified = await verifySource(text, { intBound: 4 }, "small.ved", 1000);
    stories += verified.report.findings.filter(({ story }) => story !== null).length;
    await expectReplays(text, verified);
  }
  expect(stories).toBeGreaterThan(10);
});
