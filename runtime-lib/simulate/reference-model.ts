import { type Image, type KeptActivation, withChanges, withoutEnvelope } from "../journal/image.js";
import { imageName } from "../journal/images.js";
import { maxCommits } from "../journal/record.js";
import type { JournalRecord, RecordedCommit } from "../journal/store.js";
import type { Definition } from "../kernel/definition.js";
import type { Value } from "../kernel/value.js";
import { checkHandled } from "./handled.js";
import { Ledger } from "./ledger.js";
import type { Dependencies } from "./subject.js";
import { Timekeeper, type Timing } from "./timekeeper.js";
import { Violation } from "./violation.js";

/** What the reference model has to know of a domain. */
export interface Rules {
  readonly transitions: Readonly<Record<string, Dependencies>>;
  readonly timing: Timing;
  /** Null: what handlers of messages write is not looked at. */
  readonly definition: Definition | null;
}

/** What the reference model knows of one instance. */
interface Account {
  image: Image;
  /** Its state as it must be, had its activations run one after the other in the order of their starts. */
  expected: Record<string, Value>;
  /** For each field the position, in the order of starts, of the activation that wrote it last. */
  readonly writers: Map<string, number>;
  /** The intents of activations by number, as long as they are known. */
  readonly intents: Map<number, string>;
  readonly orders: Map<number, number>;
  readonly committed: Map<number, number>;
}

/**
 * A reference model of a run: what its records say must be so, worked out without the kernel, and compared with what it is. It
 * holds what the journal would hold, record by record.
 */
export class ReferenceModel {
  /** By the domains' names. */
  readonly #rules: ReadonlyMap<string, Rules>;
  readonly #accounts = new Map<string, Account>();
  /** The position of each attempt's record, by instance, activation, intent and attempt. */
  readonly #attempts = new Map<string, number>();
  readonly #records: JournalRecord[] = [];
  readonly #times: ReadonlyMap<string, Timekeeper>;
  readonly #ledger = new Ledger();

  constructor(rules: ReadonlyMap<string, Rules>) {
    this.#rules = rules;
    this.#times = new Map([...rules].map(([domain, { timing }]) => [domain, new Timekeeper(timing)]));
  }

  /** How many records there are. */
  get length(): number {
    return this.#records.length;
  }

