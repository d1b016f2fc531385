import type { State } from "../../../runtime-lib/kernel/value.js";
import { assignments } from "../../../runtime-lib/words.js";
import type { Source } from "../../diagnostics/diagnostic.js";
import { unreachable } from "../../language/unreachable.js";
import { fewest } from "../report/fewest.js";
import type { WaitReport } from "../report/report.js";
import { whyStuckIn } from "../report/stuck.js";
import type { HelpingMove, Model, Passage, Told, Unmet } from "../report/teller.js";
import type { Successors } from "../search/space.js";
import type { Steps } from "../search/steps.js";
import { Expansion } from "./expansion.js";
import type { Node } from "./node.js";
import { Promises } from "./promises.js";
import { fits } from "./reduction.js";
import { StoryTeller } from "./story-teller.js";
import { isStuckIn } from "./stuck.js";
import type { Walker } from "./walker.js";

/** More moves than this are too many to follow out of every node. */
const maxMoves = 0xffff;

/** A domain by itself. */
export class DomainModel implements Model {
  readonly mailbox = null;
  readonly toil = 0;
  readonly walker: Walker;
  readonly promises: Promises;
  /** The transitions that are settled first, by index: one is taken away where that turns out not to fit. */
  readonly independent: Set<number>;
  readonly #source: Source;
  readonly #expansion: Expansion;
  readonly #teller: StoryTeller;
  /** The numbers of the states of nodes that were looked at. */
  readonly #entered = new Set<number>();
  /** How many nodes were looked at. */
  #nodes = 0;
  readonly #node: Node;
  /** The node that is being expanded. */
  readonly #expanded: Node;
  #isRead = false;

  /** @param isStarted whether it comes to life before anything is observed */
  constructor(walker: Walker, source: Source, independent: Set<number>, isStarted = false) {
    this.walker = walker;
    this.independent = independent;
    this.promises = new Promises(walker);
    this.#source = source;
    this.#expansion = new Expansion(walker, this.promises, independent, isStarted);
    this.#teller = new StoryTeller(walker, source);
    this.#node = walker.node();
    this.#expanded = walker.node();
  }

  get width(): number {
    return this.walker.codec.width;
  }

  get obstacle(): string | null {
    if (this.walker.codec.isOverfull) return "a transition has too many different plans";
    return this.walker.moves.count > maxMoves ? "there are too many values to observe" : null;
  }

  get states(): number {
    return this.walker.states.all.length;
  }

  get name(): string {
    return this.walker.domain.name;
  }

  get passage(): Passage {
    const { goals, span } = this.walker.domain;
    return { span: goals[0]?.span ?? span, source: this.#source };
  }

  /** Transitions that were seen to start, by index. */
  get started(): ReadonlySet<number> {
    return this.#expansion.started;
  }

  first(): Uint16Array {
    return this.walker.codec.first();
  }

  /** Reads a node; the object is the same for each. */
  read(words: Uint16Array, into: Node = this.#node): Node {
    this.walker.codec.read(words, into);
    return into;
  }

  *isWhole(): Steps<boolean> {
    return yield* this.walker.visits.areKept(this.states, this.#nodes);
  }

  enter(words: Uint16Array): boolean {
    this.#nodes += 1;
    if (this.walker.visits.areTooMany(this.#nodes)) return false;
    const { plain } = this.read(words, this.#expanded);
    this.#isRead = true;
    if (this.#entered.has(plain.id)) return true;
    this.#entered.add(plain.id);
    const mismatches = [...this.independent].filter((transition) => !fits(this.walker, transition, plain));
    for (const transition of mismatches) this.independent.delete(transition);
    return mismatches.length === 0;
  }

  expand(words: Uint16Array, successors: Successors, node: number): boolean {
    // What was just entered is read already.
    if (!this.#isRead) this.read(words, this.#expanded);
    this.#isRead = false;
    if (this.#expanded.plain.isBeyond) return false;
    this.#expansion.expand(this.#expanded, successors, node);
    return true;
  }

  /** Where a move leads. */
  after(words: Uint16Array, move: number): Uint16Array {
    const target = new Uint16Array(this.width);
    this.walker.codec.write(this.walker.step(this.read(words, this.walker.node()), move).instance, target);
    return target;
  }

  isAtRest(words: Uint16Array): boolean {
    const { plain, about, isUnborn } = this.read(words);
    return !isUnborn && plain.allHold && about.every((entry) => entry?.kind !== "flight");
  }

  isStuck(words: Uint16Array): boolean {
    return isStuckIn(this.walker, this.read(words));
  }

  /** A domain by itself has no mailbox. */
  isJammed(): boolean {
    return false;
  }

  /** There are no others. */
  stuckIn(): readonly string[] {
    return [];
  }

  isBeyond(words: Uint16Array): boolean {
    return this.read(words).plain.isBeyond;
  }

  tell(words: Uint16Array, move: number): Told {
    return this.#teller.tell(this.read(words, this.walker.node()), move);
  }

  unmetIn(words: Uint16Array): Unmet[] {
    const { realities } = this.read(words).plain;
    const unmet = this.walker.domain.goals.filter((_, index) => realities[index] === null);
    return unmet.map(({ name, span }) => ({ text: `\`${name}\``, span, source: this.#source }));
  }

  whyStuck(words: Uint16Array): string[] {
    const { plain, faulted } = this.read(words);
    return whyStuckIn({ domain: this.walker.domain, machine: this.walker.machine, source: this.#source }, plain.state, faulted);
  }

  describe(words: Uint16Array): string {
    return assignments(this.stateOf(words));
  }

  stateOf(words: Uint16Array): State {
    return this.read(words).plain.state;
  }

  realitiesIn(words: Uint16Array): Record<string, string | null> {
    const { realities } = this.read(words).plain;
    return Object.fromEntries(this.walker.machine.goals.map(({ name }, index) => [name, realities[index] ?? null]));
  }

  endOf(move: number): string {
    const happening = this.walker.moves.of(move);
    const name = "transition" in happening ? (this.walker.machine.transitions[happening.transition]?.name ?? "") : "";
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
      case "crash":
        return "it goes on";
      default:
        return unreachable(happening);
    }
  }

  waitOf(circle: readonly Uint16Array[], helps: readonly HelpingMove[]): WaitReport {
    const effects = new Set<string>();
    for (const words of circle) {
      for (const entry of this.read(words).about) {
        if (entry?.kind === "flight") for (const { effect } of entry.planned.plan.intents) effects.add(effect);
      }
    }
    const [first = this.first()] = circle;
    const changed = helps.map(({ words, move }) => {
      const happening = this.walker.moves.of(move);
      const state = this.stateOf(words);
      return happening.kind === "observe"
        ? Object.keys(happening.facts).filter((field) => happening.facts[field] !== state[field])
        : [];
    });
    return { state: this.stateOf(first), effects: [...effects], fields: fewest(changed), messages: [] };
  }
}
