import { type Component, componentsOf } from "./components.js";
import type { Graph } from "./graph.js";
import { type Help, waitsAmong } from "./hope.js";
import { pause, type Steps } from "./steps.js";

/** A circle in which a domain may go round for ever. */
export interface Circle {
  /** The nearest node of it. */
  readonly node: number;
  /** The edges from that node back to itself. */
  readonly edges: readonly number[];
}

/** A circle that changes nothing, until something comes from outside. */
export interface Wait extends Circle {
  readonly helps: readonly Help[];
}

/** Whether a domain comes to rest once the world is quiet and effects succeed in the end. */
export interface Convergence {
  /** Nodes in which a goal does not hold, nothing is enabled and nothing is in flight; the nearest first. */
  readonly deadEnds: readonly number[];
  /** Circles of commits that never rest; the nearest first. */
  readonly livelocks: readonly Circle[];
  /** Whether it fails only in circles that change nothing: more that can come from outside might help out of them. */
  readonly mayBeHelped: boolean;
  /** Circles that change nothing: effects that are emitted again and again until something is observed. */
  readonly waits: readonly Wait[];
  /** Circles out of which an effect that is under way leads, whenever it is done: by the moves that do. */
  readonly exits: readonly { readonly circle: Circle; readonly moves: readonly number[] }[];
  /** The most effects that happen, and activations that commit, from any node to a rest; null: there is no such number. */
  readonly max: { readonly effects: number; readonly commits: number } | null;
}

/** So many nodes are looked at between two pauses. */
const nodesPerPause = 1 << 12;

/**
 * Looks at the moves that remain when the world is quiet. A leaf is a dead end; without a circle every way ends at rest. What goes round
 * and changes nothing waits for the world, if that may help; else it goes round for ever.
 * @param isWhole whether everything was looked at: else of what waits nothing is known
 * @throws LimitReached when it is told to give up
 */
export function* convergenceOf(graph: Graph, isWhole = true): Steps<Convergence> {
  const deadEnds = yield* nodesWhere(graph, (words) => graph.space.isStuck(words));
  const { circular, order } = yield* componentsOf(graph);
  const own = circular.filter(({ nodes }) => insideEdges(graph, nodes).some((edge) => !graph.isElsewhere(edge)));
  const found = own.map((component) => ({ component, exits: exitsOf(graph, component) }));
  const stays = found.filter(({ exits }) => exits.length === 0).map(({ component }) => component);
  // What changes nothing and asks nobody outside for anything waits for nothing.
  const idle = stays.filter(({ nodes }) => {
    const inside = insideEdges(graph, nodes);
    return !inside.some((edge) => graph.changes(edge)) && inside.some((edge) => graph.isDone(edge));
  });
  // A full mailbox is no rest, whether or not a larger one would have room.
  const ends =
    idle.length === 0 ? [] : yield* nodesWhere(graph, (words) => graph.space.isStuck(words) || graph.space.isJammed(words));
  const waits = isWhole ? yield* waitsAmong(graph, idle, stays, ends) : [];
  const isWait = (component: Component) => waits.some((wait) => wait.component === component);
  const livelocks = stays.filter((component) => !isWait(component) && (isWhole || !idle.includes(component)));
  // What others wait for helps nobody who can do nothing meanwhile.
  const hopeless = waits.filter(({ component: { nodes } }) => isStuckThroughout(graph, nodes));
  const stuck = [...deadEnds, ...hopeless.flatMap(({ component: { nodes } }) => nodes.slice(0, 1))];
  const nearestFirst = (a: Component, b: Component) => (a.nodes[0] ?? 0) - (b.nodes[0] ?? 0);
  const circles = (components: readonly Component[]) =>
    [...components].sort(nearestFirst).map((component) => circleIn(graph, component));
  return {
    deadEnds: stuck.sort((a, b) => a - b),
    livelocks: circles(livelocks),
    mayBeHelped: stuck.length === 0 && livelocks.length > 0 && livelocks.every((component) => idle.includes(component)),
    waits: waits
      .filter((wait) => !hopeless.includes(wait))
      .sort((a, b) => nearestFirst(a.component, b.component))
      .map(({ component, helps }) => ({ ...circleIn(graph, component), helps })),
    exits: found
      .filter(({ exits }) => exits.length > 0)
      .map(({ component, exits }) => ({ circle: circleIn(graph, component), moves: exits })),
    max: circular.length > 0 || graph.beyond.length > 0 || !isWhole ? null : maxOf(graph, order),
  };
}

/** Whether one and the same of several is stuck in all of some nodes. */
function isStuckThroughout(graph: Graph, nodes: readonly number[]): boolean {
  const stuck = nodes.map((node) => graph.space.stuckIn(graph.words(node)));
  return (stuck[0] ?? []).some((name) => stuck.every((names) => names.includes(name)));
}

function* nodesWhere(graph: Graph, isSuch: (words: Uint16Array) => boolean): Steps<number[]> {
  const found: number[] = [];
  for (let node = 0; node < graph.size; node += 1) {
    if (isSuch(graph.words(node))) found.push(node);
    if (node % nodesPerPause === 0) yield* pause(graph.progress());
  }
  return found;
}

