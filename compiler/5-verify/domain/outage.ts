import { pause, type Steps } from "../search/steps.js";
import type { DomainGraph } from "./domain-graph.js";
import type { Node } from "./node.js";

/** So many nodes are looked at between two pauses. */
const nodesPerPause = 256;

/** What becomes of a domain when an effect is down for ever. */
export interface Outage {
  readonly effect: string;
  /** The nodes in which nothing is left but to try it again; the nearest first, one for each state. */
  readonly hangs: readonly number[];
  /** Other effects that are still carried out meanwhile. */
  readonly works: readonly string[];
}

/** For each effect what becomes of a domain when no attempt at it ever succeeds, from any moment on. */
export function* outagesOf(graph: DomainGraph): Steps<Outage[]> {
  const { walker } = graph;
  const effects = walker.domain.effects.map(({ name }) => name);
  const hangs = new Map<string, Map<number, number>>(effects.map((effect) => [effect, new Map()]));
  const works = new Map<string, Set<string>>(effects.map((effect) => [effect, new Set()]));
  const node = walker.node();
  for (let at = 0; at < graph.size; at += 1) {
    graph.read(at, node);
    if (at % nodesPerPause === 0) yield* pause(graph.progress());
    const wanted = wantedIn(node);
    for (const effect of new Set(wanted)) {
      for (const other of wanted) if (other !== effect) works.get(effect)?.add(other);
      if (wanted.every((other) => other === effect) && isStuckOn(graph, at, node)) {
        const found = hangs.get(effect);
        if (found?.has(node.plain.id) === false) found.set(node.plain.id, at);
      }
    }
  }
  return effects.map((effect) => ({
    effect,
    hangs: [...(hangs.get(effect)?.values() ?? [])],
    works: [...(works.get(effect) ?? [])],
  }));
}

/** The effects that are under way, or wanted and let alone for a while. */
function wantedIn({ about, plain }: Node): string[] {
  return about.flatMap((entry, index) => {
    if (entry?.kind === "flight") return [entry.planned.plan.intents[entry.next]?.effect ?? ""];
    const planned = plain.plans[index];
    if (entry === null || plain.allHold || typeof planned !== "object" || planned === null) return [];
    return [planned.plan.intents[0]?.effect ?? ""];
  });
}

/** Whether nothing follows from failures but that it is tried again. */
function isStuckOn(graph: DomainGraph, at: number, node: Node): boolean {
  const { walker } = graph;
  // What is only slowed down goes on.
  if (node.isHeld) return false;
  return node.about.every((entry, index) => {
    if (entry?.kind !== "flight" || entry.next > 0) return true;
    // What nobody wants is given up when it fails.
    if (node.plain.allHold || node.plain.plans[index] === null) return false;
    const after = graph.after(at, walker.moves.failed(index));
    // A failure that changes nothing is not followed.
    if (after < 0 || after === at) return true;
    const { about, plain } = graph.read(after, walker.node());
    return (
      plain === node.plain &&
      about[index]?.kind === "paused" &&
      about.every((other, own) => own === index || other === node.about[own])
    );
  });
}
