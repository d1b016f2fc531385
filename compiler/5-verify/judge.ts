import type { State } from "../../runtime-lib/kernel/value.js";
import { FindingsOf, refutationsOf } from "./report/findings.js";
import type { Extent, Report, Rest, VerifyFinding } from "./report/report.js";
import { refutationOf, type Scope, summaryOf } from "./report/summary.js";
import type { Model } from "./report/teller.js";
import { type Convergence, convergenceOf } from "./search/convergence.js";
import { explored, type Graph } from "./search/graph.js";
import { leavingFrom } from "./search/leaving.js";
import { LimitReached, pause, type Steps } from "./search/steps.js";
import { lookBeyond, Random } from "./search/walks.js";
import type { Extras, Subject } from "./subject.js";

/** How a search goes about it. */
export interface SearchOptions {
  /** How many moves are followed between two pauses. */
  readonly every?: number;
}

/** So many nodes are looked at between two pauses. */
const nodesPerPause = 1 << 12;

const onlyKnown = "only strings are observed that the program knows";

/**
 * Explores every situation that something can get into, and proves that it always finds its way to rest, or shows how it does
 * not. It pauses now and then with how far it came, and gives up when it is sent the reason to, and not null: then it looks at some of
 * what lies beyond, at random, until it is sent a reason once more.
 */
export function* judging<G extends Graph<Model>>(subject: Subject<G>, { every }: SearchOptions = {}): Steps<Report> {
  if (subject.obstacle !== null) return gaveUp(subject, `its states cannot be listed, as ${subject.obstacle}`, null);
  const known = yield* judged(subject, false, every);
  if ("reason" in known) return yield* beyondLimit(subject, known.graph, known.reason);
  try {
    return yield* withUnknownStrings(subject, known, every);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return yield* beyondLimit(subject, known.graph, error.message);
  }
}

/** A graph that could not be judged, and why. */
interface Unjudged<G> {
  readonly graph: G;
  readonly reason: string;
}

/**
 * Explores and judges; where it is not refuted and something turns out to have been left out that matters, once more.
 * @param withOthers whether strings are observed that the program does not know
 */
function* judged<G extends Graph<Model>>(
  subject: Subject<G>,
  withOthers: boolean,
  every: number | undefined,
): Steps<Judgement<G> | Unjudged<G>> {
  for (;;) {
    const { graph, stopped } = yield* explored(() => subject.graph(withOthers), every);
    if (stopped !== null) return { graph, reason: stopped };
    try {
      const judgement = yield* Judgement.of(subject, graph, true);
      if (judgement.isRefuted || (yield* graph.space.isWhole())) return judgement;
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      return { graph, reason: error.message };
    }
  }
}

/** Goes on with strings that the program does not know, where these may make a difference. */
function* withUnknownStrings<G extends Graph<Model>>(
  subject: Subject<G>,
  known: Judgement<G>,
  every: number | undefined,
): Steps<Report> {
  const hasOthers = subject.fields.some(({ others }) => others.length > 0);
  // Other strings may satisfy goals that else exclude each other, and help out of circles that change nothing.
  if (known.isRefuted && !(hasOthers && (known.isConflict || known.mayBeHelped))) return yield* known.report([], []);
  if (!hasOthers) return yield* known.report([], yield* known.vacuity());
  const all = yield* judged(subject, true, every);
  if ("reason" in all) {
    if (known.isRefuted) return yield* beyondLimit(subject, all.graph, all.reason);
    const note = `Whether it gets stuck on strings that the program does not know was not found out: ${all.reason}.`;
    return yield* known.report([note], [], [onlyKnown]);
  }
  if (known.isConflict && all.isConflict) return yield* all.report([], []);
  const own = known.isConflict ? yield* Judgement.of(subject, known.graph, false) : known;
  if (own.isRefuted && !own.mayBeHelped) return yield* own.report([], []);
  if (!all.isRefuted) return yield* all.report([], yield* all.vacuity());
  if (own.isRefuted) return yield* all.report([], []);
  const { fields, findings } = all.unknownStrings();
  // Where no such string has a part in it, it is no matter of strings.
  if (findings.length === 0) return yield* all.report([], []);
  return yield* own.report([], [...findings, ...(yield* all.vacuity())], fields);
}

/** What a graph says. */
class Judgement<G extends Graph<Model>> {
  readonly graph: G;
  readonly isRefuted: boolean;
  /** Its goals exclude each other, as far as was looked at. */
  readonly isConflict: boolean;
  /** It is refuted, and if more could be observed it might not be. */
  readonly mayBeHelped: boolean;
  readonly #subject: Subject<G>;
  readonly #convergence: Convergence;
  readonly #resting: readonly number[];
  readonly #refutations: readonly VerifyFinding[];
  /** A node in which nothing has been counted yet, and from which every way leads beyond the bound; null: there is none. */
  readonly #leaving: number | null;
  /** What was looked at for the verdict: for what is nice to know some is looked at once more. */
  readonly #extent: Extent;

