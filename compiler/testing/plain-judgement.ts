// What is said about the situations that a system can get into: where it rests, where it is stuck, and where it goes round for ever.

/** A move, as far as the judgement asks. */
export interface Edge {
  readonly label: string;
  readonly by: "quiet" | "world" | "failure";
  readonly isDelivery: boolean;
  /** Whether time passes before it, although it need not: something is over by then that was waited for. */
  readonly isLate: boolean;
  readonly changes: boolean;
  readonly target: string;
}

/** A situation, as far as the judgement asks. */
export interface Vertex {
  /** All that is alive rests: its goals hold, and nothing is under way. */
  readonly isResting: boolean;
  /** Who can do nothing although its goals do not hold. */
  readonly stuck: readonly string[];
  /** Whether a mailbox is full, so that somebody has to wait or is refused. */
  readonly isCrowded: boolean;
  readonly edges: readonly Edge[];
}

/** The situations that were found, by their texts. */
export type Graph = ReadonlyMap<string, Vertex>;

/** What goes wrong once the world is quiet, by the texts of situations. */
export interface Faults {
  readonly deadEnds: readonly string[];
  /** The dead ends in which a mailbox is full: a larger one might have room. */
  readonly jams: readonly string[];
  readonly livelocks: readonly string[];
  /** Whether there is a circle that changes nothing and waits for the world. */
  readonly waits: boolean;
}

/** Finds the dead ends and the circles that nothing leaves. */
export function faultsIn(graph: Graph): Faults {
  const ends = [...graph].filter(([, vertex]) => !vertex.isResting && quietFrom(vertex).length === 0).map(([text]) => text);
  const deadEnds = [...ends];
  const livelocks: string[] = [];
  let waits = false;
  const circles = circlesIn(graph).filter((members) => isFair(graph, members));
  const patient = circles.filter((circle) => {
    return asksTheWorld(graph, circle) && !hasChange(graph, circle) && !deliversForEver(graph, circle);
  });
  const saved = savedIn(graph, patient, circles, ends);
  for (const circle of circles) {
    if (!saved.includes(circle)) livelocks.push(...circle);
    // Others wait for the world, or have their turn: whoever can do nothing in all of it is stuck.
    else if (stuckThroughout(graph, circle)) deadEnds.push(...circle);
    else waits = true;
  }
  return { deadEnds, jams: deadEnds.filter((text) => graph.get(text)?.isCrowded), livelocks, waits };
}

function quietFrom({ edges }: Vertex): Edge[] {
  return edges.filter(({ by }) => by === "quiet");
}

/** Gives the moves inside a circle. */
function inside(graph: Graph, circle: ReadonlySet<string>): Edge[] {
  return [...circle].flatMap((text) => {
    const vertex = graph.get(text);
    return vertex === undefined ? [] : quietFrom(vertex).filter(({ target }) => circle.has(target));
  });
}

/** Gives the largest sets of situations, none of them at rest, that lead to each other in a quiet world. */
function circlesIn(graph: Graph): Set<string>[] {
  const restless = [...graph].filter(([, { isResting }]) => !isResting);
  const forward = new Map(restless.map(([text, vertex]) => [text, quietFrom(vertex).map(({ target }) => target)]));
  const backward = new Map(restless.map(([text]): [string, string[]] => [text, []]));
  for (const [text, targets] of forward) for (const target of targets) backward.get(target)?.push(text);
  const seen = new Set<string>();
  const finished = restless.flatMap(([text]) => visit(text, forward, seen));
  const placed = new Set<string>();
  return finished
    .reverse()
    .map((text) => new Set(visit(text, backward, placed)))
    .filter((members) => members.size > 1 || [...members].some((text) => forward.get(text)?.includes(text)));
}

/** Visits what can be reached and was not seen before. Gives it in the order in which it is done with. */
function visit(from: string, next: ReadonlyMap<string, readonly string[]>, seen: Set<string>): string[] {
  if (seen.has(from)) return [];
  const finished: string[] = [];
  const path = [{ text: from, left: [...(next.get(from) ?? [])] }];
  seen.add(from);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const target = top.left.pop();
    if (target === undefined) {
      finished.push(top.text);
      path.pop();
    } else if (next.has(target) && !seen.has(target)) {
      seen.add(target);
      path.push({ text: target, left: [...(next.get(target) ?? [])] });
    }
  }
  return finished;
}

