import type { Edges } from "../search/components.js";
import type { Progress } from "../search/graph.js";
import type { Played, StartOf, SystemModel, SystemMove } from "./system-model.js";
import type { Member } from "./system-turn.js";

/** The situations that were found, and the moves between them that remain when the world is quiet. */
export class Situations implements Edges {
  readonly model: SystemModel;
  readonly situations: (readonly Member[])[] = [];
  readonly parents: (readonly [from: number, move: SystemMove] | null)[] = [];
  readonly labels: string[] = [];
  readonly changes: boolean[] = [];
  readonly moves: SystemMove[] = [];
  readonly beyond = new Set<number>();
  /** Where what is observed, or a message of others, leads. */
  readonly news: (readonly [from: number, to: number])[] = [];
  /** Those that a message of others leads out of. */
  readonly awaiting = new Set<number>();
  /** Those that a move leads to whose deliveries never end. */
  readonly endless = new Set<number>();
  /** Whether somebody ever had to wait for room in a mailbox. */
  hasWaited = false;
  steps = 0;
  readonly starts: readonly StartOf[];
  readonly #numbers = new Map<string, number>();
  readonly #members = new Map<Member, number>();
  readonly #firstEdges: number[] = [];
  readonly #targets: number[] = [];

  constructor(model: SystemModel, starts: readonly StartOf[]) {
    this.model = model;
    this.starts = starts;
  }

  get size(): number {
    return this.situations.length;
  }

  firstEdge(node: number): number {
    return this.#firstEdges[node] ?? this.#targets.length;
  }

  target(edge: number): number {
    return this.#targets[edge] ?? 0;
  }

  /** Looks at every situation. Gives why it did not, or null. */
  *explore(limit: number): Generator<Progress, string | null, string | null> {
    const first = this.model.start(this.starts);
    this.#note(this.#add(first.members, null), first);
    for (let at = 0; at < this.size; at += 1) {
      this.#firstEdges.push(this.#targets.length);
      const members = this.situations[at] ?? [];
      if (members.some((member) => this.model.isBeyond(member))) this.beyond.add(at);
      else this.#expand(at, members);
      if (this.size > limit) return "too large";
      if (at % 8 !== 7) continue;
      const reason = yield { nodes: this.size, frontier: this.size - at - 1, growth: 0 };
      if (reason !== null) return reason;
    }
    return null;
  }

  #expand(at: number, members: readonly Member[]): void {
    for (const move of this.model.movesOf(members)) {
      this.steps += 1;
      const played = this.model.play(members, move);
      const target = this.#add(played.members, [at, move]);
      this.#note(target, played);
      if (move.isMessage && target !== at) this.awaiting.add(at);
      if (move.isNews && target !== at) this.news.push([at, target]);
      if (!move.isQuiet) continue;
      this.#targets.push(target);
      this.labels.push(move.label);
      this.moves.push(move);
      this.changes.push(played.commits > 1 || played.members.some((member, index) => hasOtherState(member, members[index])));
    }
  }

  #note(target: number, { hasWaited, isEndless, members }: Played): void {
    this.hasWaited ||= hasWaited || members.some((member) => this.model.isFull(member));
    if (isEndless) this.endless.add(target);
  }

  #add(members: readonly Member[], parent: readonly [number, SystemMove] | null): number {
    const text = members.map((member) => this.#numberOf(member)).join();
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.size;
    this.#numbers.set(text, number);
    this.situations.push(members);
    this.parents.push(parent);
    return number;
  }

  /** There is one object for all that are alike. */
  #numberOf(member: Member): number {
    const number = this.#members.get(member) ?? this.#members.size;
    this.#members.set(member, number);
    return number;
  }
}

function hasOtherState(member: Member, before: Member | undefined): boolean {
  return member !== before && JSON.stringify(member.instance.state) !== JSON.stringify(before?.instance.state);
}

/** The states of all instances, as a text. */
export function stateText(members: readonly Member[]): string {
  return JSON.stringify(members.map(({ name, instance }) => [name, instance.state]));
}
