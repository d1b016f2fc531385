import type { Reaction } from "../../../runtime-lib/kernel/react.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import { infoOf, type Successors } from "../search/space.js";
import type { Flight, Node } from "./node.js";
import { canBeGivenUp, type Promises } from "./promises.js";
import { settledFirst } from "./reduction.js";
import type { Walker } from "./walker.js";

const nothing: readonly number[] = [];

/** Follows the moves out of nodes. */
export class Expansion {
  /** Transitions that were seen to start. */
  readonly started = new Set<number>();
  readonly #walker: Walker;
  readonly #promises: Promises;
  readonly #independent: ReadonlySet<number>;
  readonly #isStarted: boolean;
  readonly #words: Uint16Array;
  /** Where the moves that are being followed lead. */
  #successors: Successors = { add() {}, addQuiet() {} };
  /** The number of the node that is being expanded. */
  #at = -1;
  /** What may be over at once of what it waits for, by the numbers of late variants. */
  #overdue: readonly number[] = nothing;

  /** @param independent the transitions that are settled first @param isStarted whether it comes to life before anything is observed */
  constructor(walker: Walker, promises: Promises, independent: ReadonlySet<number>, isStarted: boolean) {
    this.#walker = walker;
    this.#promises = promises;
    this.#independent = independent;
    this.#isStarted = isStarted;
    this.#words = new Uint16Array(walker.codec.width);
  }

