import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect } from "vitest";
import type { TakenMessage } from "../host/journal.js";
import type { PostHost } from "../host/post.js";
import { Slot } from "../host/slot.js";
import type { Address } from "../kernel/compiled.js";
import type { Definition } from "../kernel/definition.js";
import type { Attempt, Input, Outcome } from "../kernel/event.js";
import type { Instance } from "../kernel/instance.js";
import type { Reaction } from "../kernel/react.js";
import type { Machine } from "../kernel/rules.js";
import type { State, Value, ValueType } from "../kernel/value.js";
import { VirtualClock } from "../simulate/clock.js";
import { overdue } from "../simulate/overdue.js";
import { LoggedLives } from "./logged-lives.js";
import { MailBooks } from "./mail-books.js";
import type { MailLibrary } from "./mail-library.js";

/** What somebody says to an instance: a fact, or a message from outside. Numbers choose among what is possible at the time. */
type Word = {
  readonly kind: "observe" | "tell";
  readonly whom: number;
  readonly what: number;
  readonly values: readonly number[];
};

/** One thing that happens. */
export type MailStep =
  | Word
  | { readonly kind: "answer"; readonly which: number; readonly outcome: Outcome }
  | { readonly kind: "late"; readonly which: number }
  | { readonly kind: "wait"; readonly ms: number | null }
  | { readonly kind: "settle"; readonly whom: number; readonly which: number; readonly happened: boolean }
  | { readonly kind: "crash"; readonly seed: number; readonly word: Word };

const word: fc.Arbitrary<Word> = fc.record({
  kind: fc.constantFrom("observe", "tell"),
  whom: fc.nat(9),
  what: fc.nat(9),
  values: fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
});

/** Anything that may happen to instances while their process lives. */
export const mailStep: fc.Arbitrary<MailStep> = fc.oneof(
  { weight: 4, arbitrary: word },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("answer" as const),
      which: fc.nat(9),
      outcome: fc.constantFrom<Outcome>("done", "done", "failed", "failed", "unknown"),
    }),
  },
  fc.record({ kind: fc.constant("late" as const), which: fc.nat(9) }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.option(fc.nat(5000)) }) },
  fc.record({ kind: fc.constant("settle" as const), whom: fc.nat(9), which: fc.nat(9), happened: fc.boolean() }),
);

/** A step in which the process dies while what follows from a word is being written down. */
export const mailCrash: fc.Arbitrary<MailStep> = fc.record({ kind: fc.constant("crash" as const), seed: fc.nat(), word });

const valuesOf: Record<string, readonly Value[]> = {
  string: ["a", "b", "k"],
  int: [0, 1, 2, -1, 7],
  bool: [true, false],
};

/** After so many reactions a world comes to its end: there are programs whose messages never do. */
const maxReactions = 600;

/** The instances of one domain, as a host holds them. */
class Office implements PostHost {
  readonly definition: Definition;
  readonly machine: Machine;
  readonly epoch = "e";
  isStopped = false;
  readonly slots = new Map<string, Slot>();
  readonly #world: MailWorld;

  constructor(definition: Definition, machine: Machine, world: MailWorld) {
    this.definition = definition;
    this.machine = machine;
    this.#world = world;
  }

  get domain(): string {
    return this.definition.name;
  }

  keys(): Iterable<string> {
    return this.slots.keys();
  }

  slot(key: string): Slot | undefined {
    return this.slots.get(key);
  }

  listensTo(event: string): boolean {
    return this.machine.mail?.listensTo(event) ?? false;
  }

  receive(key: string, before: Instance, reaction: Reaction, input: Input, taken?: TakenMessage): void {
    this.#world.keep(this, key, before, reaction, input, taken);
  }

  resume(key: string): void {
    this.#world.give(this, key, { type: "delivered", now: this.#world.now });
  }
}

/** An attempt that was asked for. */
interface Asked {
  readonly office: Office;
  readonly key: string;
  readonly attempt: Attempt;
}

/** What a world of messages is made of. */
export interface MailSetting {
  readonly library: MailLibrary;
  readonly definitions: readonly Definition[];
  readonly starts: readonly { readonly domain: string; readonly key: string; readonly state: Partial<State> }[];
  /** How many messages a mailbox holds. */
  readonly mailbox: number;
  /** Whether everything is written to a log. */
  readonly isLogged: boolean;
}

/**
 * A world that drives the kernels of several domains, with the post of the host between them, and checks after each step that no message
 * is lost, run twice or out of turn, and that nothing is left undone.
 */
