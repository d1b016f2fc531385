// The verifier's graph of a domain against the plain search that merges nothing and leaves nothing out.
import { isDeepStrictEqual } from "node:util";
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { Domain } from "../2-check/program.js";
import { DomainGraph } from "../5-verify/domain/domain-graph.js";
import { DomainModel } from "../5-verify/domain/domain-model.js";
import { settleable } from "../5-verify/domain/reduction.js";
import { Walker } from "../5-verify/domain/walker.js";
import { inputsOf } from "../5-verify/environment/inputs.js";
import { convergenceOf } from "../5-verify/search/convergence.js";
import { explored, type Searched } from "../5-verify/search/graph.js";
import { atOnce, LimitReached, type Steps } from "../5-verify/search/steps.js";
import { type NaiveResult, naively } from "./naive-verifier.js";

/** What came of a comparison. */
export interface Agreement {
  /** Whether some repairs were looked at in one order only. */
  readonly isReduced: boolean;
  readonly plain: NaiveResult;
  /** What the searches differ in, as a text; null: nothing. */
  readonly difference: string | null;
}

/** Compares both searches over a domain; null where it is too large for the plain one. @param limit so many nodes are looked at */
export function agreementOn(domain: Domain, definition: Definition, limit: number): Agreement | null {
  const inputs = inputsOf(domain, { intBound: 1000 });
  if (inputs.obstacle !== null) return null;
  const walker = new Walker(domain, definition, inputs, true);
  const graph = searched(walker, limit);
  if (graph === null || graph.beyond.length > 0 || walker.states.counters.size > 0) return null;
  const plain = naively(definition, walker.moves.observations, 2 * limit);
  if (plain === null) return null;
  return { plain, isReduced: graph.space.independent.size > 0, difference: differenceOf(graph, plain) };
}

function searched(walker: Walker, limit: number): DomainGraph | null {
  const independent = settleable(walker);
  const model = () => new DomainModel(walker, { path: "small.ved", text: "" }, independent);
  const steps = exploredWhole(() => new DomainGraph(model()));
  try {
    for (let next = steps.next(null); ; next = steps.next(next.value.nodes > limit ? "it is large" : null)) {
      if (next.done === true) return next.value.stopped === null ? next.value.graph : null;
    }
  } catch (error) {
    // Also where it is asked what was left out a search may be told to give up.
    if (error instanceof LimitReached) return null;
    throw error;
  }
}

/** Explores until nothing is left out that matters. */
function* exploredWhole(make: () => DomainGraph): Steps<Searched<DomainGraph>> {
  for (;;) {
    const searched = yield* explored(make, 100);
    if (searched.stopped !== null || (yield* searched.graph.space.isWhole())) return searched;
  }
}

function differenceOf(graph: DomainGraph, plain: NaiveResult): string | null {
  const { deadEnds, livelocks, waits } = atOnce(convergenceOf(graph));
  const texts = (nodes: readonly number[]) => renamed(nodes.map((node) => JSON.stringify(graph.read(node).plain.state)));
  const nodes = Array.from({ length: graph.size - 1 }, (_, index) => index + 1);
  const found: Omit<NaiveResult, "nodes"> = {
    reached: texts(nodes),
    resting: texts(nodes.filter((node) => graph.isAtRest(node))),
    deadEnds: texts(deadEnds),
    livelock: livelocks.length > 0,
    waits: waits.length > 0,
  };
  const { reached, resting, livelock, waits: isWaiting } = plain;
  const expected = {
    reached: renamed(reached),
    resting: renamed(resting),
    deadEnds: renamed(plain.deadEnds),
    livelock,
    waits: isWaiting,
  };
  return isDeepStrictEqual(found, expected) ? null : `${JSON.stringify(found)}, not ${JSON.stringify(expected)}`;
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