/** Says whether one can stay in a circle for ever: no move is possible in all of it and never made inside. */
function isFair(graph: Graph, circle: ReadonlySet<string>): boolean {
  const made = new Set(inside(graph, circle).map(({ label }) => label));
  const vertices = [...circle].flatMap((text) => graph.get(text) ?? []);
  const possible = lastingOf(vertices).map(
    ({ edges }) => new Set(edges.flatMap(({ by, label }) => (by === "quiet" ? [label] : []))),
  );
  const [first = new Set<string>(), ...others] = possible;
  return [...first].every((label) => made.has(label) || others.some((labels) => !labels.has(label)));
}

/** Leaves out, where there are others, those in which messages are delivered: nothing else has its turn, and that takes no time. */
function lastingOf(vertices: readonly Vertex[]): readonly Vertex[] {
  const lasting = vertices.filter(({ edges }) => edges.some(({ isDelivery }) => !isDelivery));
  return lasting.length > 0 ? lasting : vertices;
}

function hasChange(graph: Graph, circle: ReadonlySet<string>): boolean {
  return inside(graph, circle).some(({ changes }) => changes);
}

/** Says whether an effect is done in a circle: only that may bring about what is waited for. */
function asksTheWorld(graph: Graph, circle: ReadonlySet<string>): boolean {
  return inside(graph, circle).some(({ label }) => label.startsWith("done "));
}

/** Says whether a circle goes round by deliveries alone, in no time. */
function deliversForEver(graph: Graph, circle: ReadonlySet<string>): boolean {
  return deliveredForEver(new Map([...graph].filter(([text]) => circle.has(text)))).length > 0;
}

/** Gives the situations that deliveries alone lead back to, in no time. */
export function deliveredForEver(graph: Graph): string[] {
  const deliveries = [...graph].map(([text, { edges }]): [string, Vertex] => {
    const own = edges.filter(({ isDelivery, isLate, target }) => isDelivery && !isLate && graph.has(target));
    return [text, { isResting: false, stuck: [], isCrowded: false, edges: own }];
  });
  return circlesIn(new Map(deliveries)).flatMap((circle) => [...circle]);
}

/**
 * Gives the circles that the world can end: it leads out of them to where whatever happens comes to rest, or to another circle that it
 * can end. Luck is no help: of several ways in a quiet world the worst is taken.
 */
function savedIn(
  graph: Graph,
  patient: readonly ReadonlySet<string>[],
  circles: readonly ReadonlySet<string>[],
  ends: readonly string[],
): ReadonlySet<string>[] {
  const saved: ReadonlySet<string>[] = [];
  for (;;) {
    const doomed = doomedIn(
      graph,
      [...ends, ...circles.filter((circle) => !saved.includes(circle)).flatMap((circle) => [...circle])],
      saved,
    );
    const isEnded = (text: string) => graph.get(text)?.edges.some(({ by, target }) => by === "world" && !doomed.has(target));
    const more = patient.filter((circle) => !saved.includes(circle) && [...circle].some(isEnded));
    if (more.length === 0) return saved;
    saved.push(...more);
  }
}

/** Gives the situations from which a quiet world may come to some, unless it comes to a circle that is saved before. */
function doomedIn(graph: Graph, bad: readonly string[], saved: readonly ReadonlySet<string>[]): Set<string> {
  const safe = new Set(saved.flatMap((circle) => [...circle]));
  const backward = new Map([...graph.keys()].map((text): [string, string[]] => [text, []]));
  for (const [text, vertex] of graph)
    if (!safe.has(text)) for (const { target } of quietFrom(vertex)) backward.get(target)?.push(text);
  const doomed = new Set<string>();
  for (const text of bad) visit(text, backward, doomed);
  return doomed;
}

/** Says whether somebody can do nothing in all of a circle but take messages, which takes no time. */
function stuckThroughout(graph: Graph, circle: ReadonlySet<string>): boolean {
  const vertices = [...circle].flatMap((text) => graph.get(text) ?? []);
  const all = lastingOf(vertices).map(({ stuck }) => stuck);
  return (all[0] ?? []).some((name) => all.every((stuck) => stuck.includes(name)));
}