export class MailWorld {
  readonly #library: MailLibrary;
  readonly #offices: readonly Office[];
  readonly #mailbox: number;
  readonly #clock = new VirtualClock();
  readonly #lives: LoggedLives | null;
  #loop: InstanceType<MailLibrary["Loop"]>;
  #post: InstanceType<MailLibrary["Post"]>;
  #books = new Map<string, MailBooks>();
  /** The books as they were after each record that a crash may cut off; null: no crash is near. */
  #pasts: ReadonlyMap<string, MailBooks>[] | null = null;
  #reactions = 0;
  #open: Asked[] = [];
  #timedOut: Asked[] = [];

  constructor({ library, definitions, mailbox, isLogged }: MailSetting) {
    this.#library = library;
    this.#mailbox = mailbox;
    this.#offices = definitions.map((definition) => {
      const mail = new library.Mail(definition.receives, definition.hears, mailbox);
      return new Office(definition, library.prepare(definition, { mail }), this);
    });
    this.#lives = isLogged
      ? new LoggedLives(
          this.#offices.map(({ machine }) => machine),
          () => this.#offices.map(({ slots }) => [...slots.values()].map(({ instance }) => instance)),
        )
      : null;
    [this.#loop, this.#post] = this.#wired();
  }

  /** Epoch ms. */
  get now(): number {
    return this.#clock.now();
  }

  #wired(): [InstanceType<MailLibrary["Loop"]>, InstanceType<MailLibrary["Post"]>] {
    const loop = new this.#library.Loop();
    const post = new this.#library.Post(loop, this.#clock);
    for (const office of this.#offices) post.add(office);
    return [loop, post];
  }

  /** Brings the instances to life that the system starts. */
  async start(starts: MailSetting["starts"]): Promise<void> {
    await this.#lives?.open();
    this.#loop.run(() => {
      for (const { domain, key, state } of starts) {
        const office = this.#offices.find((other) => other.domain === domain);
        if (office !== undefined) this.#loop.run(() => this.give(office, key, { type: "started", now: this.now, state }));
      }
    });
    await this.#settle();
  }

  /** Whether it has come to its end. */
  get isOver(): boolean {
    return this.#reactions > maxReactions;
  }

  /** Takes the next step. */
  async take(next: MailStep): Promise<void> {
    if (this.isOver) return;
    switch (next.kind) {
      case "observe":
      case "tell":
        this.#say(next);
        break;
      case "answer":
        this.#answerOne(this.#open, next.which, next.outcome);
        break;
      case "late":
        this.#answerOne(this.#timedOut, next.which, "done");
        break;
      case "wait":
        this.#wait(next.ms);
        break;
      case "settle":
        this.#resolve(next);
        break;
      case "crash":
        await this.#crash(next);
        break;
      default:
        next satisfies never;
    }
    await this.#settle();
  }

  /** Gives an instance an input. */
  give(office: Office, key: string, input: Input): void {
    const { machine, epoch } = office;
    const before = office.slots.get(key)?.instance ?? this.#library.createInstance(machine, key, epoch);
    this.keep(office, key, before, this.#library.react(machine, before, input), input);
  }

  /** Makes what became of an instance the case, as a host does. */
  keep(office: Office, key: string, before: Instance, reacted: Reaction, input: Input, taken?: TakenMessage): void {
    const name = nameOf(office, key);
    if (reacted.refused !== null) return this.#checkRefusal(before, reacted, input);
    const known = office.slots.get(key);
    const slot = known ?? new Slot(before);
    if (known === undefined) office.slots.set(key, slot);
    const reaction = this.#post.addressed(office, reacted);
    slot.instance = reaction.instance;
    this.#reactions += 1;
    if (this.#reactions > maxReactions) for (const each of this.#offices) each.isStopped = true;
    this.#open.push(...reaction.attempts.map((attempt) => ({ office, key, attempt })));
    this.#enter(name, office, before, reaction, input);
    this.#lives?.note(office.machine, known === undefined ? null : before, reaction, input, taken);
    this.#pasts?.push(this.#copyOfBooks());
    this.#post.note(office, slot, before);
  }

  #enter(name: string, office: Office, before: Instance, reaction: Reaction, input: Input): void {
    if (input.type === "message" && input.from !== null) {
      this.#books.get(input.from)?.delivered({ domain: office.domain, key: before.key }, input);
    }
    const books = this.#books.get(name) ?? new MailBooks(office.definition, before.key);
    this.#books.set(name, books);
    books.enter(before, reaction, input, (event) => this.#listeners(event));
  }

  #copyOfBooks(): ReadonlyMap<string, MailBooks> {
    return new Map([...this.#books].map(([name, books]) => [name, books.copy()]));
  }

  #listeners(event: string): Address[] {
    const listening = this.#offices.filter(({ definition }) => definition.hears?.some(({ name }) => name === event));
    return listening.flatMap(({ domain, slots }) => [...slots.keys()].map((key) => ({ domain, key })));
  }

  /** Checks that a message is refused with a word only where it comes from outside, and the mailbox is full. */
  #checkRefusal(before: Instance, { refused, instance }: Reaction, input: Input): void {
    expect(refused).toMatch(/^the mailbox of .* is full$/s);
    expect(input).toMatchObject({ type: "message", from: null });
    expect(before.post.inbox.length).toBe(this.#mailbox);
    expect(instance.post).toEqual(before.post);
  }

  #instances(): { readonly office: Office; readonly slot: Slot }[] {
    return this.#offices.flatMap((office) => [...office.slots.values()].map((slot) => ({ office, slot })));
  }

  #say({ kind, whom, what, values }: Word): void {
    const all = this.#instances();
    const one = all[whom % all.length];
    if (one === undefined) return;
    const { office, slot } = one;
    const { definition, machine } = office;
    if (kind === "observe") {
      const fields = Object.entries(definition.initial).filter(([field]) => field !== "self");
      const [field = "", was] = fields[what % fields.length] ?? [];
      const type =
        machine.narrowed.get(field) ?? (typeof was === "number" ? "int" : typeof was === "boolean" ? "bool" : "string");
      const facts = { [field]: valueFor(type, values[0]) };
      return this.#loop.run(() => this.give(office, slot.instance.key, { type: "observation", now: this.now, facts }));
    }
    const messages = messagesOf(definition);
    const message = messages[what % messages.length];
    if (message === undefined) return;
    const args = message.parameters.map((type, index) => valueFor(type, values[index]));
    const input: Input = { type: "message", now: this.now, from: null, name: message.name, args, isEvent: false, isHigh: false };
    this.#loop.run(() => this.give(office, slot.instance.key, input));
  }

  #answerOne(asked: Asked[], which: number, outcome: Outcome): void {
    const one = asked[which % asked.length];
    if (one === undefined) return;
    if (asked === this.#open) asked.splice(asked.indexOf(one), 1);
    if (outcome === "unknown") this.#timedOut.push(one);
    const { activation, index: intent, attempt } = one.attempt;
    const reason = outcome === "done" ? "" : "x";
    const input: Input = { type: "outcome", now: this.now, activation, intent, attempt, outcome, reason, value: "told" };
    this.#loop.run(() => this.give(one.office, one.key, input));
  }

  /** Settles an intent, as an operator does. */
  #resolve({ whom, which, happened }: Extract<MailStep, { kind: "settle" }>): void {
    const all = this.#instances();
    const one = all[whom % all.length];
    const { activations = [], key = "" } = one?.slot.instance ?? {};
    const pending = activations[which % activations.length];
    if (one === undefined || pending === undefined) return;
    const said = { activation: pending.number, intent: pending.next, happened, by: "operator", why: "looked", value: "told" };
    this.#loop.run(() => this.give(one.office, key, { type: "settled", now: this.now, ...said }));
  }

  /** Lets time pass: so many ms, or until the next timer rings. Gives whether there was anything to wait for. */
  #wait(ms: number | null): boolean {
    const due = this.#instances().map(({ slot }) => slot.instance.wakeAt ?? Infinity);
    const next = Math.min(this.#clock.next, ...due);
    if (ms === null && next === Infinity) return false;
    this.#clock.pass(Math.max(ms ?? next - this.now, 0));
    for (const { office, slot } of this.#instances()) {
      const { wakeAt, key } = slot.instance;
      if (wakeAt !== null && wakeAt <= this.now) this.#loop.run(() => this.give(office, key, { type: "timer", now: this.now }));
    }
    return true;
  }

  /** Kills the process while what follows from a word is being written down: it is kept up to some record. */
  async #crash({ seed, word: said }: Extract<MailStep, { kind: "crash" }>): Promise<void> {
    if (this.#lives === null) return;
    const asked = [...this.#open];
    this.#pasts = [this.#copyOfBooks()];
    this.#say(said);
    const revived = await this.#lives.crash(seed);
    const past = this.#pasts.findLast(
      (books) =>
        revived.length === books.size &&
        revived.every(({ domain, instance }) => books.get(`${domain}/${instance.key}`)?.isOf(instance)),
    );
    if (past === undefined) throw new Error("what came back never was");
    this.#books = new Map(past);
    this.#pasts = null;
    this.#timedOut.push(...asked);
    this.#open = [];
    this.#clock.clear();
    [this.#loop, this.#post] = this.#wired();
    for (const { slots } of this.#offices) slots.clear();
    for (const { domain, instance } of revived) this.#officeOf(domain).slots.set(instance.key, new Slot(instance));
    this.#loop.run(() => {
      for (const { office, slot } of this.#instances()) {
        this.give(office, slot.instance.key, { type: "recovered", now: this.now });
        if (slot.instance.post.outgoing.length > 0) this.#post.sent({ host: office, slot });
      }
    });
  }

  #officeOf(domain: string): Office {
    const office = this.#offices.find((other) => other.domain === domain);
    if (office === undefined) throw new Error(`there is no domain ${domain}`);
    return office;
  }

  async #settle(): Promise<void> {
    await this.#lives?.flush();
    if (!this.isOver) for (const { office, slot } of this.#instances()) this.#check(office, slot.instance);
  }

  #check({ definition }: Office, instance: Instance): void {
    const { post, phase, faults, activations, wakeAt, state } = instance;
    const name = `${definition.name}/${instance.key}`;
    expect(post.inbox.length).toBeLessThanOrEqual(this.#mailbox);
    for (const { to, name: message } of post.outgoing) {
      const waiting = this.#officeOf(to?.domain ?? "").slots.get(to?.key ?? "")?.instance.post.inbox.length ?? 0;
      if (waiting < this.#mailbox) throw new Error(`${message} of ${name} is on its way, and there is room for it`);
    }
    const known = {
      faults: faults.filter((fault) => isDeepStrictEqual(fault.state, state)),
      inbox: post.inbox,
      outgoing: post.outgoing,
    };
    const left = overdue(definition, { ...instance, ...known }, this.now);
    if (left !== null) throw new Error(`${name}: ${left}`);
    const isWaiting = wakeAt !== null || post.outgoing.length > 0 || activations.some(({ mode }) => mode === "in flight");
    if (phase === "working" && !isWaiting) throw new Error(`${name} is working, with nothing to wait for`);
    if (phase !== "working") expect([post.inbox, post.outgoing]).toEqual([[], []]);
  }

  /** Lets everything succeed from now on: what waits in a mailbox is run, unless two wait for room at each other. */
  async calmDown(): Promise<void> {
    const waiting = this.#instances().map(({ slot }) => ({
      slot,
      numbers: slot.instance.post.inbox.map(({ number }) => number),
    }));
    for (let steps = 0; steps < 200 && !this.isOver; steps += 1) {
      const open = this.#open.length;
      for (let answered = 0; answered < open; answered += 1) await this.take({ kind: "answer", which: 0, outcome: "done" });
      // Time goes on for the others, also where one emits again and again as soon as it is answered.
      if (!this.#wait(null) && open === 0) break;
      await this.#settle();
    }
    if (this.isOver) return;
    for (const { slot, numbers } of waiting) {
      const { post, key } = slot.instance;
      const left = post.inbox.filter(({ number }) => numbers.includes(number));
      if (left.length > 0 && post.outgoing.length === 0)
        throw new Error(`${left[0]?.name} waits in the mailbox of ${key} for ever`);
    }
  }
}

/** Plays steps in a world of messages, and lets it calm down. */
export async function deliversItsMessages(setting: MailSetting, steps: readonly MailStep[]): Promise<void> {
  const world = new MailWorld(setting);
  await world.start(setting.starts);
  for (const next of steps) await world.take(next);
  await world.calmDown();
}

/** Gives what may be said to an instance of a domain. */
function messagesOf({ receives = [], transitions }: Definition): { name: string; parameters: readonly ValueType[] }[] {
  const runs = Object.entries(transitions).map(([name, { parameters = [] }]) => ({ name, parameters }));
  return [...receives, ...runs];
}

function valueFor(type: ValueType, choice = 0): Value {
  const values = typeof type === "string" ? (valuesOf[type] ?? []) : "min" in type ? [type.min, type.max] : type;
  return values[choice % values.length] ?? "";
}

function nameOf({ domain }: Office, key: string): string {
  return `${domain}/${key}`;
}
