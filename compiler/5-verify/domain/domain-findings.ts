import { assignments } from "../../../runtime-lib/words.js";
import type { Domain } from "../../2-check/program.js";
import { fieldsIn } from "../../2-check/traverse.js";
import type { Source, Span } from "../../diagnostics/diagnostic.js";
import { FindingsOf } from "../report/findings.js";
import { textOf } from "../report/reasons.js";
import { realitiesIn, type StoryStep } from "../report/story.js";
import type { Passage } from "../report/teller.js";
import type { DomainGraph } from "./domain-graph.js";
import type { Difference } from "./history.js";
import type { Vacuity } from "./vacuity.js";

/** More steps of an answer than this are not shown. */
const maxAnswer = 20;

/** Puts into words what is found out of a domain by itself. */
export class DomainFindings extends FindingsOf<DomainGraph> {
  readonly #domain: Domain;
  readonly #source: Source;

  constructor(graph: DomainGraph) {
    super(graph);
    this.#domain = graph.walker.domain;
    this.#source = graph.space.passage.source;
  }

  #at(span: Span): Passage {
    return { span, source: this.#source };
  }

  /** Invariants that a commit breaks, because something was observed after its effects were on their way. */
  brokenInvariants(): void {
    const { walker, space } = this.graph;
    const { brokenInvariants } = space.promises;
    for (const { name, span } of this.#domain.invariants) {
      const nearest = brokenInvariants.find(({ invariant }) => invariant === name);
      if (nearest === undefined) continue;
      const transition = walker.machine.transitions[nearest.transition]?.name ?? "";
      const steps = this.steps([...this.graph.pathTo(nearest.node), nearest.move]);
      this.report(
        "VED5107",
        this.#at(span),
        { transition, invariant: name },
        {},
        { steps, repeatsFrom: null, end: [], mailbox: null },
      );
    }
  }

  /** Goals that exclude each other, if no state satisfies them all. */
  conflict(): void {
    const { goals, name: domain } = this.#domain;
    const met = this.graph.walker.states.all.filter(({ isMet }) => isMet);
    if (goals.length < 2 || met.some(({ allHold }) => allHold)) return;
    const together = (a: number, b: number) => met.some(({ realities }) => realities[a] !== null && realities[b] !== null);
    const pairs = goals.flatMap((_, a) => goals.slice(0, a).flatMap((__, b) => (together(a, b) ? [] : [[b, a] as const])));
    const [pair] = pairs;
    const chosen = pair === undefined ? goals : pair.flatMap((index) => goals[index] ?? []);
    const [first, ...others] = chosen;
    if (first === undefined) return;
    const related = others.map(({ span }) => ({ span, message: "never at the same time as this one" }));
    const names = chosen.map(({ name }) => `\`${name}\``);
    const values = { domain, goals: `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` };
    this.report("VED5003", this.#at(first.span), values, { related }, null);
  }

  /** One reality, two answers: the stories of both, side by side. */
  difference({ first, second, move }: Difference): void {
    const happening = this.graph.walker.moves.of(move);
    if (happening.kind !== "observe") return;
    const [one, other] = [this.graph.read(first).plain, this.graph.read(second).plain];
    const differing = this.#domain.fields.filter(({ name }) => one.state[name] !== other.state[name]);
    const reality = Object.fromEntries(this.#domain.goals.map(({ name }, index) => [name, one.realities[index] ?? null]));
    const fields = differing.map(({ name }) => `\`${name}\``).join(" and ");
    const values = { reality: realitiesIn(reality), observation: `\`${assignments(happening.facts)}\``, fields };
    const answers = [first, second].map((node) => this.#answerFrom(node, move));
    const heads = [one, other].map(({ state }) =>
      assignments(Object.fromEntries(differing.map(({ name }) => [name, state[name] ?? ""]))),
    );
    const way = `Reset ${fields} before it rests again, or let the reality ask for it, if the answer should be the same.`;
    const passage = this.#at(differing[0]?.span ?? this.#domain.span);
    const [, story] = answers;
    const notes = [
      ...sideBySide(
        heads,
        answers.map(({ before, after }) => [before, after].map(linesOf)),
      ),
      way,
    ];
    const steps = story === undefined ? null : [...story.before, ...story.after];
    this.report("VED5102", passage, values, { notes }, steps && { steps, repeatsFrom: null, end: [], mailbox: null });
  }

  /** How a node came to rest, and what an observation there leads to, with every effect done in turn. */
  #answerFrom(node: number, move: number): { readonly before: readonly StoryStep[]; readonly after: readonly StoryStep[] } {
    const graph = this.graph;
    const path = graph.pathTo(node);
    const answer = [move];
    const seen = new Set<number>();
    for (let at = graph.after(node, move); at >= 0 && answer.length < maxAnswer; ) {
      seen.add(at);
      let edge = graph.firstEdge(at);
      while (edge < graph.firstEdge(at + 1) && (graph.isElsewhere(edge) || seen.has(graph.target(edge)))) edge += 1;
      if (edge === graph.firstEdge(at + 1)) break;
      answer.push(graph.edgeMove(edge));
      at = graph.target(edge);
    }
    const steps = this.steps([...path, ...answer]);
    return { before: steps.slice(0, path.length), after: steps.slice(path.length) };
  }

  /** What makes no difference. */
  vacuity({ realities, goals, transitions, conditions }: Vacuity): void {
    const { name: domain } = this.#domain;
    for (const goal of goals) this.report("VED5104", this.#at(goal.span), { goal: goal.name }, {}, null);
    for (const { goal, reality } of realities) {
      this.report("VED5103", this.#at(reality.condition.span), { domain, goal: goal.name, reality: reality.name }, {}, null);
    }
    for (const { span, name: transition } of transitions) this.report("VED5105", this.#at(span), { transition }, {}, null);
    for (const { condition, value } of conditions) {
      const fields = [...new Set(fieldsIn(condition))].map((field) => `\`${field}\``).join(" and ");
      const values = { condition: textOf(condition, this.#source), value: String(value), fields };
      this.report("VED5106", this.#at(condition.span), values, {}, null);
    }
  }
}

/** What is seen of steps from outside: what is observed, which effects are done, where it rests. */
function linesOf(steps: readonly StoryStep[]): string[] {
  return steps.flatMap(({ text, cue, consequences }) => [
    ...(cue.kind === "start" ? [] : [text]),
    ...consequences.map((said) => said.text).filter((said) => said.startsWith("it rests")),
  ]);
}

/** Two columns, each of two parts; the second parts begin on the same line. */
function sideBySide(heads: readonly string[], columns: readonly (readonly (readonly string[])[])[]): string[] {
  const [left = [], right = []] = columns;
  const rows = [0, 1].flatMap((part) => {
    const [one, other] = [left[part] ?? [], right[part] ?? []];
    const height = Math.max(one.length, other.length);
    // Of two first parts the shorter one ends beside the longer one's end; the second ones begin together.
    const pad = (lines: readonly string[]) => [...Array<string>(part === 0 ? height - lines.length : 0).fill(""), ...lines];
    const [padded, beside] = [pad(one), pad(other)];
    return Array.from({ length: height }, (_, index) => [padded[index] ?? "", beside[index] ?? ""] as const);
  });
  const all = [[heads[0] ?? "", heads[1] ?? ""] as const, ...rows];
  const width = Math.max(...all.map(([one]) => one.length));
  return all.map(([one, other]) => `${one.padEnd(width)} | ${other}`.trimEnd());
}