  /** Gives the model as it was after so many records. */
  upTo(length: number): ReferenceModel {
    const model = new ReferenceModel(this.#rules);
    for (const record of this.#records.slice(0, length)) model.enter(record);
    return model;
  }

  /** Enters a record. @throws Violation where it breaks a promise. */
  enter(record: JournalRecord): void {
    const { domain, changes, taken } = record;
    const name = imageName(domain, record.key);
    const before = this.#accounts.get(name);
    const account = before ?? accountOf(changes);
    const image = withChanges(before?.image, changes);
    this.#accounts.set(name, account);
    this.#post(account, record, image);
    this.#checkEnds(account, record, image);
    this.#checkWaits(domain, image);
    this.#ledger.enter(record, image);
    checkHandled(this.#rules.get(domain)?.definition ?? null, record, account.image, image);
    this.#times.get(domain)?.enter(record, image, committedBy(record, account.image));
    for (const activation of image.activations ?? []) this.#checkActivation(account, activation);
    account.image = image;
    const sender = taken === undefined ? undefined : this.#accounts.get(imageName(taken.domain, taken.key));
    if (sender !== undefined && taken !== undefined) sender.image = withoutEnvelope(sender.image, taken.number);
    this.#records.push(record);
    for (const { number, next = 0, attempt = 1 } of changes.activations ?? []) {
      const id = attemptId(name, number, next, attempt);
      if (!this.#attempts.has(id)) this.#attempts.set(id, this.#records.length);
    }
  }

  /** Says after how many records an attempt of an instance, by its name, is in the model; undefined: it is not. */
  recordOf(name: string, activation: number, intent: number, attempt: number): number | undefined {
    return this.#attempts.get(attemptId(name, activation, intent, attempt));
  }

  /** Gives the images of all instances, by name. */
  images(): Map<string, Image> {
    return new Map([...this.#accounts].map(([name, { image }]) => [name, image]));
  }

  /** Says how many intents an activation that committed had; undefined: it did not commit. */
  intentsCommitted(name: string, activation: number): number | undefined {
    return this.#accounts.get(name)?.committed.get(activation);
  }

  /** Gives all that committed with intents: instance, activation, number of intents. */
  *commits(): Generator<readonly [name: string, activation: number, intents: number]> {
    for (const [name, { committed }] of this.#accounts) for (const [number, intents] of committed) yield [name, number, intents];
  }

  /** Works out what the state must be after a record, and compares. */
  #post(account: Account, { input, handled, commits = [], changes }: JournalRecord, image: Image): void {
    if (input.type === "observation") Object.assign(account.expected, input.facts);
    Object.assign(account.expected, handled);
    const orderAtOnce = ordersAtOnce(account.image, image);
    for (const { activation, writes } of commits.map((commit) => commitOf(commit, account.image))) {
      const order = account.orders.get(activation) ?? orderAtOnce();
      for (const [field, value] of Object.entries(writes)) {
        if (value === undefined || (account.writers.get(field) ?? 0) > order) continue;
        account.writers.set(field, order);
        account.expected[field] = value;
      }
      account.committed.set(
        activation,
        account.image.activations?.find(({ number }) => number === activation)?.intents.length ?? 0,
      );
    }
    // Of more commits the earlier ones are not in the record.
    if (commits.length === maxCommits) account.expected = { ...image.state };
    for (const { number, order } of changes.activations ?? []) account.orders.set(number, order);
    for (const [field, value] of Object.entries(image.state)) {
      // What time decides is kept by the runtime, under names that no program can spell.
      if (account.expected[field] === value || field.includes(" ")) continue;
      const should = `it should be ${JSON.stringify(account.expected[field])}`;
      throw new Violation(`${field} is ${JSON.stringify(value)}; with one activation after the other ${should}`);
    }
  }

  /** Checks that an activation ends by its commit, or abandoned as long as nothing of it can have happened. */
  #checkEnds(account: Account, { commits = [], input }: JournalRecord, image: Image): void {
    for (const { number, transition, step = 0, next = 0, unsure = false } of account.image.activations ?? []) {
      if (image.activations?.some((other) => other.number === number)) continue;
      if (commits.some((commit) => commitOf(commit, account.image).activation === number)) continue;
      const isSettled = input.type === "settled" && input.activation === number;
      if ((step > 0 || next > 0 || unsure) && !isSettled)
        throw new Violation(`${transition} was abandoned, and its effect may have happened`);
    }
  }

  #checkActivation({ intents }: Account, { number, transition, intents: own }: KeptActivation): void {
    const text = JSON.stringify(own);
    if ((intents.get(number) ?? text) !== text) throw new Violation(`${transition} changed its intents under way`);
    intents.set(number, text);
  }

  /** Checks that of two activations in flight, the later one does not depend on what the earlier one will do. */
  #checkWaits(domain: string, { activations = [] }: Image): void {
    const transitions = this.#rules.get(domain)?.transitions ?? {};
    const flying = activations.filter(({ mode }) => mode !== "waiting");
    for (const later of flying) {
      const { reads, uses, guards = [] } = transitions[later.transition] ?? { reads: [], uses: [] };
      for (const earlier of flying) {
        if (earlier.order >= later.order) continue;
        const read = [...reads, ...guards].find((field) => Object.hasOwn(earlier.writes, field));
        const used = uses.find((effect) => earlier.intents.some((intent) => intent.effect === effect));
        const what = read === undefined ? `uses ${used}, as it does` : `will write ${read}, on which it depends`;
        if (read ?? used)
          throw new Violation(`${later.transition} started while ${earlier.transition} was in flight, which ${what}`);
      }
    }
  }
}

function accountOf({ state }: Image): Account {
  // The first record holds the whole state, with what its input and its commits made of it; fields start as it says.
  const image = { state: {} };
  return { image, expected: { ...state }, writers: new Map(), intents: new Map(), orders: new Map(), committed: new Map() };
}

/** Gives the places, in the order of starts, that are left for activations which started and committed in one reaction. */
function ordersAtOnce(before: Image, { activations = [] }: Image): () => number {
  const taken = new Set(activations.map(({ order }) => order));
  let order = before.order ?? 0;
  return () => {
    do order += 1;
    while (taken.has(order));
    return order;
  };
}

/** Gives the transitions whose activations a record commits; steps that follow others in it cool down with the last. */
function committedBy({ commits = [] }: JournalRecord, before: Image): string[] {
  return [...new Set(commits.map((commit) => commitOf(commit, before).transition))];
}

/** Gives a commit with what it writes. */
function commitOf(commit: number | RecordedCommit, { activations = [] }: Image): RecordedCommit {
  if (typeof commit !== "number") return commit;
  const { transition, writes } = activations.find(({ number }) => number === commit) ?? { transition: "", writes: {} };
  return { transition, activation: commit, writes };
}

function attemptId(name: string, activation: number, intent: number, attempt: number): string {
  return `${name}/${activation}/${intent}/${attempt}`;
}
