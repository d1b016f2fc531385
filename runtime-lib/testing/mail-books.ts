import { expect } from "vitest";
import type { Address, Plan, Receiver, Send } from "../kernel/compiled.js";
import type { Definition } from "../kernel/definition.js";
import type { Input, KernelEvent, MessageInput } from "../kernel/event.js";
import { isTrue } from "../kernel/faults.js";
import type { Envelope, Instance, Received } from "../kernel/instance.js";
import type { Reaction } from "../kernel/react.js";
import type { State, Value } from "../kernel/value.js";

/** An activation as it must be: its place in the order of starts, and what it will do once it commits. */
interface Expected {
  order: number;
  readonly transition: string;
  readonly args: readonly Value[] | null;
  readonly step: number;
  writes: Plan["writes"];
  sends: readonly Send[];
}

/** What one instance must be, as plain data. */
interface Account {
  readonly state: Record<string, Value>;
  /** For each field the place, in the order of starts, of the activation that wrote it last. */
  readonly writers: Record<string, number>;
  order: number;
  readonly activations: Record<number, Expected>;
  inbox: readonly Received[];
  outgoing: readonly Envelope[];
}

type Started = Extract<KernelEvent, { readonly type: "started" }>;
type Dispatched = Extract<KernelEvent, { readonly type: "dispatched" }>;
type Committed = Extract<KernelEvent, { readonly type: "committed" }>;

/**
 * The books of one instance: what it must be by what was published of it, worked out from the definition alone. Each message that it
 * takes is run once, those of one sender and priority in order, and does what the definition says in the state of that moment.
 */
export class MailBooks {
  readonly #definition: Definition;
  readonly #account: Account;
  /** What must be sent next, before anything else happens. */
  #due: readonly Send[] = [];
  /** The plan of the transition that must start next. */
  #toStart: { readonly name: string; readonly plan: Plan; readonly args: readonly Value[] } | null = null;

  /** What messages gave to transitions whose last step so far has committed. */
  readonly #lastArgs = new Map<string, readonly Value[] | null>();

