import { call } from "../../../runtime-lib/words.js";
import { pause, type Steps } from "../search/steps.js";
import type { DomainGraph } from "./domain-graph.js";
import type { Plain } from "./states.js";

/** Two states that one reality may rest in, alike in all that is observed, that answer the same observation differently. */
export interface Difference {
  readonly first: number;
  readonly second: number;
  /** The move of the observation. */
  readonly move: number;
}

/** More resting nodes than this are not compared: it would be said of too many. */
const maxCompared = 2000;

/** More nodes than this are not followed to find what a recovery may do. */
const maxFollowed = 5000;

/** The nearest difference of each reality. Nobody says what a field means: the same question gets two answers. */
export function* differencesOf(graph: DomainGraph, resting: readonly number[]): Steps<Difference[]> {
  const groups = new Map<string, number[]>();
  // Where something is let alone for a while still, the answer may be the same a little later.
  const isQuiet = (node: number) => graph.read(node).about.every((entry) => entry === null);
  for (const node of resting.filter(isQuiet).slice(0, maxCompared)) {
    const key = keyOf(graph, graph.read(node).plain);
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  const found = new Map<string, Difference>();
  for (const [key, nodes] of groups) {
    const reality = key.split("\n")[0] ?? "";
    const difference = nodes.length < 2 || found.has(reality) ? null : yield* differenceAmong(graph, nodes);
    if (difference !== null) found.set(reality, difference);
  }
  return [...found.values()];
}

function keyOf(graph: DomainGraph, { realities, state }: Plain): string {
  const { fields, durations } = graph.walker.domain;
  // How long something has held is told by the clock.
  const observed = [...fields.filter((field) => field.observed), ...durations].map(({ name }) => state[name]);
  return `${JSON.stringify(realities)}\n${JSON.stringify(observed)}`;
}

function* differenceAmong(graph: DomainGraph, nodes: readonly number[]): Steps<Difference | null> {
  const { moves } = graph.walker;
  for (let index = 0; index < moves.observations.length; index += 1) {
    const move = moves.observe(index);
    const first = nodes[0] as number;
    const answer = effectsAfter(graph, first, move);
    for (const second of nodes.slice(1)) {
      yield* pause(graph.progress());
      // Nobody can ask for what no field says: that an effect is yet to show what it promises.
      if (!hasOtherFields(graph, first, second)) continue;
      const other = effectsAfter(graph, second, move);
      if (answer === null || other === null || answer.join("\n") === other.join("\n")) continue;
      return { first, second, move };
    }
  }
  return null;
}

function hasOtherFields(graph: DomainGraph, first: number, second: number): boolean {
  const [one, other] = [first, second].map((node) => graph.read(node).plain.state);
  return graph.walker.domain.fields.some(({ name }) => one?.[name] !== other?.[name]);
}

/** All effects that may happen on the way to the next rest; null: too much may. */
function effectsAfter(graph: DomainGraph, node: number, move: number): string[] | null {
  const { walker } = graph;
  const start = graph.after(node, move);
  if (start < 0) return null;
  const met = new Set([start]);
  const effects = new Set<string>();
  for (const at of met) {
    if (met.size > maxFollowed) return null;
    for (let edge = graph.firstEdge(at); edge < graph.firstEdge(at + 1); edge += 1) {
      if (graph.isElsewhere(edge)) continue;
      met.add(graph.target(edge));
      const happening = walker.moves.of(graph.edgeMove(edge));
      if (happening.kind !== "done") continue;
      const entry = graph.read(at).about[happening.transition];
      const intent = entry?.kind === "flight" ? entry.planned.plan.intents[entry.next] : undefined;
      if (intent !== undefined) effects.add(call(intent));
    }
  }
  return [...effects].sort();
}
