import type { Definition, Intent, State } from "../../runtime-lib/kernel/definition.js";
import type { Input } from "../../runtime-lib/kernel/event.js";
import type { Activation, Backoff, Instance } from "../../runtime-lib/kernel/instance.js";
import { type Machine, prepare, type RetryPolicy } from "../../runtime-lib/kernel/machine.js";
import { type Reaction, react } from "../../runtime-lib/kernel/react.js";
import type { Domain } from "../2-check/program.js";
import type { Inputs } from "./inputs.js";
import { Moves } from "./moves.js";
import { canCommitAtOnce, type Orders, ordersOf } from "./order.js";
import { type Plain, type Planned, States } from "./states.js";

// Drives `react` from node to node. A node is an instance without what cannot matter to what it may do next:
//
//  - Time is left out. What is due may come due in any order: an activation that waits, or a transition that backs off, is
//    *paused*, and a move ends that. How often it was tried, and how long that takes, is forgotten. Of more than two sets
//    of intents for which a transition backs off at once, the oldest are forgotten.
//  - An attempt whose outcome is unknown is one that is still under way: it can only be tried until it is done.
//  - A *lone* transition, which waits for none and for which none waits, is in nobody's way whether it is in flight or paused. So
//    its pauses are left out: it is in flight until its attempt is done, or fails and that makes a difference.
//  - Activations are told apart by their transitions, as each has one at most; their numbers are forgotten, and so is what of
//    the orders does not matter (see order.ts).
//  - The slow-down of an instance that goes round in circles is kept as long as it lasts; what led to it is not.

/** An activation in flight. */
export interface Flight {
  readonly kind: "flight";
  readonly planned: Planned;
  /** The index of the intent that is carried out. */
  readonly next: number;
  /** It is as it started: nothing was overtaken, and nobody cares who started first. */
  readonly isPlain: boolean;
  readonly activation: Activation;
  /** Other intents for which the transition is let alone until a time comes; two at most. */
  readonly backoffs: readonly Backoff[];
}

/** A transition that is let alone for some intents until a time comes. */
export interface Pause {
  readonly kind: "paused";
  /** One or two. */
  readonly backoffs: readonly Backoff[];
}

/** A node, unpacked. */
export interface Node {
  plain: Plain;
  cursor: number;
  isHeld: boolean;
  /** It has not come to life. */
  isUnborn: boolean;
  /** What each transition is about; null: nothing. */
  readonly about: (Flight | Pause | null)[];
}

const headWords = 3;
const heldBit = 1 << 15;
const unbornBit = 1 << 14;

/** One ms before the next attempt, whatever happens: time does not pass by itself. */
const policy: RetryPolicy = { initial: 1, factor: 1, max: 1, jitter: 0, timeout: 0 };
const later = 1;

export class Walker {
  readonly domain: Domain;
  readonly machine: Machine;
  readonly states: States;
  readonly moves: Moves;
  /** Words of a node. */
  readonly width: number;
  /** Some transition has more plans than a word can tell apart: what is written from here on is wrong. */
  isOverfull = false;
  /** The transitions that are in nobody's way, by index. */
  readonly lone: readonly boolean[];
  readonly #orders: Orders;
  readonly #index: ReadonlyMap<string, number>;
  /** What a word of a transition stands for; 0 is nothing. */
  readonly #entries: (Flight | Pause | null)[][];
  readonly #codes: Map<string, number>[];
  /** Codes of activations that are as they started, by plan. */
  readonly #plainCodes: number[][];
  readonly #codeOfActivation = new Map<Activation, number>();
  readonly #plannedByWrites = new Map<Partial<State>, Planned>();
  readonly #intentsOf = new Map<readonly Intent[], number>();
  readonly #survivedRest = new Set<Flight | Pause>();
  readonly #survivedChange = new Set<Flight | Pause>();
  /** The one transition that may start, once; null: any may. */
  #only: number | null = null;
  /** Where the observation leads that is being made. */
  #arriving: Plain | null = null;

  constructor(domain: Domain, definition: Definition, inputs: Inputs, withOthers: boolean) {
    this.domain = domain;
    this.states = new States(domain, definition, inputs.intBound);
    this.machine = this.#machineOver(definition);
    const { transitions } = this.machine;
    this.moves = new Moves(transitions.length, inputs, withOthers);
    this.width = headWords + transitions.length;
    this.#orders = ordersOf(domain, definition);
    this.#index = new Map(transitions.map(({ name }, index) => [name, index]));
    this.lone = loneIn(domain, this.machine);
    this.#entries = transitions.map(() => [null]);
    this.#codes = transitions.map(() => new Map());
    this.#plainCodes = transitions.map(() => []);
  }