/**
 * The moves that are possible all the way round, and lead out of a component whenever they are made: as every effect that is
 * under way is done some day, and every time that is waited for comes, nothing stays in it for ever (weak fairness).
 */
function exitsOf(graph: Graph, { nodes }: Component): number[] {
  const inside = new Set(nodes);
  let throughout: Map<number, number> | null = null;
  const taken = new Set<number>();
  for (const node of nodes) {
    const here = new Map<number, number>();
    for (let edge = graph.firstEdge(node); edge < graph.firstEdge(node + 1); edge += 1) {
      here.set(graph.edgeLabel(edge), graph.edgeMove(edge));
      if (inside.has(graph.target(edge))) taken.add(graph.edgeLabel(edge));
    }
    const before: Map<number, number> = throughout ?? here;
    throughout = new Map([...before].filter(([label]) => here.has(label)));
  }
  return [...(throughout ?? [])].filter(([label]) => !taken.has(label)).map(([, move]) => move);
}

function insideEdges(graph: Graph, nodes: readonly number[]): number[] {
  const inside = new Set(nodes);
  const edges: number[] = [];
  for (const node of nodes) {
    for (let edge = graph.firstEdge(node); edge < graph.firstEdge(node + 1); edge += 1) {
      if (inside.has(graph.target(edge))) edges.push(edge);
    }
  }
  return edges;
}

/** A way round from the nearest node of a component: the shortest there is, and longer only as far as it could not last. */
function circleIn(graph: Graph, component: Component): Circle {
  const { nodes } = component;
  // A component has a node.
  const start = nodes[0] as number;
  const inside = new Set(nodes);
  const edges = wayTo(graph, inside, start, (edge) => graph.target(edge) === start);
  for (let missing = missingIn(graph, start, edges); missing !== null; missing = missingIn(graph, start, edges)) {
    const label = missing;
    // Either it is made, or it comes to a node where it cannot be made.
    const there = wayTo(
      graph,
      inside,
      start,
      (edge) => graph.edgeLabel(edge) === label || !isPossible(graph, graph.target(edge), label),
    );
    const last = there.at(-1);
    if (last === undefined) break;
    const end = graph.target(last);
    const back = end === start ? [] : wayTo(graph, inside, end, (edge) => graph.target(edge) === start);
    edges.push(...there, ...back);
  }
  return { node: start, edges };
}

/** The label of a move that is possible all the way round and never made: such a circle would not last. Null: there is none. */
function missingIn(graph: Graph, start: number, edges: readonly number[]): number | null {
  const along = [start, ...edges.map((edge) => graph.target(edge))];
  const made = new Set(edges.map((edge) => graph.edgeLabel(edge)));
  for (let edge = graph.firstEdge(start); edge < graph.firstEdge(start + 1); edge += 1) {
    const label = graph.edgeLabel(edge);
    if (!made.has(label) && along.every((node) => isPossible(graph, node, label))) return label;
  }
  return null;
}

function isPossible(graph: Graph, node: number, label: number): boolean {
  for (let edge = graph.firstEdge(node); edge < graph.firstEdge(node + 1); edge += 1) {
    if (graph.edgeLabel(edge) === label) return true;
  }
  return false;
}

/** The shortest way inside a set of nodes to an edge of a kind, that edge included; empty: there is none. */
function wayTo(graph: Graph, inside: ReadonlySet<number>, from: number, isIt: (edge: number) => boolean): number[] {
  const reachedBy = new Map<number, number>();
  const sources = new Map<number, number>();
  const queue = [from];
  for (const node of queue) {
    for (let edge = graph.firstEdge(node); edge < graph.firstEdge(node + 1); edge += 1) {
      const target = graph.target(edge);
      if (!inside.has(target)) continue;
      sources.set(edge, node);
      if (isIt(edge)) return unwind(edge, from, reachedBy, sources);
      if (target === from || reachedBy.has(target)) continue;
      reachedBy.set(target, edge);
      queue.push(target);
    }
  }
  return [];
}

function unwind(
  last: number,
  from: number,
  reachedBy: ReadonlyMap<number, number>,
  sources: ReadonlyMap<number, number>,
): number[] {
  const way = [last];
  for (let node = sources.get(last); node !== undefined && node !== from; ) {
    const edge = reachedBy.get(node);
    if (edge === undefined) break;
    way.push(edge);
    node = sources.get(edge);
  }
  return way.reverse();
}

/** The longest ways, in an order in which each node comes after all that it leads to. */
function maxOf(graph: Graph, order: Int32Array): { effects: number; commits: number } {
  const effects = new Int32Array(graph.size);
  const commits = new Int32Array(graph.size);
  let [maxEffects, maxCommits] = [0, 0];
  for (const node of order) {
    for (let edge = graph.firstEdge(node); edge < graph.firstEdge(node + 1); edge += 1) {
      const target = graph.target(edge);
      effects[node] = Math.max(effects[node] ?? 0, (effects[target] ?? 0) + (graph.isDone(edge) ? 1 : 0));
      commits[node] = Math.max(commits[node] ?? 0, (commits[target] ?? 0) + graph.commits(edge));
    }
    maxEffects = Math.max(maxEffects, effects[node] ?? 0);
    maxCommits = Math.max(maxCommits, commits[node] ?? 0);
  }
  return { effects: maxEffects, commits: maxCommits };
}
