import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { State } from "../../runtime-lib/kernel/value.js";
import type { Domain } from "../2-check/program.js";
import type { Source } from "../diagnostics/diagnostic.js";
import type { Value } from "../language/type.js";
import { unreachable } from "../language/unreachable.js";
import { maxChain } from "./domain/chain.js";
import { differencesOf } from "./domain/history.js";
import { outagesOf } from "./domain/outage.js";
import { turnsIn } from "./domain/turns.js";
import { vacuityOf } from "./domain/vacuity.js";
import { Walker } from "./domain/walker.js";
import { type InputOptions, type Inputs, inputsOf } from "./environment/inputs.js";
import { FindingsOf } from "./report/findings.js";
import { textOf } from "./report/reasons.js";
import type { Extent, Report, Rest, VerifyFinding, WaitReport } from "./report/report.js";
import { restriction, type Scope, summaryOf } from "./report/summary.js";
import { type Circle, type Convergence, convergenceOf } from "./search/convergence.js";
import { type Graph, graphOf, type Progress } from "./search/graph.js";

export interface VerifyOptions extends InputOptions {
  /** How many nodes are looked at between two pauses. */
  readonly every?: number;
}

/** More nodes than this are not looked at once more for what is nice to know: the longest chain of effects. */
const maxForChains = 500_000;

/** More states than this are not gone through for conditions that are always true. */
const maxForVacuity = 50_000;

/**
 * Explores every state that a domain can get into, and proves that it always finds its way to rest, or shows how it does
 * not. A generator: it pauses now and then with how far it came, and gives up when it is sent the reason to, and not null.
 * @throws Error where the kernel breaks its own promise; no program can make it
 */
export function* verifying(
  domain: Domain,
  definition: Definition,
  source: Source,
  options: VerifyOptions = {},
): Generator<Progress, Report, string | null> {
  const inputs = inputsOf(domain, options);
  if (inputs.obstacle !== null) return gaveUp(domain, inputs, `its states cannot be listed, as ${inputs.obstacle}`, null);
  const { graph, stopped } = yield* search(domain, definition, inputs, false, options);
  if (stopped !== null) return gaveUp(domain, inputs, stopped, graph);
  if (graph.promises.broken.length > 0) throw new Error(`the kernel leaves an activation of ${domain.name} half-finished`);
  const known = new Judgement(graph, inputs, source);
  const hasOthers = inputs.fields.some(({ others }) => others.length > 0);
  if (!hasOthers) return known.isRefuted ? known.report([], []) : known.report([], known.vacuity());
  // That goals exclude each other is said before anything else, and only where no string at all satisfies them.
  if (known.isRefuted && !known.isConflict) return known.report([], []);
  const further = yield* search(domain, definition, inputs, true, options);
  if (further.stopped !== null) {
    const note = `Whether it gets stuck on strings that the program does not know was not found out: ${further.stopped}.`;
    return known.report([note], [], ["only strings are observed that the program knows"]);
  }
  const all = new Judgement(further.graph, inputs, source);
  if (known.isConflict) return all.isConflict ? all.report([], []) : new Judgement(graph, inputs, source, false).report([], []);
  if (!all.isRefuted) return all.report([], all.vacuity());
  const { fields, findings } = all.unknownStrings();
  return known.report([], [...findings, ...all.vacuity()], fields);
}

/** Verifies without a pause. */
export function verify(domain: Domain, definition: Definition, source: Source, options: VerifyOptions = {}): Report {
  const steps = verifying(domain, definition, source, options);
  for (;;) {
    const { done, value } = steps.next(null);
    if (done === true) return value;
  }
}

function search(domain: Domain, definition: Definition, inputs: Inputs, withOthers: boolean, { every }: VerifyOptions) {
  return graphOf(new Walker(domain, definition, inputs, withOthers), every);
}

/** What a graph says. */
class Judgement {
  readonly isRefuted: boolean;
  /** Its goals exclude each other, as far as was looked at. */
  readonly isConflict: boolean;
  readonly #graph: Graph;
  readonly #inputs: Inputs;
  readonly #source: Source;
  readonly #convergence: Convergence;
  readonly #resting: readonly number[];
  readonly #refutations: readonly VerifyFinding[];

