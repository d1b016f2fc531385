import type { Definition } from "../../../runtime-lib/kernel/definition.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import { declaredFields } from "../../2-check/own-key.js";
import type { Domain } from "../../2-check/program.js";
import type { Source } from "../../diagnostics/diagnostic.js";
import type { Value } from "../../language/type.js";
import { joinsStrings } from "../environment/flow.js";
import type { Inputs } from "../environment/inputs.js";
import { isJoint } from "../environment/observations.js";
import type { ObservedField } from "../report/findings.js";
import { textOf } from "../report/reasons.js";
import type { Report, VerifyFinding, WaitReport } from "../report/report.js";
import {
  aboutStrings,
  boundOf,
  broughtBy,
  manyWaits,
  restrictions,
  type Scope,
  setInside,
  slowedDown,
  startedAs,
} from "../report/summary.js";
import type { Model } from "../report/teller.js";
import type { Convergence } from "../search/convergence.js";
import type { Steps } from "../search/steps.js";
import type { Extras, Outline, Subject } from "../subject.js";
import { maxChain } from "./chain.js";
import { DomainFindings } from "./domain-findings.js";
import { DomainGraph } from "./domain-graph.js";
import { DomainModel } from "./domain-model.js";
import { elsewhere } from "./elsewhere.js";
import { differencesOf } from "./history.js";
import { outagesOf } from "./outage.js";
import { settleable } from "./reduction.js";
import { turnsIn } from "./turns.js";
import { vacuityOf } from "./vacuity.js";
import { Walker } from "./walker.js";

/** More nodes than this are not looked at once more for what is nice to know: the longest chain of effects. */
const maxForChains = 500_000;

/** More states than this are not gone through for conditions that are always true. */
const maxForVacuity = 50_000;

/** A domain by itself. */
export class DomainSubject implements Subject<DomainGraph> {
  readonly obstacle: string | null;
  readonly fields: readonly ObservedField[];
  readonly #domain: Domain;
  readonly #definition: Definition;
  readonly #inputs: Inputs;
  readonly #source: Source;
  /** Whether a system starts it, with a state of its own: then it comes to life before anything is observed. */
  readonly #isStarted: boolean;
  /** The transitions that are settled first, as far as is known. */
  readonly #settled = new Map<boolean, { readonly walker: Walker; readonly independent: Set<number> }>();

  constructor(domain: Domain, definition: Definition, inputs: Inputs, source: Source, isStarted = false) {
    this.#domain = domain;
    this.#definition = definition;
    this.#inputs = inputs;
    this.#source = source;
    this.#isStarted = isStarted;
    this.obstacle = inputs.obstacle;
    this.fields = inputs.fields.flatMap((field) => this.#observedField(field));
  }

  get name(): string {
    return this.#domain.name;
  }

  get outline(): Outline {
    return whoWaits(this.#domain);
  }

  inputsIn(graph: DomainGraph | null): Report["inputs"] {
    const { observations } = graph?.walker.moves ?? { observations: null };
    const fields = this.#inputs.fields.map(({ field, values, others }) => {
      const all = [...values, ...others];
      // What the program does not know was perhaps not observed.
      const seen = (value: Value) => observations === null || observations.some((facts) => facts[field] === value);
      return [field, all.filter(seen)] as const;
    });
    return Object.fromEntries(fields);
  }