  private constructor(
    subject: Subject<G>,
    graph: G,
    convergence: Convergence,
    resting: readonly number[],
    conflicts: readonly VerifyFinding[],
    beyond: readonly VerifyFinding[],
    leaving: number | null,
  ) {
    this.graph = graph;
    this.#subject = subject;
    this.#extent = extentOf(graph);
    this.#convergence = convergence;
    this.#resting = resting;
    this.isConflict = conflicts.length > 0;
    const found = this.isConflict ? conflicts : refutationsOf(graph, convergence);
    this.#refutations = found.length > 0 ? found : beyond;
    this.isRefuted = this.#refutations.length > 0;
    this.#leaving = leaving;
    this.mayBeHelped = !this.isConflict && beyond.length === 0 && convergence.mayBeHelped;
  }

  /**
   * Looks at a graph that was explored.
   * @param mayConflict whether goals that never hold together are a finding
   * @throws LimitReached when it is told to give up
   */
  static *of<G extends Graph<Model>>(subject: Subject<G>, graph: G, mayConflict: boolean): Steps<Judgement<G>> {
    subject.checkKernel(graph);
    const convergence = yield* convergenceOf(graph);
    const resting: number[] = [];
    for (let node = 0; node < graph.size; node += 1) {
      // What lies beyond a bound was not looked at.
      if (graph.isAtRest(node) && !graph.space.isBeyond(graph.words(node))) resting.push(node);
      if (node % nodesPerPause === 0) yield* pause(graph.progress());
    }
    // Beyond a bound there may be a state that satisfies them.
    const conflicts = mayConflict && !subject.isBounded(graph) ? subject.conflictsIn(graph) : [];
    const beyond = subject.isBounded(graph) ? yield* subject.beyondBound(graph) : [];
    const leaving = yield* leavingFrom(graph, convergence, resting, (node) => isUncounted(graph, node));
    return new Judgement(subject, graph, convergence, resting, conflicts, beyond, leaving);
  }