  /** Follows all moves out of a node. @param at its number */
  expand(node: Node, successors: Successors, at: number): void {
    const { moves } = this.#walker;
    this.#successors = successors;
    this.#at = at;
    const waits = this.#waitsIn(node);
    this.#overdue = waits.length === 0 ? nothing : moves.overdue.combinationsOf(waits);
    const first = settledFirst(node, this.#independent);
    if (node.isUnborn) this.#follow(node, moves.start, true);
    for (let index = 0; index < node.about.length; index += 1) {
      const entry = node.about[index];
      if (entry === null || entry === undefined || (first >= 0 && index !== first)) continue;
      if (entry.kind === "flight") this.#expandFlight(node, index, entry);
      if (entry.backoffs.length > 1) this.#makeQuiet(node, moves.retryOther(index));
    }
    if (waits.length > 0) this.#pass(node, waits, first);
    if (moves.crashing.length > 1 || node.faulted.length > 0) this.#crash(node);
    if (node.owed !== 0) for (const contract of this.#walker.owedIn(node)) this.#show(node, contract);
    if (first < 0) this.#observe(node);
  }

  /** What a node waits for, by the moves that end it. */
  #waitsIn({ about, isHeld, plain, isUnborn }: Node): readonly number[] {
    const { moves } = this.#walker;
    const waits: number[] = [];
    for (let index = 0; index < about.length; index += 1) {
      const entry = about[index];
      if (entry !== null && entry !== undefined && entry.backoffs.length > 0) waits.push(moves.retry(index));
    }
    if (isHeld) waits.push(moves.resume);
    for (const index of this.#walker.runningIn({ plain, isUnborn })) waits.push(moves.elapse(index));
    return waits;
  }

  /** Time passes until something is over that is waited for, or several things at once. @param first the only transition that is looked at; -1: all */
  #pass(node: Node, waits: readonly number[], first: number): void {
    const { moves } = this.#walker;
    const own = first < 0 ? waits : waits.filter((wait) => wait === moves.retry(first));
    const active = own.filter((wait) => this.#mattersWhen(node, this.#makeQuiet(node, wait)));
    // Where the end of none of them makes anything happen, they may as well end one after the other.
    if (active.length === 0 || waits.length < 2) return;
    for (const variant of this.#overdue) {
      const set = moves.overdue.sets[variant] ?? nothing;
      const begun = set.find((wait) => active.includes(wait));
      if (set.length > 1 && begun !== undefined) this.#makeQuiet(node, moves.late(begun, variant));
    }
  }

  /**
   * The process ends while several effects are under way of which a handler asks whether anybody knows: one alone is as if it were late. Or
   * while a transition has faulted.
   */
  #crash(node: Node): void {
    const { moves } = this.#walker;
    const asked = moves.crashing.map((index) => this.#askedIn(node, index));
    const certain = moves.surelyCrashing.filter((index) => this.#askedIn(node, index) !== null).length;
    // Who has faulted is tried again after it.
    const enough = node.faulted.length > 0 ? 0 : 2;
    for (let some = 0; some < 1 << asked.length; some += 1) {
      const isIn = (bit: number) => ((some >> bit) & 1) === 1;
      // What has begun may be waiting for its next attempt instead.
      const isPossible = asked.every((flight, bit) => isIn(bit) || (flight !== null && !canBeGivenUp(flight)));
      const count = certain + asked.filter((flight, bit) => flight !== null && isIn(bit)).length;
      if (isPossible && count >= enough) this.#follow(node, moves.crash(some), false);
    }
  }

  /** What a transition has under way, where a handler asks whether anybody knows what came of it; else null. */
  #askedIn({ about }: Node, transition: number): Flight | null {
    const entry = about[transition];
    return entry?.kind === "flight" && this.#walker.handles(this.#walker.effectOf(entry), "unknown") ? entry : null;
  }

  #expandFlight(node: Node, index: number, entry: Flight): void {
    const walker = this.#walker;
    this.#followQuiet(node, walker.moves.done(index));
    if (walker.machine.handlers === null) {
      if (canBeGivenUp(entry)) this.#fail(node, index, false);
      return;
    }
    const effect = walker.effectOf(entry);
    const isHandled = walker.handles(effect, "failed");
    if (canBeGivenUp(entry) || isHandled) this.#fail(node, index, isHandled);
    for (const [number, { transition, effect: own, outcome }] of walker.moves.outcomes.entries()) {
      if (transition !== index || own !== effect) continue;
      const move = walker.moves.outcome(number);
      if (outcome === "done") this.#followQuiet(node, move);
      else this.#follow(node, move, false);
    }
  }

  /** The world shows what it owes: that comes, as an effect that is under way is done. */
  #show(node: Node, contract: number): void {
    const { moves } = this.#walker;
    for (const index of this.#walker.showing(node.plain, contract))
      this.#followQuiet(node, moves.observe(index), moves.owed(contract));
  }

  #observe(node: Node): void {
    const walker = this.#walker;
    const { moves } = walker;
    if (node.isUnborn) {
      if (this.#isStarted) return;
      for (let index = 0; index < moves.ordinary; index += 1)
        if (moves.symmetry.isFirst(node, index)) this.#follow(node, moves.observe(index), true);
      return;
    }
    for (let index = moves.ordinary; index < moves.observations.length; index += 1)
      if (walker.observed(node.plain, index) !== node.plain) this.#followQuiet(node, moves.observe(index));
    for (const index of moves.sufficient)
      if (walker.observed(node.plain, index) !== node.plain && moves.symmetry.isFirst(node, index))
        this.#follow(node, moves.observe(index), true);
  }

  /** Follows a move that remains when the world is quiet, and its late variants. */
  #followQuiet(node: Node, move: number, label = this.#walker.moves.labelOf(move)): void {
    if (this.#mattersWhen(node, this.#makeQuiet(node, move, label)))
      for (const variant of this.#overdue) this.#makeQuiet(node, this.#walker.moves.late(move, variant), label);
  }

  #makeQuiet(node: Node, move: number, label = this.#walker.moves.labelOf(move)): Reaction {
    const reaction = this.#react(node, move);
    const { commits } = reaction;
    const isChange = commits.some(({ writes }) => this.#isChange(reaction, writes, node));
    const walker = this.#walker;
    const { moves } = walker;
    const info = infoOf(commits.length, isChange, moves.doneBy(move) >= 0, moves.observationOf(move) >= moves.ordinary);
    this.#successors.addQuiet(this.#words, move, label, info);
    // What begins anew by this move does not come true meanwhile: it is no way out of where that happens again and again.
    for (const index of walker.restartedBy(node, reaction))
      this.#successors.addQuiet(this.#words, move, moves.labelOf(moves.elapse(index)), info);
    return reaction;
  }

  #isChange({ instance, commits, handled }: Reaction, writes: Partial<State>, { plain }: Node): boolean {
    const { states } = this.#walker;
    // A commit may change back what a handler changed before it.
    const isHandled = handled !== null && states.after(plain, handled) !== plain;
    return commits.length > 1 || isHandled || states.of(instance.state) !== plain || states.counts(writes);
  }

  /** Follows a move, and its late variants. */
  #follow(node: Node, move: number, isNews: boolean): void {
    if (this.#mattersWhen(node, this.#make(node, move, isNews)))
      for (const variant of this.#overdue) this.#make(node, this.#walker.moves.late(move, variant), isNews);
  }

  #make(node: Node, move: number, isNews: boolean): Reaction {
    const reaction = this.#react(node, move);
    this.#successors.add(this.#words, move, isNews);
    return reaction;
  }

  /** Makes a move. Where it leads stands in the words. */
  #react(node: Node, move: number): Reaction {
    const walker = this.#walker;
    const reaction = walker.step(node, move);
    const { activations } = reaction.instance;
    if (this.started.size < walker.machine.transitions.length) {
      for (const { transition } of [...activations, ...reaction.commits]) this.started.add(walker.codec.indexOf(transition));
    }
    if (!walker.isGentle) this.#noteVisits(node, reaction, walker.moves.observationOf(move) >= 0);
    this.#promises.check(this.#at, node, move, reaction);
    walker.codec.write(reaction.instance, this.#words);
    return reaction;
  }

  /** Where all that begins can fail, who is slowed down is as if each attempt had failed: that is looked at in any case. */
  #noteVisits({ plain, reached: before }: Node, { instance: { state, reached, phase } }: Reaction, isObserved: boolean): void {
    if (phase === "resting") return;
    const { states, visits } = this.#walker;
    const numbers = reached.slice(isObserved ? 0 : before.length).map((each) => states.of(each).id);
    visits.note(isObserved ? null : plain.id, numbers, states.of(state).id);
  }