  #observedField({ field, values, others }: Inputs["fields"][number]): ObservedField[] {
    const declared = this.#domain.fields.find(({ name }) => name === field);
    if (declared === undefined) return [];
    const hasOther = (model: Model, words: Uint16Array) => others.includes(model.stateOf(words)[field] ?? "");
    return [{ name: field, domain: this.#domain.name, span: declared.span, source: this.#source, values, others, hasOther }];
  }

  graph(withOthers: boolean): DomainGraph {
    const known = this.#settled.get(withOthers) ?? this.#beginning(withOthers);
    this.#settled.set(withOthers, known);
    return new DomainGraph(new DomainModel(known.walker, this.#source, known.independent, this.#isStarted));
  }

  #beginning(withOthers: boolean) {
    const walker = new Walker(this.#domain, this.#definition, this.#inputs, withOthers);
    return { walker, independent: settleable(walker) };
  }

  isBounded(graph: DomainGraph): boolean {
    return graph.beyond.length > 0 || this.#inputs.bounded.length > 0;
  }

  // biome-ignore lint/correctness/useYield: nothing is known of what lies behind a bound of ints
  *beyondBound(): Steps<readonly []> {
    return [];
  }

  checkKernel({ space: { promises } }: DomainGraph): void {
    if (promises.broken.length > 0) throw new Error(`the kernel leaves an activation of ${this.name} half-finished`);
  }

  conflictsIn(graph: DomainGraph): readonly VerifyFinding[] {
    const findings = new DomainFindings(graph);
    findings.conflict();
    return findings.all;
  }

  scopeOf(graph: DomainGraph | null, waits: readonly WaitReport[]): Scope {
    const observed = this.#inputs.fields.map(({ field }) => field);
    const unobserved = declaredFields(this.#domain)
      .map(({ name }) => name)
      .filter((name) => !observed.includes(name));
    const assumes = graph === null ? [] : [...setInside(unobserved), ...this.#assumesOf(graph, waits)];
    return { observed, unobserved, assumes };
  }

  /** What a proof rests on, each as a clause behind "as long as". */
  #assumesOf(graph: DomainGraph, waits: readonly WaitReport[]): string[] {
    const isPart = this.#domain.fields.some(({ name }) => name === elsewhere);
    const { intBound, observedBound } = this.#inputs;
    const { atOnce, observations } = graph.walker.moves;
    const contracts = this.#domain.effects.flatMap(({ name, contract }) =>
      contract === null ? [] : [`\`${textOf(contract.condition, this.#source)}\` is observed once ${name} has happened`],
    );
    return [
      ...contracts,
      ...broughtBy(waits),
      ...aboutStrings(joinsStrings(this.#domain), this.#inputs.stringsAtOnce),
      ...(this.isBounded(graph) ? [boundOf(intBound, observedBound)] : []),
      ...restrictions(atOnce, isJoint(observations, this.#inputs.fields.length)),
      ...startedAs(this.#isStarted ? [this.name] : []),
      ...slowedDown(graph.walker.visits, isPart),
      ...manyWaits(graph.walker.moves.overdue.isCut),
      ...(graph.walker.codec.isForgetful ? ["no transition backs off from more than two different calls at once"] : []),
    ];
  }

  assumptionsOf({ space }: DomainGraph, { exits }: Convergence): string[] {
    const ends = new Set(exits.flatMap(({ moves }) => moves.map((move) => space.endOf(move))));
    return ends.size > 0 ? [`It may go round in circles, but only until ${[...ends].join(", or ")}.`] : [];
  }

  reductionsOf({ space: { walker, independent } }: DomainGraph): string[] {
    const { states, domain } = walker;
    const names = domain.transitions.filter((_, index) => independent.has(index)).map(({ name }) => name);
    return [
      ...(states.counters.size > 0 ? [`left out, as nothing depends on it: ${[...states.counters].join(", ")}`] : []),
      ...(names.length > 1 ? [`explored in one order where the order cannot matter: ${names.join(", ")}`] : []),
    ];
  }

  *vacuityOf(graph: DomainGraph, resting: readonly number[]): Steps<readonly VerifyFinding[]> {
    // Where not everything was seen, nothing is known of it.
    if (graph.beyond.length > 0 || graph.walker.states.all.length > maxForVacuity) return [];
    const findings = new DomainFindings(graph);
    findings.vacuity(yield* vacuityOf(graph, resting));
    return findings.all;
  }

  *extrasOf(graph: DomainGraph, { max }: Convergence, resting: readonly number[]): Steps<Extras> {
    const findings = new DomainFindings(graph);
    findings.brokenInvariants();
    for (const difference of yield* differencesOf(graph, resting)) findings.difference(difference);
    const chain = max !== null && graph.size <= maxForChains ? yield* maxChain(graph) : null;
    const outages = yield* outagesOf(graph);
    return {
      effort: max && { ...max, chain },
      turns: (yield* turnsIn(graph)) ?? null,
      outages: outages.map(({ effect, hangs, works }) => ({ effect, works, hangs: statesIn(graph, hangs) })),
      warnings: findings.all,
    };
  }
}

/** The states of nodes, each once. */
function statesIn(graph: DomainGraph, nodes: readonly number[]): State[] {
  return [...new Set(nodes.map((node) => graph.read(node).plain))].map(({ state }) => state);
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
