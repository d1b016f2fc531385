import { isTrue } from "../../../runtime-lib/kernel/faults.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import { assignments } from "../../../runtime-lib/words.js";
import type { Domain, Transition } from "../../2-check/program.js";
import { fieldsIn } from "../../2-check/traverse.js";
import type { Code, PlaceholderOf } from "../../diagnostics/catalogue.js";
import { type Extras, Findings, type Source, type Span } from "../../diagnostics/diagnostic.js";
import type { Difference } from "../domain/history.js";
import type { Vacuity } from "../domain/vacuity.js";
import type { Inputs } from "../environment/inputs.js";
import type { Circle, Convergence } from "../search/convergence.js";
import type { Graph } from "../search/graph.js";
import { textOf, valueIn, whyNotEnabled, whyUnmet } from "./reasons.js";
import type { Story, VerifyFinding } from "./report.js";
import { realitiesIn, type StoryStep, storyOf } from "./story.js";

/** More steps of an answer than this are not shown. */
const maxAnswer = 20;

/** Puts what was found out into words. */
export class FindingsOf {
  readonly all: VerifyFinding[] = [];
  readonly #graph: Graph;
  readonly #domain: Domain;
  readonly #source: Source;

  constructor(graph: Graph, source: Source) {
    this.#graph = graph;
    this.#domain = graph.walker.domain;
    this.#source = source;
  }