  /** The compiled machine over states of which there is one object each. */
  #machineOver(definition: Definition): Machine {
    const plain = prepare(definition, { retry: policy, publishes: false });
    const { states } = this;
    return {
      ...plain,
      initial: states.of(plain.initial).state,
      same: (a, b) => a === b,
      merge: (state, changes) => this.#merge(states.of(state), state, changes),
      goals: plain.goals.map(({ name }, index) => ({ name, reality: (state) => realityIn(states.of(state), index) })),
      transitions: plain.transitions.map((transition, index) => ({
        ...transition,
        plan: (state) => (this.#mayStart(index) ? planOf(states.of(state), index) : null),
      })),
    };
  }

  #merge(before: Plain, object: State, changes: Partial<State>): State {
    const arriving = this.#arriving;
    if (arriving !== null) {
      this.#arriving = null;
      return arriving.state;
    }
    const after = this.states.after(before, changes);
    // A commit that does no more than count is a change all the same.
    return after === before && object === before.state && this.states.counts(changes) ? before.twin : after.state;
  }

  /** An empty node to read others into. */
  node(): Node {
    const plain = this.states.of(this.machine.initial);
    return { plain, cursor: 0, isHeld: false, isUnborn: true, about: this.machine.transitions.map(() => null) };
  }

  /** The words of an instance that has not come to life. */
  first(): Uint16Array {
    const words = new Uint16Array(this.width);
    words[2] = unbornBit;
    return words;
  }

  /** Unpacks words. */
  read(words: Uint16Array, node: Node): void {
    const flags = words[2] ?? 0;
    // States are numbered in the order of their coming, and words are made of states that are there.
    node.plain = this.states.all[(words[0] ?? 0) + (words[1] ?? 0) * 0x10000] as Plain;
    node.cursor = flags & (unbornBit - 1);
    node.isHeld = (flags & heldBit) !== 0;
    node.isUnborn = (flags & unbornBit) !== 0;
    for (let index = 0; index < node.about.length; index += 1) {
      node.about[index] = this.#entries[index]?.[words[headWords + index] ?? 0] ?? null;
    }
  }

  /** What a move makes of a node. */
  step(node: Node, move: number): Reaction {
    const input = this.#inputOf(node, move);
    const instance = this.instanceOf(node, move);
    return react(this.machine, instance, input);
  }

  /**
   * Makes a move after which nothing starts but, once, one transition (-1: none at all): for looking at other orders than the
   * kernel's own.
   */
  stepAlone(node: Node, move: number, only: number): Reaction {
    this.#only = only;
    const reaction = this.step(node, move);
    this.#only = null;
    return reaction;
  }

  #mayStart(transition: number): boolean {
    if (this.#only === null) return true;
    if (this.#only !== transition) return false;
    this.#only = -1;
    return true;
  }

  /** What a move makes of a node, with all that is published about it. */
  tell(node: Node, move: number): Reaction {
    const input = this.#inputOf(node, move);
    const instance = this.instanceOf(node, move);
    return react({ ...this.machine, publishes: true }, instance, input);
  }

  #inputOf(node: Node, move: number): Input {
    const { moves } = this;
    const count = this.machine.transitions.length;
    if (move === moves.start) return { type: "started", now: 0 };
    if (move === moves.resume || (move >= moves.retry(0) && move < moves.observe(0))) return { type: "timer", now: 0 };
    if (move >= moves.observe(0)) {
      const observation = move - moves.observe(0);
      const target = this.observed(node.plain, observation);
      this.#arriving = target === node.plain ? null : target;
      return { type: "observation", now: 0, facts: moves.observations[observation] };
    }
    const isDone = move < moves.failed(0);
    const transition = (move - moves.done(0)) % count;
    const flight = node.about[transition];
    const intent = flight?.kind === "flight" ? flight.next : 0;
    const outcome = isDone ? "done" : "failed";
    return { type: "outcome", now: 0, activation: transition + 1, intent, attempt: 1, outcome, reason: "" };
  }

  /** Where an observation leads. */
  observed(plain: Plain, observation: number): Plain {
    let target = plain.observed[observation];
    if (target === undefined) {
      // Observations are given by their numbers.
      const facts = this.moves.observations[observation] as State;
      target = this.states.of({ ...plain.state, ...facts });
      plain.observed[observation] = target;
    }
    return target;
  }

  /** The instance that a node stands for, at the time of a move: what the move waits for is over. */
  instanceOf({ plain, cursor, isHeld, isUnborn, about }: Node, move: number): Instance {
    const { moves } = this;
    const activations: Activation[] = [];
    const backoffs: Backoff[] = [];
    for (let index = 0; index < about.length; index += 1) {
      const entry = about[index];
      if (entry === null || entry === undefined) continue;
      if (entry.kind === "flight") activations.push(entry.activation);
      const over = move === moves.retry(index) ? 0 : move === moves.retryOther(index) ? 1 : -1;
      for (const [place, backoff] of entry.backoffs.entries()) if (place !== over) backoffs.push(backoff);
    }
    return {
      key: "",
      epoch: "",
      state: plain.state,
      phase: "working",
      realities: isUnborn ? [] : ["?"],
      activations,
      number: about.length,
      order: about.length,
      cursor,
      backoffs,
      faults: [],
      reached: [],
      oscillations: 0,
      heldUntil: isHeld && move !== moves.resume ? later : null,
      wakeAt: null,
      random: 0,
      settlements: [],
    };
  }

  /**
   * Whether an activation in flight is still there after an attempt that may have happened, and one that failed. It is the same
   * in every state in which nobody wants it, so that each is asked once.
   */
  survivesUnknown(node: Node, transition: number): boolean {
    const flight = node.about[transition];
    const asked = node.plain.allHold ? this.#survivedRest : this.#survivedChange;
    if (flight === null || flight === undefined || asked.has(flight)) return true;
    asked.add(flight);
    const about = { type: "outcome", now: 0, activation: transition + 1, intent: 0, reason: "" } as const;
    const unsure = react(this.machine, this.instanceOf(node, this.moves.start), { ...about, attempt: 1, outcome: "unknown" });
    const again = react(this.machine, unsure.instance, { type: "timer", now: later });
    const after = react(this.machine, again.instance, { ...about, now: later, attempt: 2, outcome: "failed" });
    return after.instance.activations.some(({ number }) => number === transition + 1);
  }

  /** Packs an instance. */
  write(instance: Instance, words: Uint16Array): void {
    const plain = this.states.of(instance.state);
    words[0] = plain.id & 0xffff;
    words[1] = plain.id >>> 16;
    words[2] = (this.#orders.cursors[instance.cursor] ?? 0) | (instance.heldUntil !== null ? heldBit : 0);
    words.fill(0, headWords);
    const { activations, backoffs } = instance;
    for (let index = 0; index < activations.length; index += 1) this.#writeActivation(activations, index, words);
    if (backoffs.length > 0) this.#writeBackoffs(backoffs, plain, words);
  }

  #writeActivation(activations: readonly Activation[], at: number, words: Uint16Array): void {
    // The index is one of the list's.
    const activation = activations[at] as Activation;
    const index = this.indexOf(activation.transition);
    const known = this.#codeOfActivation.get(activation);
    const hasRivals = this.#orders.rivals[index]?.length !== 0;
    if (known !== undefined && !hasRivals) {
      words[headWords + index] = known;
      return;
    }
    // One that waits is told by its backoff.
    if (activation.mode === "waiting") return;
    const planned = this.#plannedOf(index, activation.writes);
    const isPlain = !hasRivals && activation.next === 0;
    const code = isPlain ? this.#plainCodes[index]?.[planned.id] : undefined;
    words[headWords + index] =
      code ?? this.#flightCode(index, planned, activation, isPlain, hasRivals ? this.#rankOf(activations, activation) : 0);
  }

  /** How long the longest chain is of rivals each of which started before the next, the last one before this activation. */
  #rankOf(activations: readonly Activation[], { transition, order }: Activation): number {
    const rivals = this.#orders.rivals[this.indexOf(transition)] ?? [];
    let rank = 0;
    for (const other of activations) {
      if (other.mode === "waiting" || other.order >= order || !rivals.includes(this.indexOf(other.transition))) continue;
      rank = Math.max(rank, this.#rankOf(activations, other) + 1);
    }
    return rank;
  }

  #flightCode(index: number, planned: Planned, from: Activation, isPlain: boolean, rank: number): number {
    const overtaken = [...new Set(from.overtaken)].sort();
    const key = JSON.stringify([planned.id, from.next, rank, overtaken]);
    const codes = this.#codes[index] as Map<string, number>;
    let code = codes.get(key);
    if (code === undefined) {
      const activation: Activation = {
        number: index + 1,
        transition: from.transition,
        order: rank,
        intents: planned.plan.intents,
        writes: planned.plan.writes,
        next: from.next,
        attempt: 1,
        mode: "in flight",
        unsure: false,
        dueAt: null,
        overtaken,
        observed: [],
        holdsUp: [],
      };
      code = this.#addEntry(index, { kind: "flight", planned, next: from.next, isPlain, activation, backoffs: [] });
      codes.set(key, code);
      this.#codeOfActivation.set(activation, code);
      if (isPlain) (this.#plainCodes[index] as number[])[planned.id] = code;
    }
    return code;
  }

  #writeBackoffs(backoffs: readonly Backoff[], plain: Plain, words: Uint16Array): void {
    const lists = new Map<number, number[]>();
    for (const backoff of backoffs) {
      const index = this.indexOf(backoff.transition);
      const entry = this.#entries[index]?.[words[headWords + index] ?? 0];
      const id = this.#intentsIdOf(backoff.intents);
      if (backoff.until < later || !this.#matters(index, id, entry?.kind === "flight" ? entry : null, plain)) continue;
      lists.set(index, [...(lists.get(index) ?? []), id]);
    }
    for (const [index, ids] of lists) words[headWords + index] = this.#codeWith(index, words[headWords + index] ?? 0, ids);
  }

  /** Whether it matters that a transition is let alone for some intents. */
  #matters(index: number, intents: number, flight: Flight | null, { allHold, plans }: Plain): boolean {
    // While these very intents are in flight it is of no use, and their commit ends it.
    if (flight !== null) return this.lone[index] !== true && flight.planned.intents !== intents;
    const planned = plans[index];
    const isWanted = !allHold && typeof planned === "object" && planned !== null && planned.intents === intents;
    return isWanted || this.lone[index] !== true;
  }

  /** The code of what a transition is about, together with the intents for which it is let alone: the last two. */
  #codeWith(index: number, base: number, intents: readonly number[]): number {
    const ids = intents.slice(-2).sort((a, b) => a - b);
    const codes = this.#codes[index] as Map<string, number>;
    const key = `${base} without ${ids.join()}`;
    let code = codes.get(key);
    if (code === undefined) {
      const backoffs = ids.map((id) => this.#backoffOf(index, id));
      const entry = this.#entries[index]?.[base];
      code = this.#addEntry(index, entry?.kind === "flight" ? { ...entry, backoffs } : { kind: "paused", backoffs });
      codes.set(key, code);
    }
    return code;
  }

  #backoffOf(index: number, id: number): Backoff {
    const intents = this.states.planned[index]?.find((planned) => planned.intents === id)?.plan.intents ?? [];
    const transition = this.machine.transitions[index]?.name ?? "";
    return { transition, intents, failures: 1, fruitless: 0, until: later, forgottenAt: Infinity };
  }

  #addEntry(index: number, entry: Flight | Pause): number {
    const entries = this.#entries[index] as (Flight | Pause | null)[];
    if (entries.length > 0xffff) {
      this.isOverfull = true;
      return 0;
    }
    return entries.push(entry) - 1;
  }

  /** The index of a transition of the machine. */
  indexOf(transition: string): number {
    // The kernel only speaks of transitions of the machine.
    return this.#index.get(transition) as number;
  }

  /** The plan that an activation's writes are of: the kernel hands them on as they are. */
  #plannedOf(index: number, writes: Partial<State>): Planned {
    let planned = this.#plannedByWrites.get(writes);
    if (planned === undefined) {
      planned = this.states.planned[index]?.find(({ plan }) => plan.writes === writes) as Planned;
      this.#plannedByWrites.set(writes, planned);
    }
    return planned;
  }

  #intentsIdOf(intents: readonly Intent[]): number {
    let id = this.#intentsOf.get(intents);
    if (id === undefined) {
      id = this.states.planned.flat().find(({ plan }) => plan.intents === intents)?.intents ?? -1;
      this.#intentsOf.set(intents, id);
    }
    return id;
  }
}

function realityIn(plain: Plain, goal: number): string | null {
  plain.isMet = true;
  return plain.realities[goal] ?? null;
}

/** @throws Error where the step faults, as the compiled plan does */
function planOf(plain: Plain, transition: number): Planned["plan"] | null {
  const planned = plain.plans[transition];
  if (typeof planned === "string") throw new Error(planned);
  return planned?.plan ?? null;
}

/** Which transitions wait for none, and none waits for: where nothing commits at once, they are in nobody's way. */
function loneIn({ transitions }: Domain, machine: Machine): boolean[] {
  if (transitions.some(({ body }) => canCommitAtOnce(body))) return transitions.map(() => false);
  const awaited = new Set(machine.transitions.flatMap(({ waitsFor }) => waitsFor));
  return machine.transitions.map(({ name, waitsFor }) => waitsFor.length === 0 && !awaited.has(name));
}
