import type { Code, PlaceholderOf } from "../../diagnostics/catalogue.js";
import { type Extras, Findings } from "../../diagnostics/diagnostic.js";
import type { Value } from "../../language/type.js";
import type { Circle, Convergence } from "../search/convergence.js";
import type { Graph } from "../search/graph.js";
import type { Story, VerifyFinding } from "./report.js";
import { storyOf, tellAlong } from "./tell.js";
import type { Model, Passage, Unmet } from "./teller.js";

/** A field that may be observed, as a finding speaks of it. */
export interface ObservedField extends Passage {
  /** `status`, or in a system `Shop.status`. */
  readonly name: string;
  readonly domain: string;
  readonly values: readonly Value[];
  /** Values that stand for all strings which the program does not know. */
  readonly others: readonly Value[];
  /** Whether a situation has one of these. */
  hasOther(model: Model, words: Uint16Array): boolean;
}

/** Puts into words how something does not come to rest. */
export class FindingsOf<G extends Graph<Model> = Graph<Model>> {
  readonly all: VerifyFinding[] = [];
  protected readonly graph: G;
  /** The moves that lead from the beginning to the graph's first node. */
  readonly #before: readonly number[];

  constructor(graph: G, before: readonly number[] = []) {
    this.graph = graph;
    this.#before = before;
  }

  protected get model(): Model {
    return this.graph.space;
  }

  protected report<C extends Code>(
    code: C,
    { span, source }: Passage,
    values: Record<PlaceholderOf<C>, string>,
    extras: Extras,
    story: Story | null,
  ): void {
    const findings = new Findings(source);
    findings.report(code, span, values, extras);
    const [diagnostic] = findings.all();
    if (diagnostic !== undefined) this.all.push({ diagnostic, story });
  }

  /** The nearest dead end, and how many states there are like it. */
  deadEnd({ deadEnds }: Convergence): void {
    const [node] = deadEnds;
    if (node === undefined) return;
    const words = this.graph.words(node).slice();
    const unmet = this.model.unmetIn(words);
    const states = new Set(deadEnds.map((each) => JSON.stringify(this.model.stateOf(this.graph.words(each)))));
    const more = states.size - 1;
    const notes = more === 0 ? [] : [more === 1 ? "There is one more such state." : `There are ${more} more such states.`];
    const values = {
      domain: this.model.name,
      what: whatIsWrong(unmet),
      state: `\`${this.model.describe(words)}\``,
    };
    this.report("VED5001", unmet[0] ?? this.model.passage, values, { notes }, this.storyTo(node, this.model.whyStuck(words)));
  }

  /** The nearest livelock. */
  livelock({ livelocks }: Convergence): void {
    const [circle] = livelocks;
    if (circle === undefined) return;
    const { passage } = this.model;
    const related = this.#committing(circle)
      .filter(({ source }) => source === passage.source)
      .map(({ span }) => ({ span, message: "has a part in it" }));
    this.report("VED5002", passage, { domain: this.model.name }, { related }, this.storyOfCircle(circle));
  }

  /** A way to a node. */
  protected storyTo(node: number, end: readonly string[]): Story {
    return { steps: this.steps(this.#pathTo(node)), repeatsFrom: null, end, mailbox: this.model.mailbox };
  }

  /** A way into a circle, and once round. */
  protected storyOfCircle({ node, edges }: Circle): Story {
    const path = this.#pathTo(node);
    const around = edges.map((edge) => this.graph.edgeMove(edge));
    return { steps: this.steps([...path, ...around]), repeatsFrom: path.length, end: [], mailbox: this.model.mailbox };
  }

  /** The nodes along the way to one, that one included. */
  #wayTo(node: number): number[] {
    const way: number[] = [];
    for (let at = node; at >= 0; at = this.graph.parent(at)) way.push(at);
    return way;
  }

  #pathTo(node: number): number[] {
    return [...this.#before, ...this.graph.pathTo(node)];
  }

  /** The steps that moves from the beginning are. */
  protected steps(moves: readonly number[]): Story["steps"] {
    return storyOf(this.model, this.model.first(), moves);
  }

  /** The transitions that commit on a way round, in the order in which they are written. */
  #committing({ node, edges }: Circle): Passage[] {
    const moves = edges.map((edge) => this.graph.edgeMove(edge));
    const commits = tellAlong(this.model, this.graph.words(node), moves).flatMap((told) => told.commits);
    const unique = new Map(commits.map((passage) => [`${passage.source.path} ${passage.span.start}`, passage]));
    return [...unique.values()].sort((a, b) => a.span.start - b.span.start);
  }

  /** Reports strings that the program does not know and gets stuck on. Gives what it does know, each as a clause. */
  unknownStrings({ deadEnds, livelocks }: Convergence, fields: readonly ObservedField[]): string[] {
    const { graph, model } = this;
    return fields.flatMap((field) => {
      const isOther = (node: number) => this.#wayTo(node).some((each) => field.hasOther(model, graph.words(each)));
      const stuck = deadEnds.find(isOther);
      const circle = livelocks.find(({ node }) => isOther(node));
      if (stuck !== undefined) {
        const why = model.whyStuck(graph.words(stuck).slice());
        return [this.#unknownString(field, "gets stuck", this.storyTo(stuck, why))];
      }
      return circle === undefined ? [] : [this.#unknownString(field, "goes round in circles", this.storyOfCircle(circle))];
    });
  }

  /** Gives what the program knows of a field, as a clause. */
  #unknownString(field: ObservedField, verb: string, story: Story): string {
    const { name, domain, values } = field;
    const known = values.map((value) => JSON.stringify(value));
    const list = known.length > 1 ? `${known.slice(0, -1).join(", ")} or ${known.at(-1)}` : (known[0] ?? "");
    const declared = name.slice(name.indexOf(".") + 1);
    const union = `Declare the values that it can have, so that no other is observed: \`${declared}: ${known.join(" | ")}\`.`;
    const notes = [
      "Say what is to be done then: give that case a transition, or a reality of its own.",
      ...(known.length > 1 ? [union] : []),
    ];
    this.report("VED5101", field, { domain, field: declared, values: list, verb }, { notes }, story);
    return `\`${name}\` is ${list}`;
  }
}

/** How something does not come to rest. @param before the moves that lead to the graph's first node */
export function refutationsOf(
  graph: Graph<Model>,
  convergence: Convergence,
  before: readonly number[] = [],
): readonly VerifyFinding[] {
  const findings = new FindingsOf(graph, before);
  findings.deadEnd(convergence);
  findings.livelock(convergence);
  return [...findings.all].sort((a, b) => lengthOf(a) - lengthOf(b));
}

/** How many steps lead to what never ends. */
function lengthOf({ story }: VerifyFinding): number {
  return story?.repeatsFrom ?? story?.steps.length ?? 0;
}

/** Where all goals hold, somebody waits for room in a mailbox. */
function whatIsWrong(unmet: readonly Unmet[]): string {
  if (unmet.length === 0) return "a mailbox is full for good";
  return `${unmet.map(({ text }) => text).join(" and ")} ${unmet.length === 1 ? "does" : "do"} not hold`;
}