  #report<C extends Code>(
    code: C,
    span: Span,
    values: Record<PlaceholderOf<C>, string>,
    extras: Extras,
    story: Story | null,
  ): void {
    const findings = new Findings(this.#source);
    findings.report(code, span, values, extras);
    const [diagnostic] = findings.all();
    if (diagnostic !== undefined) this.all.push({ diagnostic, story });
  }

  /** The nearest dead end, and how many states there are like it. */
  deadEnd({ deadEnds }: Convergence): void {
    const [node] = deadEnds;
    if (node === undefined) return;
    const { plain } = this.#graph.read(node);
    const unmet = this.#domain.goals.filter((_, index) => plain.realities[index] === null);
    const states = new Set(deadEnds.map((each) => this.#graph.read(each).plain.id));
    const more = states.size - 1;
    const notes = more === 0 ? [] : [more === 1 ? "There is one more such state." : `There are ${more} more such states.`];
    const goals = unmet.map(({ name }) => `\`${name}\``).join(" and ");
    const values = {
      domain: this.#domain.name,
      goals,
      verb: unmet.length === 1 ? "does" : "do",
      state: `\`${assignments(plain.state)}\``,
    };
    this.#report(
      "VED5001",
      unmet[0]?.span ?? this.#domain.span,
      values,
      { notes },
      this.#storyTo(node, this.whyStuck(plain.state)),
    );
  }

  /** Why nothing goes on in a state: what is false of each goal, and of each transition's guard. */
  whyStuck(state: State): string[] {
    const unmet = this.#domain.goals.filter(({ predicate }) => valueIn(predicate, state) !== true);
    return [
      ...unmet.flatMap((goal) => whyUnmet(goal, state, this.#source).map((line) => `${goal.name} ${line}`)),
      ...this.#domain.transitions.map(
        (transition, index) => `${transition.name} does not run: ${this.#whyIdle(transition, index, state)}`,
      ),
    ];
  }

  #whyIdle(transition: Transition, index: number, state: State): string {
    const { states, machine } = this.#graph.walker;
    const { serves } = transition;
    const { realities, plans } = states.of(state);
    const isServing =
      serves?.some((goal) => realities[this.#domain.goals.findIndex(({ name }) => name === goal)] === null) ?? true;
    if (!isServing) return `it serves ${serves?.map((goal) => `\`${goal}\``).join(" and ") || "no goal"} only`;
    const planned = plans[index];
    if (typeof planned !== "object" || planned === null) return whyNotEnabled(transition, state, this.#source);
    const after = states.after(states.of(state), planned.plan.writes).state;
    const broken = machine.invariants.find(({ holds }) => isTrue(holds, state) && !isTrue(holds, after));
    return broken === undefined ? "something else is looked at first" : `it would break invariant \`${broken.name}\``;
  }

  /** Invariants that a commit breaks, because something was observed after its effects were on their way. */
  brokenInvariants(): void {
    const { walker } = this.#graph;
    const { brokenInvariants } = this.#graph.promises;
    for (const { name, span } of this.#domain.invariants) {
      const nearest = brokenInvariants.find(({ invariant }) => invariant === name);
      if (nearest === undefined) continue;
      const transition = walker.machine.transitions[nearest.transition]?.name ?? "";
      const moves = [...this.#graph.pathTo(nearest.node), nearest.move];
      const story = { steps: storyOf(this.#graph, 0, moves, this.#source), repeatsFrom: null, end: [] };
      this.#report("VED5107", span, { transition, invariant: name }, {}, story);
    }
  }

  #storyTo(node: number, end: readonly string[]): Story {
    return { steps: storyOf(this.#graph, 0, this.#graph.pathTo(node), this.#source), repeatsFrom: null, end };
  }

  /** The nearest livelock. */
  livelock({ livelocks }: Convergence): void {
    const [circle] = livelocks;
    if (circle === undefined) return;
    const names = this.#committing(circle);
    const [goal] = this.#domain.goals;
    const related = this.#domain.transitions
      .filter(({ name }) => names.includes(name))
      .map(({ span }) => ({ span, message: "has a part in it" }));
    const values = { domain: this.#domain.name };
    this.#report("VED5002", goal?.span ?? this.#domain.span, values, { related }, this.storyOfCircle(circle));
  }

  /** A way into a circle, and once round. */
  storyOfCircle({ node, edges }: Circle): Story {
    const path = this.#graph.pathTo(node);
    const around = edges.map((edge) => this.#graph.edgeMove(edge));
    const steps = storyOf(this.#graph, 0, [...path, ...around], this.#source);
    return { steps, repeatsFrom: path.length, end: [] };
  }

  #committing({ node, edges }: Circle): string[] {
    const moves = edges.map((edge) => this.#graph.edgeMove(edge));
    const steps = storyOf(this.#graph, node, moves, this.#source);
    const texts = steps.flatMap(({ consequences }) => consequences.map(({ text }) => text));
    return this.#domain.transitions
      .filter(({ name }) => texts.some((text) => text.startsWith(`${name} commits`)))
      .map(({ name }) => name);
  }

  /** Goals that exclude each other, if no state satisfies them all. Gives whether that is so. */
  conflict(): boolean {
    const { goals, name: domain } = this.#domain;
    const met = this.#graph.walker.states.all.filter(({ isMet }) => isMet);
    if (goals.length < 2 || met.some(({ allHold }) => allHold)) return false;
    const together = (a: number, b: number) => met.some(({ realities }) => realities[a] !== null && realities[b] !== null);
    const pairs = goals.flatMap((_, a) => goals.slice(0, a).flatMap((__, b) => (together(a, b) ? [] : [[b, a] as const])));
    const [pair] = pairs;
    const chosen = pair === undefined ? goals : pair.flatMap((index) => goals[index] ?? []);
    const [first, ...others] = chosen;
    if (first === undefined) return false;
    const related = others.map(({ span }) => ({ span, message: "never at the same time as this one" }));
    const names = chosen.map(({ name }) => `\`${name}\``);
    this.#report(
      "VED5003",
      first.span,
      { domain, goals: `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` },
      { related },
      null,
    );
    return true;
  }

  /** Reports strings that the program does not know and gets stuck on. Gives what it does know, each as a clause. */
  unknownStrings({ deadEnds, livelocks }: Convergence, inputs: Inputs): string[] {
    const graph = this.#graph;
    const fields: string[] = [];
    for (const { field, values, others } of inputs.fields) {
      const declared = this.#domain.fields.find(({ name }) => name === field);
      const isOther = (node: number) => others.includes(graph.read(node).plain.state[field] ?? "");
      const stuck = deadEnds.find(isOther);
      const circle = livelocks.find(({ node }) => isOther(node));
      if (declared === undefined || (stuck === undefined && circle === undefined)) continue;
      const known = values.map((value) => JSON.stringify(value));
      const list = known.length > 1 ? `${known.slice(0, -1).join(", ")} or ${known.at(-1)}` : (known[0] ?? "");
      const union = `Declare the values that it can have, so that no other is observed: \`${field}: ${known.join(" | ")}\`.`;
      const notes = [
        "Say what is to be done then: give that case a transition, or a reality of its own.",
        ...(known.length > 1 ? [union] : []),
      ];
      const story =
        stuck === undefined
          ? circle === undefined
            ? null
            : this.storyOfCircle(circle)
          : this.#storyTo(stuck, this.whyStuck(graph.read(stuck).plain.state));
      const verb = stuck === undefined ? "goes round in circles" : "gets stuck";
      fields.push(`\`${field}\` is ${list}`);
      this.#report("VED5101", declared.span, { domain: this.#domain.name, field, values: list, verb }, { notes }, story);
    }
    return fields;
  }

  /** One reality, two answers: the stories of both, side by side. */
  difference({ first, second, move }: Difference): void {
    const happening = this.#graph.walker.moves.of(move);
    if (happening.kind !== "observe") return;
    const [one, other] = [this.#graph.read(first).plain, this.#graph.read(second).plain];
    const differing = this.#domain.fields.filter(({ name }) => one.state[name] !== other.state[name]);
    const reality = Object.fromEntries(this.#domain.goals.map(({ name }, index) => [name, one.realities[index] ?? null]));
    const fields = differing.map(({ name }) => `\`${name}\``).join(" and ");
    const values = { reality: realitiesIn(reality), observation: `\`${assignments(happening.facts)}\``, fields };
    const answers = [first, second].map((node) => this.#answerFrom(node, move));
    const heads = [one, other].map(({ state }) =>
      assignments(Object.fromEntries(differing.map(({ name }) => [name, state[name] ?? ""]))),
    );
    const way = `Reset ${fields} before it rests again, or let the reality ask for it, if the answer should be the same.`;
    const span = differing[0]?.span ?? this.#domain.span;
    const [, story] = answers;
    const notes = [
      ...sideBySide(
        heads,
        answers.map(({ before, after }) => [before, after].map(linesOf)),
      ),
      way,
    ];
    this.#report("VED5102", span, values, { notes }, story === undefined ? null : storyWith([...story.before, ...story.after]));
  }

  /** How a node came to rest, and what an observation there leads to, with every effect done in turn. */
  #answerFrom(node: number, move: number): { readonly before: readonly StoryStep[]; readonly after: readonly StoryStep[] } {
    const graph = this.#graph;
    const path = graph.pathTo(node);
    const answer = [move];
    const seen = new Set<number>();
    for (let at = graph.after(node, move); at >= 0 && answer.length < maxAnswer; ) {
      seen.add(at);
      let edge = graph.firstEdge(at);
      while (edge < graph.firstEdge(at + 1) && seen.has(graph.target(edge))) edge += 1;
      if (edge === graph.firstEdge(at + 1)) break;
      answer.push(graph.edgeMove(edge));
      at = graph.target(edge);
    }
    const steps = storyOf(graph, 0, [...path, ...answer], this.#source);
    return { before: steps.slice(0, path.length), after: steps.slice(path.length) };
  }

  /** What makes no difference. */
  vacuity({ realities, goals, transitions, conditions }: Vacuity): void {
    const { name: domain } = this.#domain;
    for (const goal of goals) this.#report("VED5104", goal.span, { goal: goal.name }, {}, null);
    for (const { goal, reality } of realities) {
      this.#report("VED5103", reality.condition.span, { domain, goal: goal.name, reality: reality.name }, {}, null);
    }
    for (const { span, name: transition } of transitions) this.#report("VED5105", span, { transition }, {}, null);
    for (const { condition, value } of conditions) {
      const fields = [...new Set(fieldsIn(condition))].map((field) => `\`${field}\``).join(" and ");
      const values = { condition: textOf(condition, this.#source), value: String(value), fields };
      this.#report("VED5106", condition.span, values, {}, null);
    }
  }
}

function storyWith(steps: readonly StoryStep[]): Story {
  return { steps, repeatsFrom: null, end: [] };
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
