import type { Intent } from "../../../runtime-lib/kernel/compiled.js";
import { type Activation, type Backoff, type Instance, none } from "../../../runtime-lib/kernel/instance.js";
import type { Machine } from "../../../runtime-lib/kernel/rules.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import { at } from "../../language/at.js";
import { enoughVisits, type Visits } from "../search/visits.js";
import type { Flight, Node, Pause } from "./node.js";
import type { Orders } from "./order.js";
import type { Plain, Planned, States } from "./states.js";

const headWords = 4;

/** So many transitions have a bit in a word. */
const bitsPerWord = 16;

const heldBit = 1 << 15;
const unbornBit = 1 << 14;

/** More of what a transition may be about than this a word cannot tell apart. */
const maxEntries = 0xffff;

/** For so many intents it is kept of each transition that it is let alone. */
const maxBackoffs = 2;

/** Stands for a transition that cools down, among the intents for which it is let alone. */
const cooling = -2;

/** In the time of nodes everything happens at 0; what is not due yet is due at 1. */
export const later = 1;

/** Packs instances into words, a few for the state and the cursor and one for each transition, and unpacks them as nodes. */
export class Codec {
  /** Some transition may be about more than a word can tell apart: what is written from here on is wrong. */
  isOverfull = false;
  /** Whether a transition had to be let alone for more intents at once than are kept: then the oldest are taken to be over. */
  isForgetful = false;
  readonly #machine: Machine;
  readonly #states: States;
  readonly #orders: Orders;
  /** The transitions that are in nobody's way, by index. */
  readonly #independent: readonly boolean[];
  readonly #index: ReadonlyMap<string, number>;
  /** The transitions with later steps: of these it is kept whether they faulted in the state that there is. */
  readonly #steppers: readonly string[];
  /** Where the words of transitions begin. */
  readonly #head: number;
  readonly #visits: Visits;
  /** The states that were reached so far, each as often as it was; by their numbers in words. */
  readonly #memories: (readonly State[])[] = [none];
  readonly #memoryNumbers = new Map<string, number>();
  /** The effects with a contract. */
  readonly #contracts: readonly string[];
  /** Whether being unsure is told apart: some handler asks for it, or for failures, of which there may be more then. */
  readonly #tellsUnsure: boolean;
  /** What a word of a transition stands for; 0 is nothing. */
  readonly #entries: (Flight | Pause | null)[][];
  readonly #codes: Map<string, number>[];
  /** Codes of what is let alone for one intent only, by that and by what it is about. */
  readonly #codesWithOne: Map<number, number>[];
  /** The intents for which each transition is let alone in what is being written. */
  readonly #idsWritten: number[][];
  /** Codes of activations that are as they started, by plan. */
  readonly #plainCodes: number[][];
  readonly #codeOfActivation = new Map<Activation, number>();
  readonly #plannedByWrites = new Map<Partial<State>, Planned>();
  readonly #intentsOf = new Map<readonly Intent[], number>();

  constructor(machine: Machine, states: States, orders: Orders, independent: readonly boolean[], visits: Visits) {
    const { transitions } = machine;
    this.#machine = machine;
    this.#states = states;
    this.#orders = orders;
    this.#independent = independent;
    this.#steppers = transitions.flatMap(({ name, laterSteps }) => (laterSteps === undefined ? [] : [name]));
    this.#head = headWords + Math.ceil(this.#steppers.length / bitsPerWord);
    this.#visits = visits;
    this.#index = new Map(transitions.map(({ name }, index) => [name, index]));
    this.isOverfull = orders.isTooMany || (machine.contracts?.byEffect.size ?? 0) > 16;
    this.#contracts = [...(machine.contracts?.byEffect.keys() ?? [])];
    this.#tellsUnsure = (machine.handlers?.all ?? []).some(({ outcome }) => outcome !== "done");
    this.#entries = transitions.map(() => [null]);
    this.#codes = transitions.map(() => new Map());
    this.#codesWithOne = transitions.map(() => new Map());
    this.#idsWritten = transitions.map(() => []);
    this.#plainCodes = transitions.map(() => []);
  }

  /** Words of a node. */
  get width(): number {
    return this.#memoryAt + (this.#visits.isKept ? 1 : 0);
  }