  /**
   * A failure. What is in nobody's way and is tried again is where it was; only what comes of it otherwise is followed: that it
   * is no longer wanted, or is tried with other writes.
   */
  #fail(node: Node, index: number, isHandled: boolean): void {
    if (!isHandled && this.#failsInVain(node, index)) return;
    const { moves } = this.#walker;
    const reaction = this.#make(node, moves.failed(index), false);
    const flight = node.about[index];
    const number = flight?.kind === "flight" ? flight.activation.number : 0;
    if (reaction.instance.activations.every((activation) => activation.number !== number))
      this.#promises.checkUnknown(this.#at, node, index);
    if (this.#mattersWhen(node, reaction))
      for (const variant of this.#overdue) this.#make(node, moves.late(moves.failed(index), variant), false);
  }

  /**
   * Whether it matters of a reaction what else is over at its moment. If it begins and commits nothing, that may as well be over a little
   * later, as it finds the same state: unless it rests in between, and forgets whose turn it is. Where nothing commits at once, what begins
   * changes nothing either, and only other writes of the same call tell one order from the other.
   */
  #mattersWhen(node: Node, { attempts, commits, instance }: Reaction): boolean {
    if (this.#overdue.length === 0) return false;
    const isReset = node.cursor !== 0 && (instance.phase === "resting" || instance.phase === "stuck");
    if (!this.#walker.isGentle) return isReset || attempts.length > 0 || commits.length > 0;
    const { plans } = this.#walker.states.of(instance.state);
    return node.about.some(
      (entry, index) => (entry?.backoffs.length ?? 0) > 0 && isAltered(node.plain.plans[index], plans[index]),
    );
  }

  /** Whether an independent transition only tries the same again. */
  #failsInVain({ plain, about, isHeld }: Node, index: number): boolean {
    const entry = about[index];
    const isSame = entry?.kind === "flight" && entry.isPlain && plain.plans[index] === entry.planned;
    return isSame && this.#walker.independent[index] === true && !isHeld && !plain.allHold;
  }
}

type Plan = Node["plain"]["plans"][number] | undefined;

/** Whether a plan calls the same, and writes something else. */
function isAltered(before: Plan, after: Plan): boolean {
  if (typeof before !== "object" || typeof after !== "object" || before === null || after === null) return false;
  return before !== after && before.intents === after.intents;
}