  /** Gives strings on which it gets stuck, where it was searched with strings that the program does not know; and which it does know. */
  unknownStrings(): { readonly findings: readonly VerifyFinding[]; readonly fields: readonly string[] } {
    const findings = new FindingsOf(this.graph);
    const fields = findings.unknownStrings(this.#convergence, this.#subject.fields);
    return { findings: findings.all, fields };
  }

  /** What makes no difference. */
  *vacuity(): Steps<readonly VerifyFinding[]> {
    return yield* this.#subject.vacuityOf(this.graph, this.#resting);
  }

  /** What is nice to know of what comes to rest, as far as there is time for it; and what is to be said where there is not. */
  *#extras(): Steps<{ readonly extras: Extras; readonly note: readonly string[] }> {
    if (this.isRefuted) return { extras: noExtras, note: [] };
    try {
      return { extras: yield* this.#subject.extrasOf(this.graph, this.#convergence, this.#resting), note: [] };
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      return { extras: noExtras, note: [`What else there is to say of it was not found out: ${error.message}.`] };
    }
  }

  /** @param provided what it rests on beside what the graph shows, each as a clause behind "as long as" */
  *report(notes: readonly string[], further: readonly VerifyFinding[], provided: readonly string[] = []): Steps<Report> {
    const [graph, subject, convergence] = [this.graph, this.#subject, this.#convergence];
    if (!this.isRefuted && this.#leaving !== null) return leavesBound(subject, graph, this.#leaving);
    const verdict = this.isRefuted ? "refuted" : subject.isBounded(graph) ? "proved up to a bound" : "proved";
    const waits = convergence.waits.map((circle) => {
      const helps = circle.helps.map(({ node, move }) => ({ words: graph.words(node).slice(), move }));
      return graph.space.waitOf(wordsAlong(graph, circle), helps);
    });
    const scope = subject.scopeOf(graph, waits);
    const assumes = [...provided, ...scope.assumes];
    const { extras, note } = yield* this.#extras();
    const { warnings, ...known } = extras;
    return {
      domain: subject.name,
      verdict,
      summary: verdict === "refuted" ? refutationOf(this.#refutations) : summaryOf(verdict, { ...scope, assumes }),
      assumes: this.isRefuted ? [] : assumes,
      startedWith: null,
      unobserved: scope.unobserved,
      extent: this.#extent,
      assumptions: [...subject.assumptionsOf(graph, convergence), ...notes, ...note],
      rests: restsOf(graph, this.#resting),
      ...known,
      ...subject.outline,
      inputs: subject.inputsIn(graph),
      waits,
      findings: [...this.#refutations, ...further, ...warnings],
      reductions: subject.reductionsOf(graph),
    };
  }
}

const noExtras: Extras = { effort: null, turns: null, outages: [], warnings: [] };

/** The words of the situations along a circle. */
function wordsAlong(graph: Graph<Model>, { node, edges }: Convergence["waits"][number]): Uint16Array[] {
  return [node, ...edges.map((edge) => graph.target(edge))].map((each) => graph.words(each).slice());
}

/** The situations that rest, by the realities that hold in them. */
function restsOf(graph: Graph<Model>, resting: readonly number[]): Rest[] {
  const groups = new Map<string, { readonly realities: Rest["realities"]; readonly states: Map<string, State> }>();
  // Where a state is one object, it is looked at once.
  const seen = new Set<State>();
  for (const node of resting) {
    const words = graph.words(node);
    const state = graph.space.stateOf(words);
    if (seen.has(state)) continue;
    seen.add(state);
    const held = Object.entries(graph.space.realitiesIn(words)).map(([goal, reality]) => [goal, reality ?? ""] as const);
    const key = JSON.stringify(held);
    const group = groups.get(key) ?? { realities: Object.fromEntries(held), states: new Map() };
    groups.set(key, group);
    group.states.set(JSON.stringify(state), state);
  }
  const text = ({ realities }: Rest) => Object.values(realities).join();
  const rests = [...groups.values()].map(({ realities, states }): Rest => ({ realities, states: [...states.values()] }));
  return rests.sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** So many looks are taken beyond a limit at most. */
const maxLooks = 10_000;

/** What can be said where not everything could be looked at: a way to get stuck is one all the same. */
function* beyondLimit<G extends Graph<Model>>(subject: Subject<G>, graph: G, reason: string): Steps<Report> {
  let looks = 0;
  let isJudged = false;
  try {
    if (graph.depth === null || graph.space.obstacle !== null) return gaveUp(subject, reason, graph);
    const found = refutationsOf(graph, yield* convergenceOf(graph, false));
    if (found.length > 0) return refutedEarly(subject, graph, found);
    isJudged = true;
    for (const random = new Random(); looks < maxLooks; looks += 1) {
      const { before, quiet } = yield* lookBeyond(graph, random);
      const further = refutationsOf(quiet, yield* convergenceOf(quiet, false), before);
      if (further.length > 0) return refutedEarly(subject, graph, further);
    }
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
  }
  const came = isJudged ? nothingFound(graph, looks) : "there was no time to judge what was found";
  return gaveUp(subject, `${reason}; ${came}`, graph);
}

function nothingFound({ depth }: Graph, looks: number): string {
  const within = `nothing was found within ${depth === 1 ? "1 step" : `${depth ?? 0} steps`} of its beginning`;
  return looks === 0 ? within : `${within}, nor in ${looks.toLocaleString("en")} random walks beyond`;
}

function refutedEarly<G extends Graph<Model>>(subject: Subject<G>, graph: G, findings: readonly VerifyFinding[]): Report {
  const scope = subject.scopeOf(graph, []);
  return { ...emptyReport(subject, graph, scope, "refuted", refutationOf(findings)), findings };
}

function gaveUp<G extends Graph<Model>>(subject: Subject<G>, reason: string, graph: G | null): Report {
  const scope = subject.scopeOf(graph, []);
  return emptyReport(subject, graph, scope, "gave up", `${summaryOf("gave up", scope)}: ${reason}`);
}

/** What can be said where the bound of ints is left before it comes to rest. */
function leavesBound<G extends Graph<Model>>(subject: Subject<G>, graph: G, node: number): Report {
  const state = graph.space.describe(graph.words(node));
  return gaveUp(subject, `with \`${state}\` every way leads to ints outside the bound (--int-bound)`, graph);
}

/** Whether all ints are as they were in the beginning. */
function isUncounted(graph: Graph<Model>, node: number): boolean {
  const [first, state] = [startOf(graph), node].map((each) => graph.space.stateOf(graph.words(each)));
  return Object.entries(state ?? {}).every(([field, value]) => typeof value !== "number" || value === first?.[field]);
}

/** The node in which it has started. */
function startOf({ size }: Graph<Model>): number {
  return Math.min(1, size - 1);
}

function emptyReport<G extends Graph<Model>>(
  subject: Subject<G>,
  graph: G | null,
  scope: Scope,
  verdict: Report["verdict"],
  summary: string,
): Report {
  const { warnings, ...extras } = noExtras;
  return {
    domain: subject.name,
    verdict,
    summary,
    assumes: [],
    startedWith: null,
    unobserved: scope.unobserved,
    extent: graph === null ? { nodes: 0, states: 0, steps: 0, bytes: 0, frontier: 0, depth: null } : extentOf(graph),
    assumptions: [],
    rests: [],
    ...extras,
    ...subject.outline,
    inputs: subject.inputsIn(graph),
    waits: [],
    findings: warnings,
    reductions: graph === null ? [] : subject.reductionsOf(graph),
  };
}

function extentOf(graph: Graph<Model>): Extent {
  const { size, explored, steps, bytes, depth } = graph;
  return { nodes: size, states: graph.space.states, steps, bytes, frontier: size - explored, depth };
}
