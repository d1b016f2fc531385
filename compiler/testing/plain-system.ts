// A second opinion on what domains that talk to each other can get into: a plain search over the kernel, with every delivery, outcome
// and wait a step of its own, nothing left out and nothing packed. With the verifier it shares the kernel, and nothing else.
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { Domain } from "../2-check/program.js";
import { environmentOf, type PlainStart } from "./plain-environment.js";
import { deliveredForEver, type Faults, faultsIn, type Graph, type Vertex } from "./plain-judgement.js";
import { begin, type Delivery, isCrowded, movesFrom, type PlainSystem, systemOf } from "./plain-moves.js";
import { Recurrence } from "./plain-recurrence.js";
import { type Situation, situationOf, textOf } from "./plain-situation.js";

/** A program that was loaded. */
export interface PlainProgram {
  readonly domains: readonly { readonly domain: Domain }[];
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly starts: readonly PlainStart[];
}

/** What the search found; states of all instances are given as sorted texts. */
export interface PlainResult {
  readonly verdict: "proved" | "proved up to a bound" | "refuted";
  /** How many situations there are. */
  readonly reached: number;
  /** Whether somebody had to wait for room in a mailbox, or was refused because there was none. */
  readonly hasWaited: boolean;
  readonly rests: readonly string[];
  readonly deadEnds: readonly string[];
  /** Those of the dead ends in which a mailbox is full: a larger one might have room. */
  readonly jams: readonly string[];
  readonly livelock: boolean;
  /** Whether somebody tries again and again, without any change, until something is observed. */
  readonly waits: boolean;
}

/** Searches a system; null when it has more situations than `limit`, or more moves than `movesEach` times as many. */
export function plainly(
  { domains: members, definitions, starts }: PlainProgram,
  limit: number,
  delivery: Delivery = "at once",
): PlainResult | null {
  const domains = members.map(({ domain }) => domain);
  const own = domains.flatMap(({ name }) => definitions[name] ?? []);
  const recurrence = new Recurrence();
  const system = systemOf(own, starts, environmentOf(domains, starts), delivery, recurrence);
  for (;;) {
    const graph = graphOf(system, textOf(begin(system, starts)), limit);
    if (graph === null) return null;
    if (!recurrence.grows() && !growsEndless(system, graph)) return resultOf(graph, faultsIn(graph));
  }
}

/** Says whether a search has found more situations in which messages go round for ever: then it missed what has its turn there. */
function growsEndless({ endless }: PlainSystem, graph: Graph): boolean {
  const before = endless.size;
  for (const text of deliveredForEver(graph)) endless.add(text);
  return endless.size > before;
}

/** Of larger systems no more than so many moves are looked at for each situation that there may be. */
const movesEach = 40;

/** Finds all that can be reached; null when that is more than `limit`. */
function graphOf(system: PlainSystem, first: string, limit: number): Graph | null {
  const found = new Map<string, Vertex>();
  const left = [first];
  let moves = 0;
  for (let text = left.pop(); text !== undefined; text = left.pop()) {
    if (found.has(text)) continue;
    if (found.size >= limit || moves > limit * movesEach) return null;
    const vertex = vertexOf(system, situationOf(text));
    moves += vertex.edges.length;
    found.set(text, vertex);
    left.push(...vertex.edges.map(({ target }) => target));
  }
  return found;
}

function vertexOf(system: PlainSystem, situation: Situation): Vertex {
  const inPhase = (phase: string) => Object.keys(situation).filter((name) => situation[name]?.phase === phase);
  return {
    isResting: inPhase("resting").length === Object.keys(situation).length,
    stuck: inPhase("stuck"),
    isCrowded: isCrowded(system, situation),
    edges: movesFrom(system, situation).map(({ after, ...move }) => ({ ...move, target: textOf(after) })),
  };
}

function resultOf(graph: Graph, { deadEnds, jams, livelocks, waits }: Faults): PlainResult {
  const texts = [...graph.keys()];
  const hasWaited = [...graph.values()].some((found) => found.isCrowded);
  const isRefuted = deadEnds.length > 0 || livelocks.length > 0;
  return {
    verdict: isRefuted ? "refuted" : hasWaited ? "proved up to a bound" : "proved",
    reached: graph.size,
    hasWaited,
    rests: statesIn(texts.filter((text) => graph.get(text)?.isResting)),
    deadEnds: statesIn(deadEnds),
    jams: statesIn(jams),
    livelock: livelocks.length > 0,
    waits,
  };
}

/** Gives the states of all instances, each once, as sorted texts. */
function statesIn(texts: readonly string[]): string[] {
  const states = texts.map((text) => {
    return JSON.stringify(Object.fromEntries(Object.entries(situationOf(text)).map(([name, { state }]) => [name, state])));
  });
  return [...new Set(states)].sort();
}
