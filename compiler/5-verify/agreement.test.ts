// The verifier against a plain search over the kernel that merges nothing and leaves nothing out.
import fc from "fast-check";
import { expect, it } from "vitest";
import { compile } from "../index.js";
import { independentDomain, smallDomain, timedDomain } from "../testing/arbitrary-domain.js";
import { definitionsOf } from "../testing/load.js";
import { naively } from "../testing/naive-verifier.js";
import { expectReplays, verifySource } from "../testing/verify.js";
import { DomainGraph } from "./domain/domain-graph.js";
import { DomainModel } from "./domain/domain-model.js";
import { settleable } from "./domain/reduction.js";
import { Walker } from "./domain/walker.js";
import { inputsOf } from "./environment/inputs.js";
import { convergenceOf } from "./search/convergence.js";
import { explored } from "./search/graph.js";
import { atOnce } from "./search/steps.js";

/** Larger domains take the plain search too long. */
const limit = 400;

function searched(walker: Walker): DomainGraph | null {
  const independent = settleable(walker);
  const model = () => new DomainModel(walker, { path: "small.ved", text: "" }, independent);
  const steps = explored(() => new DomainGraph(model()), 100);
  for (let next = steps.next(null); ; next = steps.next(next.value.nodes > limit ? "it is large" : null)) {
    if (next.done === true) return next.value.stopped === null ? next.value.graph : null;
  }
}

/** States whose strings that the program does not know are numbered in the order of their first use: they are interchangeable. */
function renamed(texts: readonly string[]): string[] {
  const rename = (text: string) => {
    const names = new Map<string, string>();
    return text.replace(/"other( \d+)?"/g, (name) => {
      names.set(name, names.get(name) ?? `"other ${names.size}"`);
      return names.get(name) ?? name;
    });
  };
  return [...new Set(texts.map(rename))].sort();
}

/** Compares both searches over a domain. Gives whether it was small enough, and whether anything was settled first. */
async function compare(text: string): Promise<{ isCompared: boolean; isReduced: boolean }> {
  const skipped = { isCompared: false, isReduced: false };
  const { program } = compile({ path: "small.ved", text });
  const [domain] = program?.domains ?? [];
  if (program === null || domain === undefined) return skipped;
  const definition = (await definitionsOf(program))[domain.name];
  const inputs = inputsOf(domain, { intBound: 1000 });
  if (definition === undefined || inputs.obstacle !== null) return skipped;
  const walker = new Walker(domain, definition, inputs, true);
  const graph = searched(walker);
  if (graph === null || graph.beyond.length > 0 || walker.states.counters.size > 0) return skipped;
  const plain = naively(definition, walker.moves.observations, 2 * limit);
  if (plain === null) return skipped;
  const { deadEnds, livelocks, waits } = atOnce(convergenceOf(graph));
  const texts = (nodes: readonly number[]) => renamed(nodes.map((node) => JSON.stringify(graph.read(node).plain.state)));
  const nodes = Array.from({ length: graph.size - 1 }, (_, index) => index + 1);
  const found = {
    reached: texts(nodes),
    resting: texts(nodes.filter((node) => graph.isAtRest(node))),
    deadEnds: texts(deadEnds),
    isCircular: livelocks.length + waits.length > 0,
    nodes: plain.nodes,
  };
  const { livelock, waits: waitsInPlain, nodes: plainNodes } = plain;
  const isCircular = livelock || waitsInPlain;
  const [reached, resting, stuck] = [plain.reached, plain.resting, plain.deadEnds].map(renamed);
  expect(found, text).toEqual({ reached, resting, deadEnds: stuck, isCircular, nodes: plainNodes });
  // What waits in vain goes round for ever as well, which the plain search does not ask.
  if (livelock) expect(livelocks, text).not.toEqual([]);
  return { isCompared: true, isReduced: graph.space.independent.size > 0 };
}

async function compareAll(arbitrary: fc.Arbitrary<string>, numRuns: number, seed: number) {
  const results = [];
  for (const text of fc.sample(arbitrary, { numRuns, seed })) results.push(await compare(text));
  return {
    compared: results.filter(({ isCompared }) => isCompared).length,
    reduced: results.filter(({ isReduced }) => isReduced).length,
  };
}

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
