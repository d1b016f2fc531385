import { defaultMailbox } from "../../../runtime-lib/kernel/mail.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import { assignments } from "../../../runtime-lib/words.js";
import { at } from "../../language/at.js";
import { fewest } from "../report/fewest.js";
import type { WaitReport } from "../report/report.js";
import { whyStuckIn } from "../report/stuck.js";
import type { HelpingMove, Model, Passage, Told, Unmet } from "../report/teller.js";
import { infoOf, type Successors } from "../search/space.js";
import type { Steps } from "../search/steps.js";
import { maxCombined } from "../search/subsets.js";
import { asWritten, crashOf, inOrderOfRecovery } from "./crash.js";
import { isSending, type Member, Members } from "./member.js";
import type { MemberMove } from "./member-move.js";
import type { Memory } from "./memory.js";
import { hasQuietMove, movesOf } from "./moves.js";
import type { Outside } from "./outside.js";
import type { Part, Setting } from "./part.js";
import { isAtRest, realitiesOf } from "./rest.js";
import { SituationTable, situationWords } from "./situation.js";
import { areFirst } from "./symmetry.js";
import { endlessStep, fieldsOf, type OwnMove, SystemTeller } from "./system-teller.js";
import { type Stage, Turn } from "./turn.js";
import { lateVariantOf, overdueVariantsOf, waitCount } from "./waits.js";

/** How a situation stands: the last of its words. */
const [quiescent, endless, notStarted, cut] = [0, 1, 2, 3] as const;

/** An instance that a system starts with, and its fields that begin with another value than their default. */
export interface StartOf {
  readonly domain: string;
  readonly key: string;
  readonly state: Partial<State>;
}

/** The move by which a system starts. */
const start = 0;

/** The move after which those who answer each other for ever go on. */
const goOn = 1;