  /** @param origin the key of an instance that comes to life, or the account of one that was copied */
  constructor(definition: Definition, origin: string | Account) {
    this.#definition = definition;
    if (typeof origin !== "string") {
      this.#account = origin;
      return;
    }
    const { initial } = definition;
    this.#account = {
      state: Object.hasOwn(initial, "self") ? { ...initial, self: origin } : { ...initial },
      writers: {},
      order: 0,
      activations: {},
      inbox: [],
      outgoing: [],
    };
  }

  /** Gives books that say the same, and go on by themselves. */
  copy(): MailBooks {
    return new MailBooks(this.#definition, structuredClone(this.#account));
  }

  /** Says whether an instance is what these books say. */
  isOf(instance: Instance): boolean {
    const { state, inbox, outgoing, order } = this.#account;
    const { post, activations } = instance;
    const numbers = Object.keys(this.#account.activations).map(Number);
    const own = [state, order, inbox, outgoing, numbers];
    const other = [instance.state, instance.order, post.inbox, post.outgoing, activations.map(({ number }) => number)];
    return isSame(own, other);
  }

  /** Notes that a message of it was taken: of those for one instance the first. */
  delivered(to: Address, { name, args, isHigh, isEvent }: MessageInput): void {
    const account = this.#account;
    const first = account.outgoing.find((envelope) => isSame(envelope.to, to));
    agree(first === undefined ? null : contentOf(first), { to, name, args, isHigh, isEvent });
    account.outgoing = account.outgoing.filter((envelope) => envelope !== first);
  }

  /** Enters what a reaction has published, and compares what it has led to. */
  enter(before: Instance, { instance, events }: Reaction, input: Input, listeners: (event: string) => readonly Address[]): void {
    if (input.type === "started") Object.assign(this.#account.state, input.state);
    if (input.type === "message") this.#accept(before, input);
    const sent: Send[] = [];
    for (const event of events) {
      if (this.#due.length > 0 && isOfCommit(event)) agree(event.type, "sent");
      if (this.#toStart !== null && event.type !== "received") agree(event.type, "started");
      this.#note(event, before, instance, input, sent);
    }
    agree([this.#due, this.#toStart], [[], null]);
    this.#post(sent, instance, listeners);
    this.#compare(instance);
  }

  #accept({ post }: Instance, { from, name, args, isEvent, isHigh }: MessageInput): void {
    // What is sent is checked by the compiler, and what comes from outside by the kernel.
    const message = { number: post.messageNumber + 1, from, name, args: args as readonly Value[], isEvent, isHigh };
    this.#account.inbox = [...this.#account.inbox, message];
  }

  #note(event: KernelEvent, before: Instance, after: Instance, input: Input, sent: Send[]): void {
    switch (event.type) {
      case "observed":
        Object.assign(this.#account.state, event.facts);
        break;
      case "handled":
        Object.assign(this.#account.state, event.writes);
        break;
      case "received":
        this.#receive(this.#take(event, after));
        break;
      case "started":
        this.#start(event);
        break;
      case "dispatched":
        this.#retry(event, before, input);
        break;
      case "abandoned":
        delete this.#account.activations[event.activation];
        break;
      case "committed":
        this.#commit(event);
        break;
      case "sent":
        sent.push(this.#send(event));
        break;
    }
  }

  /** Takes a message that is run out of the mailbox: of its sender and priority it is the first. */
  #take({ from, message: name, args }: Extract<KernelEvent, { readonly type: "received" }>, { post }: Instance): Received {
    const { inbox } = this.#account;
    const firsts = inbox.filter((message, index) => inbox.findIndex((other) => isOneWay(message, other)) === index);
    const fitting = firsts.filter((first) => isSame([first.from, first.name, first.args], [from, name, args]));
    // An urgent message and one that is not may say the same.
    const taken = fitting.find(({ number }) => post.inbox.every((left) => left.number !== number));
    if (taken === undefined) throw new Error(`${name} of ${from} was run, and it was not its turn`);
    this.#account.inbox = inbox.filter((other) => other !== taken);
    return taken;
  }

  #receive({ name, args, isEvent }: Received): void {
    const definition = this.#definition;
    const receivers: readonly Receiver[] = (isEvent ? definition.hears : definition.receives) ?? [];
    const receiver = receivers.find((other) => other.name === name);
    const asked = receiver ?? (isEvent ? undefined : definition.transitions[name]);
    const plan = this.#planned((of) => asked?.plan(of, ...args) ?? null);
    if (plan === null) return;
    if (receiver === undefined) {
      this.#toStart = { name, plan, args };
      return;
    }
    Object.assign(this.#account.state, plan.writes);
    this.#due = plan.sends ?? [];
  }

  #start({ transition, activation, step = 0, intents, writes }: Started): void {
    const asked = this.#toStart;
    this.#toStart = null;
    const args = step === 0 ? (asked?.args ?? null) : (this.#lastArgs.get(transition) ?? null);
    const plan = asked?.plan ?? this.#planned((of) => this.#stepOf(transition, step)?.(of, ...(args ?? [])) ?? null);
    if (asked !== null) agree(transition, asked.name);
    agree({ intents, writes }, { intents: plan?.intents, writes: plan?.writes });
    this.#account.order += 1;
    const expected = { order: this.#account.order, transition, args, step, writes, sends: plan?.sends ?? [] };
    this.#account.activations[activation] = expected;
  }

  #stepOf(transition: string, step: number) {
    const rule = this.#definition.transitions[transition];
    return step === 0 ? rule?.plan : rule?.laterSteps?.[step - 1];
  }

  /** Notes that an activation which waited is tried again: that is a start, on the writes of now. */
  #retry({ activation, attempt }: Dispatched, before: Instance, input: Input): void {
    const was = before.activations.find(({ number }) => number === activation);
    const own = this.#account.activations[activation];
    if (was === undefined || own === undefined || attempt !== was.attempt + 1) return;
    // What did not happen, says an operator, is as if it had never been tried.
    const isUndone = input.type === "settled" && !input.happened && input.activation === activation;
    const hasBegun = was.next > 0 || was.step > 0;
    if (was.mode !== "waiting" && (!isUndone || hasBegun)) return;
    const plan = this.#planned((of) => this.#stepOf(own.transition, own.step)?.(of, ...(own.args ?? [])) ?? null);
    this.#account.order += 1;
    own.order = this.#account.order;
    own.writes = plan?.writes ?? {};
    own.sends = plan?.sends ?? [];
  }

  #commit({ activation, writes }: Committed): void {
    const { writers, state, activations } = this.#account;
    const own = activations[activation];
    if (own === undefined) throw new Error(`activation ${activation} commits, and is not under way`);
    agree(writes, own.writes);
    for (const [field, value] of Object.entries(own.writes)) {
      if (value === undefined || (writers[field] ?? 0) > own.order) continue;
      writers[field] = own.order;
      state[field] = value;
    }
    this.#lastArgs.set(own.transition, own.args);
    this.#due = own.sends;
    delete activations[activation];
  }

  /** Notes that something is sent: what is to be sent next. */
  #send({ to, message, args }: Extract<KernelEvent, { readonly type: "sent" }>): Send {
    const [first, ...rest] = this.#due;
    if (first === undefined) throw new Error(`${message} is sent, and nothing was to be sent`);
    agree([to, message, args], [first.to === null ? null : `${first.to.domain}/${first.to.key}`, first.name, first.args]);
    this.#due = rest;
    return first;
  }

  /** Puts what was sent among what is on its way: an event to each of those who listen. */
  #post(sent: readonly Send[], { post }: Instance, listeners: (event: string) => readonly Address[]): void {
    const added = sent.flatMap((send): Omit<Envelope, "number">[] =>
      send.to === null ? listeners(send.name).map((to) => ({ ...send, to, isEvent: true })) : [send],
    );
    const own = [...this.#account.outgoing, ...added];
    agree(post.outgoing.map(contentOf), own.map(contentOf));
    // The kernel's numbers, of messages that are as they must be.
    this.#account.outgoing = post.outgoing;
  }

  #compare({ state, post, activations, order }: Instance): void {
    const own = this.#account;
    agree(state, own.state);
    agree(post.inbox, own.inbox);
    agree(order, own.order);
    agree(
      activations.map(({ number, order: place }) => [number, place]),
      Object.entries(own.activations).map(([number, { order: place }]) => [Number(number), place]),
    );
  }

  /** Gives a plan in the state of this moment; null: there is nothing to do, or it faults. */
  #planned(ask: (state: State) => Plan | null): Plan | null {
    const { state } = this.#account;
    try {
      const plan = ask(state);
      if (plan === null) return null;
      const after = { ...state, ...plan.writes } as State;
      const broken = Object.values(this.#definition.invariants ?? {}).some(
        (holds) => isTrue(holds, state) && !isTrue(holds, after),
      );
      return broken ? null : plan;
    } catch {
      return null;
    }
  }
}

/** Says whether an event is one of those that come of themselves, with nothing between a commit and what it sends. */
function isOfCommit({ type }: KernelEvent): boolean {
  return type === "received" || type === "started" || type === "committed" || type === "sent";
}

/** Says whether two messages are of one sender and priority. */
function isOneWay(a: Received, b: Received): boolean {
  return a.from === b.from && a.isHigh === b.isHigh;
}

/** Gives what a message says, without its number. */
function contentOf({ number: _, isEvent = false, ...content }: Omit<Received | Envelope, "number"> & { number?: number }) {
  return { ...content, isEvent };
}

/** Expects two values to be the same; written out, as it is asked for very often. */
function agree(actual: unknown, expected: unknown): void {
  if (!isSame(actual, expected)) expect(actual).toEqual(expected);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