  /** @param mayConflict whether goals that never hold together are a finding */
  constructor(graph: Graph, inputs: Inputs, source: Source, mayConflict = true) {
    this.#graph = graph;
    this.#inputs = inputs;
    this.#source = source;
    this.#convergence = withoutHopelessWaits(graph, convergenceOf(graph));
    this.#resting = Array.from({ length: graph.size }, (_, node) => node).filter((node) => graph.isAtRest(node));
    const findings = new FindingsOf(graph, source);
    // Beyond a bound there may be a state that satisfies them.
    const isWhole = graph.beyond.length === 0 && inputs.bounded.length === 0;
    this.isConflict = mayConflict && isWhole && findings.conflict();
    if (!this.isConflict) {
      findings.deadEnd(this.#convergence);
      findings.livelock(this.#convergence);
    }
    this.#refutations = findings.all;
    this.isRefuted = findings.all.length > 0;
  }

  /** Gives strings on which it gets stuck, where it was searched with strings that the program does not know; and which it does know. */
  unknownStrings(): { readonly findings: readonly VerifyFinding[]; readonly fields: readonly string[] } {
    const findings = new FindingsOf(this.#graph, this.#source);
    const fields = findings.unknownStrings(this.#convergence, this.#inputs);
    return { findings: findings.all, fields };
  }

  /** What makes no difference; nothing where not everything was seen. */
  vacuity(): readonly VerifyFinding[] {
    const { beyond, walker } = this.#graph;
    const findings = new FindingsOf(this.#graph, this.#source);
    if (beyond.length === 0 && walker.states.all.length <= maxForVacuity) findings.vacuity(vacuityOf(this.#graph, this.#resting));
    return findings.all;
  }

  /** @param provided what it rests on beside what the graph shows, each as a clause behind "as long as" */
  report(notes: readonly string[], further: readonly VerifyFinding[], provided: readonly string[] = []): Report {
    const [graph, inputs, convergence] = [this.#graph, this.#inputs, this.#convergence];
    const { domain } = graph.walker;
    const findings = new FindingsOf(graph, this.#source);
    if (!this.isRefuted) findings.brokenInvariants();
    if (!this.isRefuted) for (const difference of differencesOf(graph, this.#resting)) findings.difference(difference);
    const isBounded = graph.beyond.length > 0 || inputs.bounded.length > 0;
    const verdict = this.isRefuted ? "refuted" : isBounded ? "proved up to a bound" : "proved";
    const scope = scopeOf(domain, inputs, [...provided, ...assumesOf(graph, inputs, convergence, this.#source)]);
    return {
      domain: domain.name,
      verdict,
      summary: summaryOf(verdict, scope),
      assumes: this.isRefuted ? [] : scope.assumes,
      unobserved: scope.unobserved,
      extent: extentOf(graph, 0),
      assumptions: [...assumptionsOf(graph, convergence), ...notes],
      rests: restsOf(graph, this.#resting),
      effort: effortOf(graph, convergence),
      turns: this.isRefuted ? null : (turnsIn(graph) ?? null),
      ...whoWaits(domain),
      outages: this.isRefuted ? [] : outageReports(graph),
      waits: convergence.waits.map((circle) => waitOf(graph, circle)),
      findings: [...this.#refutations, ...further, ...findings.all],
      reductions: reductionsOf(graph),
      inputs: inputsOfReport(graph),
    };
  }
}

function outageReports(graph: Graph): Report["outages"] {
  return outagesOf(graph).map(({ effect, hangs, works }) => ({ effect, works, hangs: statesOf(graph, hangs) }));
}

/** Every value that was observed, by field. */
function inputsOfReport({ walker }: Graph): Report["inputs"] {
  const values = new Map<string, Value[]>();
  for (const facts of walker.moves.observations) {
    const [[field, value] = ["", ""], ...more] = Object.entries(facts);
    if (more.length === 0) values.set(field, [...(values.get(field) ?? []), value]);
  }
  return Object.fromEntries(values);
}

/** What waits for an observation that nothing can bring goes round for ever. */
function withoutHopelessWaits(graph: Graph, convergence: Convergence): Convergence {
  const isHopeless = (circle: Circle) => waitOf(graph, circle).fields.length === 0;
  const hopeless = convergence.waits.filter(isHopeless);
  return {
    ...convergence,
    waits: convergence.waits.filter((circle) => !hopeless.includes(circle)),
    livelocks: [...convergence.livelocks, ...hopeless].sort((a, b) => a.node - b.node),
  };
}

function waitOf(graph: Graph, { node, edges }: Circle): WaitReport {
  const { walker } = graph;
  const effects = new Set<string>();
  for (const at of [node, ...edges.map((edge) => graph.target(edge))]) {
    for (const entry of graph.read(at).about) {
      if (entry?.kind === "flight") for (const { effect } of entry.planned.plan.intents) effects.add(effect);
    }
  }
  const { plain } = graph.read(node);
  const fields = new Set<string>();
  for (const [index, facts] of walker.moves.observations.entries()) {
    const after = walker.observed(plain, index);
    const [field, ...more] = Object.keys(facts);
    const isNews = after.allHold || after.plans.some((planned, own) => planned !== plain.plans[own]);
    if (field !== undefined && more.length === 0 && isNews) fields.add(field);
  }
  return { state: plain.state, effects: [...effects], fields: [...fields] };
}

function effortOf(graph: Graph, { max }: Convergence): Report["effort"] {
  if (max === null) return null;
  return { ...max, chain: graph.size <= maxForChains ? maxChain(graph) : null };
}

function statesOf(graph: Graph, nodes: readonly number[]): State[] {
  return [...new Set(nodes.map((node) => graph.read(node).plain))].map(({ state }) => state);
}

function restsOf(graph: Graph, resting: readonly number[]): Rest[] {
  const groups = new Map<string, number[]>();
  for (const node of resting) {
    const key = JSON.stringify(graph.read(node).plain.realities);
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  const { goals } = graph.walker.machine;
  const rests = [...groups.values()].map((nodes): Rest => {
    const { realities } = graph.read(nodes[0] as number).plain;
    return {
      realities: Object.fromEntries(goals.map(({ name }, index) => [name, realities[index] ?? ""])),
      states: statesOf(graph, nodes),
    };
  });
  const text = ({ realities }: Rest) => Object.values(realities).join();
  return rests.sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

function whoWaits({ transitions }: Domain): Pick<Report, "independent" | "waitsFor"> {
  const waitsFor = transitions.flatMap(({ name: transition, waitsFor }) =>
    waitsFor.map(({ transition: other, reasons }) => ({ transition, other, reasons })),
  );
  const isApart = (a: string, b: string) =>
    !waitsFor.some((wait) => [a, b].includes(wait.transition) && [a, b].includes(wait.other));
  const names = transitions.map(({ name }) => name);
  const independent = names.flatMap((a, index) =>
    names.slice(index + 1).flatMap((b) => (isApart(a, b) ? [[a, b] as const] : [])),
  );
  return { independent, waitsFor };
}

/** What a proof rests on, each as a clause behind "as long as". */
function assumesOf(graph: Graph, { bounded, intBound }: Inputs, { waits }: Convergence, source: Source): string[] {
  const { walker } = graph;
  const waited = waits.map((circle) => waitOf(graph, circle));
  const brought = [
    ...new Set(
      waited.map(({ effects, fields }) => `${effects.join(" or ")} brings ${fields.map((field) => `\`${field}\``).join(" or ")}`),
    ),
  ];
  const { atOnce } = walker.moves;
  return [
    ...walker.domain.effects.flatMap(({ name, contract }) =>
      contract === null ? [] : [`\`${textOf(contract.condition, source)}\` is observed once ${name} has happened`],
    ),
    ...brought,
    ...(graph.beyond.length > 0 || bounded.length > 0 ? [`ints stay within ${-intBound} and ${intBound}`] : []),
    ...(atOnce === null ? [] : [restriction(atOnce)]),
  ];
}

/** What may be set from outside. */
function scopeOf({ fields }: Domain, inputs: Inputs, assumes: readonly string[]): Scope {
  const observed = inputs.fields.map(({ field }) => field);
  const unobserved = fields.map(({ name }) => name).filter((name) => !observed.includes(name));
  return { observed, unobserved, assumes };
}

function assumptionsOf(graph: Graph, { exits }: Convergence): string[] {
  const ends = new Set(exits.flatMap(({ moves }) => moves.map((move) => endOf(graph, move))));
  return ends.size > 0 ? [`It may go round in circles, but only until ${[...ends].join(", or ")}.`] : [];
}

/** What ends a circle, in words. */
function endOf({ walker }: Graph, move: number): string {
  const happening = walker.moves.of(move);
  const name = "transition" in happening ? (walker.machine.transitions[happening.transition]?.name ?? "") : "";
  switch (happening.kind) {
    case "done":
      return `what ${name} emitted is done`;
    case "elapse":
      return `\`${happening.duration}\` comes true`;
    case "observe":
      return "the world shows what an effect promises";
    case "retry":
      return `${name} is tried again`;
    case "resume":
    case "start":
    case "failed":
    case "unknown":
      return "it goes on";
    default:
      return unreachable(happening);
  }
}

function reductionsOf(graph: Graph): string[] {
  const { domain, states } = graph.walker;
  const independent = domain.transitions.filter((_, index) => graph.independent.has(index)).map(({ name }) => name);
  return [
    ...(states.counters.size > 0 ? [`left out, as nothing depends on it: ${[...states.counters].join(", ")}`] : []),
    ...(independent.length > 1 ? [`explored in one order where the order cannot matter: ${independent.join(", ")}`] : []),
  ];
}

function extentOf(graph: Graph, frontier: number): Extent {
  return { nodes: graph.size, states: graph.walker.states.all.length, steps: graph.steps, bytes: graph.bytes, frontier };
}

function gaveUp(domain: Domain, inputs: Inputs, reason: string, graph: Graph | null): Report {
  const scope = scopeOf(domain, inputs, []);
  return {
    domain: domain.name,
    verdict: "gave up",
    summary: `${summaryOf("gave up", scope)}: ${reason}`,
    assumes: [],
    unobserved: scope.unobserved,
    extent:
      graph === null ? { nodes: 0, states: 0, steps: 0, bytes: 0, frontier: 0 } : extentOf(graph, graph.size - graph.explored),
    assumptions: [],
    rests: [],
    effort: null,
    turns: null,
    ...whoWaits(domain),
    outages: [],
    waits: [],
    findings: [],
    reductions: graph === null ? [] : reductionsOf(graph),
    inputs: Object.fromEntries(inputs.fields.map(({ field, values, others }) => [field, [...values, ...others]])),
  };
}