  /** Where the number of what was reached stands, if it is kept. */
  get #memoryAt(): number {
    return this.#head + this.#entries.length;
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
    node.plain = at(this.#states.all, (words[0] ?? 0) + (words[1] ?? 0) * 0x10000);
    node.cursor = flags & (unbornBit - 1);
    node.isHeld = (flags & heldBit) !== 0;
    node.isUnborn = (flags & unbornBit) !== 0;
    node.owed = words[3] ?? 0;
    node.faulted = this.#head === headWords ? none : this.#steppers.filter((_, index) => isFaultedIn(words, index));
    node.reached = this.#visits.isKept ? (this.#memories[words[this.#memoryAt] ?? 0] ?? none) : none;
    for (let index = 0; index < node.about.length; index += 1) {
      node.about[index] = this.#entries[index]?.[words[this.#head + index] ?? 0] ?? null;
    }
  }

  /** Packs an instance. */
  write(instance: Instance, words: Uint16Array): void {
    const plain = this.#states.of(instance.state);
    words[0] = plain.id & 0xffff;
    words[1] = plain.id >>> 16;
    words[2] = (this.#orders.cursors[instance.cursor] ?? 0) | (instance.heldUntil !== null ? heldBit : 0);
    words.fill(0, headWords - 1);
    for (const { effect } of instance.expected) words[3] = (words[3] ?? 0) | (1 << this.#contracts.indexOf(effect));
    for (const { kind, name } of instance.faults)
      if (kind === "transition") this.#writeFault(this.#steppers.indexOf(name), words);
    const { activations, backoffs } = instance;
    for (let index = 0; index < activations.length; index += 1) this.#writeActivation(activations, index, words);
    if (backoffs.length > 0) this.#writeBackoffs(backoffs, plain, words);
    if (this.#visits.isKept) words[this.#memoryAt] = this.#memoryOf(instance.reached);
  }

  /** Leaves out of words whose turn it is, and what led to a slow-down. */
  forget(words: Uint16Array): void {
    words[2] = 0;
    if (this.#visits.isKept) words[this.#memoryAt] = 0;
  }

  /** The number of what was reached: how often matters up to twice, and in which order does not. */
  #memoryOf(reached: readonly State[]): number {
    if (reached.length === 0) return 0;
    const plains = reached.map((state) => this.#states.of(state)).filter((plain) => this.#visits.remembers(plain.id));
    const kept = plains
      .filter((plain, index) => plains.slice(0, index).filter((other) => other === plain).length < enoughVisits)
      .sort((a, b) => a.id - b.id);
    const key = kept.map(({ id }) => id).join();
    if (key === "") return 0;
    let number = this.#memoryNumbers.get(key);
    if (number === undefined) {
      number = Math.min(this.#memories.push(kept.map(({ state }) => state)) - 1, maxEntries);
      this.#memoryNumbers.set(key, number);
      this.isOverfull ||= number === maxEntries;
    }
    return number;
  }

  /** @param stepper -1: it faults in this state again, whenever it is asked */
  #writeFault(stepper: number, words: Uint16Array): void {
    if (stepper < 0) return;
    const word = headWords + Math.floor(stepper / bitsPerWord);
    words[word] = (words[word] ?? 0) | (1 << (stepper % bitsPerWord));
  }

  #writeActivation(activations: readonly Activation[], position: number, words: Uint16Array): void {
    const activation = at(activations, position);
    const index = this.indexOf(activation.transition);
    const known = this.#codeOfActivation.get(activation);
    const hasRivals = this.#orders.rivals[index]?.length !== 0;
    if (known !== undefined && !hasRivals) {
      words[this.#head + index] = known;
      return;
    }
    // One that waits is told by its backoff.
    if (activation.mode === "waiting") return;
    const planned = this.#plannedOf(index, activation.writes);
    const isUnsure = this.#tellsUnsure && activation.unsure;
    const isPlain = !hasRivals && activation.next === 0 && !isUnsure;
    const code = isPlain ? this.#plainCodes[index]?.[planned.id] : undefined;
    words[this.#head + index] =
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
    const unsure = this.#tellsUnsure && from.unsure;
    const key = JSON.stringify([planned.id, from.next, rank, overtaken, unsure]);
    // Every transition has its codes.
    const codes = at(this.#codes, index);
    let code = codes.get(key);
    if (code === undefined) {
      const activation: Activation = {
        number: index + 1,
        transition: from.transition,
        order: rank,
        step: planned.step,
        intents: planned.plan.intents,
        writes: planned.plan.writes,
        sends: planned.plan.sends ?? [],
        args: null,
        next: from.next,
        attempt: 1,
        mode: "in flight",
        unsure,
        dueAt: null,
        overtaken,
        observed: [],
        holdsUp: [],
      };
      code = this.#addEntry(index, { kind: "flight", planned, next: from.next, unsure, isPlain, activation, backoffs: [] });
      codes.set(key, code);
      this.#codeOfActivation.set(activation, code);
      const plainCodes = this.#plainCodes[index];
      if (isPlain && plainCodes !== undefined) plainCodes[planned.id] = code;
    }
    return code;
  }

  #writeBackoffs(backoffs: readonly Backoff[], plain: Plain, words: Uint16Array): void {
    for (const backoff of backoffs) {
      const index = this.indexOf(backoff.transition);
      const entry = this.#entries[index]?.[words[this.#head + index] ?? 0];
      const id = backoff.intents === null ? cooling : this.#intentsIdOf(backoff.intents);
      if (backoff.until < later || !this.#matters(index, id, entry?.kind === "flight" ? entry : null, plain)) continue;
      this.#idsWritten[index]?.push(id);
    }
    for (let index = 0; index < this.#idsWritten.length; index += 1) {
      const ids = this.#idsWritten[index];
      if (ids === undefined || ids.length === 0) continue;
      words[this.#head + index] = this.#codeWith(index, words[this.#head + index] ?? 0, ids);
      while (ids.length > 0) ids.pop();
    }
  }

  /** Whether it matters that a transition is let alone for some intents. */
  #matters(index: number, intents: number, flight: Flight | null, { allHold, plans }: Plain): boolean {
    // While these very intents are in flight it is of no use, and their commit ends it.
    if (flight !== null) return this.#independent[index] !== true && flight.planned.intents !== intents;
    const planned = plans[index];
    const isWanted = !allHold && typeof planned === "object" && planned !== null && planned.intents === intents;
    return isWanted || this.#independent[index] !== true;
  }

  /** The code of what a transition is about, together with the intents for which it is let alone: the last two. */
  #codeWith(index: number, base: number, intents: readonly number[]): number {
    const [id] = intents;
    if (intents.length > 1 || id === undefined) return this.#codeWithAll(index, base, intents);
    // Every transition has its codes.
    const codes = at(this.#codesWithOne, index);
    const key = base + id * (maxEntries + 1);
    let code = codes.get(key);
    if (code === undefined) {
      code = this.#codeWithAll(index, base, intents);
      codes.set(key, code);
    }
    return code;
  }

  /** The same, by a name: for one intent there is a quicker way. */
  #codeWithAll(index: number, base: number, intents: readonly number[]): number {
    const own = intents.filter((id) => id !== cooling);
    this.isForgetful ||= own.length > maxBackoffs;
    const ids = intents.includes(cooling) ? [cooling, ...own.slice(-1)] : own.slice(-maxBackoffs).sort((a, b) => a - b);
    const codes = at(this.#codes, index);
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
    const planned = this.#states.planned[index]?.find((each) => each.intents === id);
    const intents = id === cooling ? null : (planned?.plan.intents ?? []);
    const transition = this.#machine.transitions[index]?.name ?? "";
    return { transition, intents, failures: 1, fruitless: 0, until: later, forgottenAt: Infinity };
  }

  #addEntry(index: number, entry: Flight | Pause): number {
    // Every transition has its entries.
    const entries = this.#entries[index] as (Flight | Pause | null)[];
    if (entries.length > maxEntries) {
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
      // A plan that was carried out was made before.
      planned = this.#states.planned[index]?.find(({ plan }) => plan.writes === writes) as Planned;
      this.#plannedByWrites.set(writes, planned);
    }
    return planned;
  }

  #intentsIdOf(intents: readonly Intent[]): number {
    let id = this.#intentsOf.get(intents);
    if (id === undefined) {
      id = this.#states.planned.flat().find(({ plan }) => plan.intents === intents)?.intents ?? -1;
      this.#intentsOf.set(intents, id);
    }
    return id;
  }
}

function isFaultedIn(words: Uint16Array, stepper: number): boolean {
  return (((words[headWords + Math.floor(stepper / bitsPerWord)] ?? 0) >> (stepper % bitsPerWord)) & 1) === 1;
}