/** The instances of domains that talk. */
export class SystemModel implements Model {
  readonly width = situationWords;
  readonly obstacle: string | null = null;
  toil = 0;
  readonly passage: Passage;
  readonly parts: ReadonlyMap<string, Part>;
  readonly outside: Outside;
  readonly mailbox: number;
  /** Whether somebody ever had to wait for room in a mailbox. */
  hasWaited = false;
  /** Whether somebody waited for so much at once that not every combination was looked at. */
  isCut = false;
  /** Whether somewhere nothing is left but to wait for a message of others. */
  hasAwaited = false;
  readonly #starts: readonly StartOf[];
  /** What anybody may wait for: the fields that say whether something has held for long enough, and transitions. */
  readonly #waits: readonly string[];
  readonly memory: Memory;
  readonly #members: Members;
  /** How many situations were looked at. */
  #entered = 0;
  readonly #situations = new SituationTable();
  readonly #teller: SystemTeller;
  /** What may happen to each member, by its number. */
  readonly #moves: (readonly NumberedMove[] | undefined)[] = [];
  /** The late variants of these, by their numbers. */
  readonly #variants: (Map<number, Variants> | undefined)[] = [];
  readonly #numbers = new Map<string, number>([
    ["start", start],
    ["go on", goOn],
  ]);
  readonly #ends = new Map<number, string>();
  readonly #states = new Set<string>();
  readonly #target = new Uint16Array(situationWords);

  /** @param memory what is known of states from searches before */
  constructor(parts: readonly Part[], starts: readonly StartOf[], { mailbox }: Setting, outside: Outside, memory: Memory) {
    this.memory = memory;
    this.#members = new Members(memory);
    this.parts = new Map(parts.map((part) => [part.domain.name, part]));
    this.#starts = starts;
    this.mailbox = mailbox;
    this.outside = outside;
    this.#waits = parts.flatMap(({ machine: { durations, transitions } }) =>
      [...(durations?.all ?? []), ...transitions].map(({ name }) => name),
    );
    this.#teller = new SystemTeller(parts);
    const { domain, source } = at(parts.filter(({ domain }) => domain.goals.length > 0).concat(parts), 0);
    this.passage = { span: domain.goals[0]?.span ?? domain.span, source };
  }

  get name(): string {
    return [...this.parts.keys()].join(", ");
  }

  get states(): number {
    return this.#states.size;
  }

  first(): Uint16Array {
    return Uint16Array.of(0, 0, notStarted);
  }

  /** The instances of a situation, in the order in which they came to life. */
  membersOf(words: Uint16Array): Member[] {
    return this.#situations.read(words).map((id) => this.#members.byId(id));
  }

  *isWhole(): Steps<boolean> {
    return yield* this.memory.visits.areKept(this.memory.states, this.#entered);
  }

  enter(words: Uint16Array): boolean {
    this.#entered += 1;
    if (this.memory.visits.areTooMany(this.#entered)) return false;
    const members = this.membersOf(words);
    if (words[2] !== notStarted) this.#states.add(JSON.stringify(members.map(({ name, instance }) => [name, instance.state])));
    return true;
  }

  expand(words: Uint16Array, successors: Successors): boolean {
    if (this.isBeyond(words)) return false;
    const members = this.membersOf(words);
    const isEndless = words[2] === endless;
    if (isEndless) successors.addQuiet(words, goOn, goOn, infoOf(1, true, false));
    if (words[2] === notStarted) {
      this.#start(successors);
      return true;
    }
    const held = new Set(members.flatMap((member) => member.held));
    for (const member of [...members, ...this.#unborn(members)]) {
      for (const own of this.#movesOf(member))
        if (areFirst(own.given.fresh, held)) this.#followAll(members, member, own, successors, isEndless);
    }
    const crash = this.#crashOf(members);
    if (crash !== null) this.#followAll(members, crash.member, crash, successors, isEndless);
    return true;
  }

  #start(successors: Successors): void {
    const turn = this.#started(false);
    this.#write(turn);
    successors.add(this.#target, start, false);
  }

  #started(isVerbose: boolean): Turn {
    const turn = new Turn(this.#stage(isVerbose), []);
    for (const { domain, key, state } of this.#starts) {
      const part = this.parts.get(domain);
      if (part === undefined) continue;
      const member = this.#members.unborn(part, key);
      turn.take(member, member.instance, { type: "started", now: 0, state }, `start ${JSON.stringify(state)}`);
    }
    turn.deliver();
    return turn;
  }

  /** Follows a move, and its late variants where it makes anything begin: else what is over may as well be over a little later. */
  #followAll(members: readonly Member[], member: Member, own: NumberedMove, successors: Successors, isEndless: boolean): void {
    const turn = this.#follow(members, member, own, successors, isEndless);
    if (!turn.isActive) return;
    const { overdue, late } = this.#variantsOf(member, own);
    for (const variant of overdue) this.#follow(members, member, variant, successors, isEndless);
    if (turn.hasReachedWaiting || isForAll(own.given)) this.#follow(members, member, late, successors, isEndless);
  }

  #follow(
    members: readonly Member[],
    member: Member,
    { number, label, given }: NumberedMove,
    successors: Successors,
    isEndless: boolean,
  ): Turn {
    const turn = this.#made(members, member, given, false, isEndless);
    this.#write(turn);
    if (!given.isQuiet) {
      successors.add(this.#target, number, given.isNews);
      return turn;
    }
    const info = infoOf(turn.commits, turn.isChange, given.isDone);
    successors.addQuiet(this.#target, number, label, info);
    // What begins anew by this move does not come true meanwhile.
    for (const restarted of turn.restarted) successors.addQuiet(this.#target, number, this.#numberOf(restarted), info);
    return turn;
  }

  /** @param isEndless whether others are answering each other, and go on */
  #made(
    members: readonly Member[],
    member: Member,
    { from, input, key, isLate }: MemberMove,
    isVerbose: boolean,
    isEndless: boolean,
  ): Turn {
    const turn = new Turn(this.#stage(isVerbose), members, isLate);
    if (input.type === "recovered")
      for (const each of inOrderOfRecovery(members, [...this.parts.keys()]))
        turn.take(each, asWritten(each.instance), input, key);
    else turn.take(member, from, input, key);
    if (isEndless) turn.resume();
    turn.deliver();
    this.toil += turn.deliveries;
    return turn;
  }

  #stage(isVerbose: boolean): Stage {
    return { members: this.#members, parts: this.parts, mailbox: this.mailbox, isVerbose };
  }

  #write({ members, isEndless, isCut, hasWaited }: Turn): void {
    const ids = [...members.values()].map(({ id }) => id);
    this.#situations.write(ids, isEndless ? endless : isCut ? cut : quiescent, this.#target);
    this.hasWaited ||= hasWaited;
  }

  /** Gives the instances that may yet come to life. */
  #unborn(members: readonly Member[]): Member[] {
    const missing = this.outside.unborn.filter((domain) => members.every(({ part }) => part.domain.name !== domain));
    return missing.flatMap((domain) => {
      const part = this.parts.get(domain);
      if (part === undefined) return [];
      const { known, fresh } = part.inputs.keys;
      return [...known, ...fresh].map((key) => this.#members.unborn(part, key));
    });
  }

  #movesOf(member: Member): readonly NumberedMove[] {
    let moves = this.#moves[member.id];
    if (moves === undefined) {
      const messages = this.outside.messages.get(member.part.domain.name) ?? [];
      const isFull = member.instance.post.inbox.length >= this.mailbox;
      // What comes from outside is refused while the mailbox is full.
      if (isFull && messages.length > 0) this.hasWaited = true;
      moves = movesOf(member, isFull ? [] : messages).map((given) => this.#numbered(given));
      this.#moves[member.id] = moves;
    }
    return moves;
  }

  /** A move of a member at moments when something is over that it waits for, or all that anybody waits for. */
  #variantsOf(member: Member, { number, given }: NumberedMove): Variants {
    const known = this.#variants[member.id] ?? new Map<number, Variants>();
    this.#variants[member.id] = known;
    let variants = known.get(number);
    if (variants === undefined) {
      this.isCut ||= waitCount(member) > maxCombined;
      const some = isForAll(given) ? [] : overdueVariantsOf(member, given);
      const overdue = some.map((each) => this.#numbered(each));
      variants = { overdue, late: this.#numbered(lateVariantOf(given, this.#waits)) };
      known.set(number, variants);
    }
    return variants;
  }

  /** A crash of all instances; null: it makes no difference. */
  #crashOf(members: readonly Member[]): (NumberedMove & { readonly member: Member }) | null {
    const given = crashOf(members);
    const [member] = members;
    return given === null || member === undefined ? null : { ...this.#numbered(given), member };
  }

  #numbered(given: MemberMove): NumberedMove {
    const number = this.#numberOf(given.key);
    this.#ends.set(number, given.end);
    return { number, label: this.#numberOf(given.label), given };
  }

  #numberOf(key: string): number {
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }

  isAtRest(words: Uint16Array): boolean {
    const members = this.membersOf(words);
    return words[2] === quiescent && members.every(isAtRest);
  }

  isStuck(words: Uint16Array): boolean {
    const members = this.membersOf(words);
    if (words[2] !== quiescent || this.isBeyond(words) || members.every(isAtRest)) return false;
    if (members.some(hasQuietMove)) return false;
    // With larger mailboxes it might go on, unless they are as large as those of a host.
    if (this.mailbox < defaultMailbox && members.some(isSending)) return false;
    if (!this.outside.isAlone || !members.some((member) => this.#isAwaiting(member))) return true;
    this.hasAwaited = true;
    return false;
  }

  stuckIn(words: Uint16Array): string[] {
    const members = this.membersOf(words);
    if (words[2] !== quiescent || members.length < 2) return [];
    return members.filter((member) => !isAtRest(member) && !hasQuietMove(member)).map(({ name }) => name);
  }

  isJammed(words: Uint16Array): boolean {
    const members = this.membersOf(words);
    if (words[2] !== quiescent || this.isBeyond(words) || !members.some(isSending)) return false;
    return !members.some(hasQuietMove);
  }

  /** Gives moves in a way that other models of the system understand. */
  keysOf(moves: readonly number[]): string[] {
    const keys = [...this.#numbers.keys()];
    return moves.map((move) => at(keys, move));
  }

  /** Goes the way of moves that another model gave, as far as it is there. */
  wayAlong(keys: readonly string[]): { readonly words: Uint16Array; readonly moves: readonly number[] } {
    let words = this.first();
    const moves: number[] = [];
    for (const key of keys) {
      const move = this.#numberOf(key);
      const members = this.membersOf(words);
      const own = this.#ownMove(members, move);
      if (own === null && move !== start) break;
      this.#write(own === null ? this.#started(false) : this.#made(members, own.member, own.given, false, words[2] === endless));
      words = this.#target.slice();
      moves.push(move);
    }
    return { words, moves };
  }

  /** Whether a message of others makes a difference to a member. */
  #isAwaiting(member: Member): boolean {
    return this.#movesOf(member).some(({ given: { isMessage, from, input, key } }) => {
      return isMessage && this.#members.react(member, () => from, input, key).member !== member;
    });
  }

  isBeyond(words: Uint16Array): boolean {
    if (words[2] === cut) return true;
    // A range is a bound of its own.
    return this.membersOf(words).some(({ instance, part: { inputs, machine } }) =>
      Object.entries(instance.state).some(
        ([field, value]) => typeof value === "number" && Math.abs(value) > inputs.intBound && !machine.narrowed.has(field),
      ),
    );
  }

  tell(words: Uint16Array, move: number): Told {
    const members = this.membersOf(words);
    if (move === goOn) return { words: words.slice(), step: endlessStep(members), commits: [] };
    const own = this.#ownMove(members, move);
    const turn = own === null ? this.#started(true) : this.#made(members, own.member, own.given, true, words[2] === endless);
    this.#write(turn);
    return { words: this.#target.slice(), step: this.#teller.tell(own, members, turn), commits: this.#teller.commitsIn(turn) };
  }

  /** The move of an instance that a number stands for; null: the system starts. */
  #ownMove(members: readonly Member[], move: number): OwnMove | null {
    for (const member of [...members, ...this.#unborn(members)]) {
      const own = this.#movesOf(member)
        .flatMap((each) => this.#withVariants(member, each))
        .find(({ number }) => number === move);
      if (own !== undefined) return { member, given: own.given };
    }
    const crash = this.#crashOf(members);
    const own = crash && this.#withVariants(crash.member, crash).find(({ number }) => number === move);
    return crash && own ? { member: crash.member, given: own.given } : null;
  }

  #withVariants(member: Member, own: NumberedMove): NumberedMove[] {
    const { overdue, late } = this.#variantsOf(member, own);
    return [own, ...overdue, late];
  }

  unmetIn(words: Uint16Array): Unmet[] {
    return this.membersOf(words).flatMap((member) => {
      const realities = realitiesOf(member);
      const { domain, source } = member.part;
      const unmet = domain.goals.filter(({ name }) => realities.get(name) === null);
      return unmet.map(({ name, span }) => ({ text: `\`${name}\` of ${member.name}`, span, source }));
    });
  }

  whyStuck(words: Uint16Array): string[] {
    return this.membersOf(words)
      .filter((member) => !isAtRest(member))
      .flatMap(({ name, part, instance: { state, post, faults } }) => [
        `${name} has ${assignments(state)}`,
        ...whyStuckIn(
          part,
          state,
          faults.map((fault) => fault.name),
        ).map((line) => `${name}: ${line}`),
        ...mailIn(post.inbox).map((line) => `${name}: ${line}`),
      ]);
  }

  describe(words: Uint16Array): string {
    return this.membersOf(words)
      .map(({ name, instance }) => `${name}: ${assignments(instance.state)}`)
      .join("; ");
  }

  stateOf(words: Uint16Array): State {
    return fieldsOf(this.membersOf(words));
  }

  realitiesIn(words: Uint16Array): Record<string, string | null> {
    const held = this.membersOf(words).flatMap((member) =>
      [...realitiesOf(member)].map(([goal, reality]) => [`${member.name} ${goal}`, reality] as const),
    );
    return Object.fromEntries(held);
  }

  endOf(move: number): string {
    return this.#ends.get(move) ?? "it goes on";
  }

  waitOf(circle: readonly Uint16Array[], helps: readonly HelpingMove[]): WaitReport {
    const [first = this.first()] = circle;
    const all = circle.map((words) => this.membersOf(words));
    const intents = all.flat().flatMap(({ instance }) => instance.activations.flatMap((activation) => activation.intents));
    const changed: string[][] = [];
    const messages: string[] = [];
    for (const { words, move } of helps) {
      const own = this.#ownMove(this.membersOf(words), move);
      if (own === null) continue;
      const { name } = own.member.part.domain;
      const { cue } = own.given;
      if (cue.kind === "send") messages.push(`${name}.${cue.message}`);
      if (cue.kind === "observe") changed.push(changedBy(cue.facts, own.member).map((field) => `${name}.${field}`));
    }
    return {
      state: this.stateOf(first),
      effects: [...new Set(intents.map(({ effect }) => effect))],
      fields: fewest(changed),
      messages: [...new Set(messages)],
    };
  }
}

/** The fields of an instance that an observation changes. */
function changedBy(facts: Partial<State>, { instance: { state } }: Member): string[] {
  return Object.keys(facts).filter((field) => facts[field] !== state[field]);
}

/** A move with its numbers. */
interface NumberedMove {
  readonly number: number;
  readonly label: number;
  readonly given: MemberMove;
}

/** Whether a move happens to all instances at once. */
function isForAll({ input }: MemberMove): boolean {
  return input.type === "recovered";
}

/** The late variants of a move. */
interface Variants {
  /** Something is over that its instance waits for. */
  readonly overdue: readonly NumberedMove[];
  /** All is over that anybody waits for. */
  readonly late: NumberedMove;
}

/** Says what waits in a mailbox: of many messages of one name how many. */
function mailIn(inbox: readonly { readonly name: string }[]): string[] {
  const counts = new Map<string, number>();
  for (const { name } of inbox) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name} waits in its mailbox${count > 1 ? `, ${count} times` : ""}`);
}
