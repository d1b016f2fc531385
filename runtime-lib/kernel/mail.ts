import { start } from "./activation.js";
import { backingOffUntil } from "./backoff.js";
import { changeState } from "./change.js";
import type { Address, Receiver, Send } from "./compiled.js";
import type { MessageInput } from "./event.js";
import { brokenBy, noteFault, planIn, reasonOf } from "./faults.js";
import { type Envelope, type Instance, none, type Received } from "./instance.js";
import type { MailRules, NamedTransition, Turn } from "./rules.js";
import { publish } from "./turn.js";
import { isOfType, typeInWords, type Value, type ValueType, valueInWords } from "./value.js";
import { isHeldUp } from "./waits.js";

/** How many messages a mailbox holds unless an option says otherwise: who sends to a full one waits. */
export const defaultMailbox = 64;

/** How many a mailbox holds where programs are explored and simulated: a small one is full now and then. */
export const smallMailbox = 3;

/** After so many messages of high priority in a row one is let through that has none. */
export const maxInARow = 3;

/** What a domain does about messages: domains that do not talk do without this code. */
export class Mail implements MailRules {
  readonly #receives: ReadonlyMap<string, Receiver>;
  readonly #hears: ReadonlyMap<string, Receiver>;

  /** How many messages a mailbox holds. */
  readonly mailbox: number;

  constructor(receives: readonly Receiver[] = none, hears: readonly Receiver[] = none, mailbox = defaultMailbox) {
    this.mailbox = mailbox;
    this.#receives = new Map(receives.map((receiver) => [receiver.name, receiver]));
    this.#hears = new Map(hears.map((receiver) => [receiver.name, receiver]));
  }

  /** Says whether something is done about an event. */
  listensTo(event: string): boolean {
    return this.#hears.has(event);
  }

  /** Puts what a commit sends among what is on its way. */
  post(turn: Turn, sends: readonly Send[]): void {
    const { next, machine } = turn;
    let number = next.post.messageNumber;
    const envelopes = sends.map(({ to, name, args, isHigh }) => {
      number += 1;
      if (machine.publishes) publish(turn, { type: "sent", to: to === null ? null : nameOf(to), message: name, args });
      return { number, to, name, args, isHigh };
    });
    next.post = { ...next.post, messageNumber: number, outgoing: [...next.post.outgoing, ...envelopes] };
  }

  /** Puts a message into the mailbox. Gives why it is refused: only what comes from outside is. */
  accept(turn: Turn, { from, name, args, isEvent, isHigh }: MessageInput): string | null {
    const { next } = turn;
    const mismatch = from === null ? this.#mismatch(turn, name, args, isEvent) : null;
    if (mismatch !== null) return mismatch;
    if (from === null && next.post.inbox.length >= this.mailbox)
      return `the mailbox of ${turn.machine.domain}/${next.key} is full`;
    const number = next.post.messageNumber + 1;
    // What comes from outside was checked; what comes from an instance is when its turn comes.
    const message = { number, from, name, args: args as readonly Value[], isEvent, isHigh };
    next.post = { ...next.post, messageNumber: number, inbox: [...next.post.inbox, message] };
    return null;
  }

  /** Runs the messages whose turn it is. */
  receive(turn: Turn): void {
    const { next } = turn;
    while (next.post.inbox.length > 0) {
      const message = this.#pick(turn);
      if (message === undefined) return;
      const inbox = next.post.inbox.length === 1 ? none : next.post.inbox.filter((other) => other !== message);
      // Where no other waits, nobody is let through before anybody.
      const inARow = message.isHigh && inbox.length > 0 ? next.post.inARow + 1 : 0;
      next.post = { ...next.post, inbox, inARow };
      this.#run(turn, message);
    }
  }

  /** Picks the message whose turn it is: of one sender they are run in order. */
  #pick(turn: Turn): Received | undefined {
    const { inbox, inARow } = turn.next.post;
    const first = inARow < maxInARow;
    return this.#firstOf(turn, inbox, first) ?? this.#firstOf(turn, inbox, !first);
  }

  #firstOf(turn: Turn, inbox: readonly Received[], isHigh: boolean): Received | undefined {
    const waiting = new Set<string | null>();
    return inbox.find((message) => {
      if (message.isHigh !== isHigh || waiting.has(message.from)) return false;
      if (this.#canRun(turn, message)) return true;
      waiting.add(message.from);
      return false;
    });
  }

  /**
   * Says whether a message can run its transition, which is held up as it always is. While what was sent is still on its way,
   * nothing sends more; what sends nothing goes on, or two who wait for each other's answers would wait for ever.
   */
  #canRun(turn: Turn, message: Received): boolean {
    const { name } = message;
    const transition = this.#runs(turn, message);
    if (turn.next.post.outgoing.length > 0 && this.#wouldSend(turn, message)) return false;
    if (transition === undefined) return true;
    if (turn.next.activations.some((activation) => activation.transition === name) || isHeldUp(turn, transition)) return false;
    if (transition.cooldown === undefined) return true;
    const until = backingOffUntil(turn, name, null);
    if (until <= turn.now) return true;
    turn.mailDue = Math.min(turn.mailDue, until);
    return false;
  }

  /** Gives the transition that a message runs; undefined: a handler does something about it, or nobody. */
  #runs(turn: Turn, { name, isEvent }: Received): NamedTransition | undefined {
    return isEvent || this.#receives.has(name) ? undefined : transitionOf(turn, name);
  }

  #wouldSend(turn: Turn, message: Received): boolean {
    const { name, args, isEvent } = message;
    const asked = (isEvent ? this.#hears : this.#receives).get(name) ?? this.#runs(turn, message);
    try {
      return (asked?.plan(turn.next.state, ...args)?.sends ?? none).length > 0;
    } catch {
      // It is a fault when its turn comes.
      return false;
    }
  }

  #run(turn: Turn, message: Received): void {
    const { name, args, isEvent, from } = message;
    const { publishes } = turn.machine;
    // An older program may have sent it.
    const mismatch = this.#mismatch(turn, name, args, isEvent);
    if (publishes) publish(turn, { type: "received", from, message: name, args });
    if (mismatch !== null) return noteFault(turn, "message", name, mismatch);
    const receiver = (isEvent ? this.#hears : this.#receives).get(name);
    if (receiver !== undefined) return this.#handle(turn, message, receiver);
    const transition = transitionOf(turn, name);
    const plan = transition === undefined ? null : planIn(turn, name, (state) => transition.plan(state, ...args));
    if (plan !== null) start(turn, name, plan, 0, args);
  }

  /** Applies what a handler writes, which is the state at once, as what is observed is. */
  #handle(turn: Turn, { name, args }: Received, receiver: Receiver): void {
    const { machine, next } = turn;
    try {
      const plan = receiver.plan(next.state, ...args);
      if (plan === null) return;
      const broken = machine.invariants.length === 0 ? null : brokenBy(turn, plan.writes);
      if (broken !== null) return noteFault(turn, "message", name, `it would break invariant ${broken}`);
      turn.handled = { ...turn.handled, ...plan.writes };
      if (!machine.same(next.state, machine.merge(next.state, plan.writes))) becomeNews(turn, plan.writes);
      if (plan.sends !== undefined) this.post(turn, plan.sends);
    } catch (error) {
      noteFault(turn, "message", name, reasonOf(error));
    }
  }

  /** Says why a message cannot be run; null: it can. */
  #mismatch(turn: Turn, name: string, args: readonly unknown[], isEvent: boolean): string | null {
    const { domain } = turn.machine;
    const types = this.#parametersOf(turn, name, isEvent);
    if (types === null) return `${domain} takes no ${isEvent ? "event" : "message"} ${name}`;
    if (args.length !== types.length) return `${name} takes ${types.length} arguments, not ${args.length}`;
    const wrong = types.findIndex((type, index) => !isOfType(type, args[index]));
    const type = types[wrong];
    return type === undefined
      ? null
      : `argument ${wrong + 1} of ${name} is ${typeInWords(type)}, not ${valueInWords(args[wrong])}`;
  }

  #parametersOf(turn: Turn, name: string, isEvent: boolean): readonly ValueType[] | null {
    const receiver = (isEvent ? this.#hears : this.#receives).get(name);
    if (receiver !== undefined) return receiver.parameters;
    const transition = isEvent ? undefined : transitionOf(turn, name);
    return transition === undefined ? null : (transition.parameters ?? none);
  }
}

function transitionOf({ machine }: Turn, name: string): NamedTransition | undefined {
  return machine.transitions.find((transition) => transition.name === name);
}

/** Changes the state as news from outside does: what was found going round in circles may do better now. */
function becomeNews(turn: Turn, writes: Partial<Turn["next"]["state"]>): void {
  changeState(turn, writes);
  turn.next.reached = none;
  turn.next.oscillations = 0;
  turn.next.heldUntil = null;
}

/** Names an instance: `Worker/default`. */
export function nameOf({ domain, key }: Address): string {
  return `${domain}/${key}`;
}

/**
 * Makes the broadcasts of an instance a message to each of those whom they reach. What was sent behind them is numbered anew, as a journal
 * keeps messages in the order of their numbers.
 */
export function addressed(instance: Instance, listeners: (event: string) => readonly Address[]): Instance {
  const { post } = instance;
  const first = post.outgoing.findIndex(({ to }) => to === null);
  if (first < 0) return instance;
  let { messageNumber } = post;
  const outgoing = post.outgoing.flatMap((envelope, index): Envelope[] => {
    if (index < first) return [envelope];
    const all = envelope.to === null ? listeners(envelope.name).map((to) => ({ ...envelope, to, isEvent: true })) : [envelope];
    return all.map((each) => {
      messageNumber += 1;
      return { ...each, number: messageNumber };
    });
  });
  return { ...instance, post: { ...post, outgoing, messageNumber } };
}

/** Drops from an instance a message that has reached whom it was for. */
export function withoutEnvelope(instance: Instance, number: number): Instance {
  const { post } = instance;
  const outgoing = post.outgoing.filter((envelope) => envelope.number !== number);
  return { ...instance, post: { ...post, outgoing: outgoing.length === 0 ? none : outgoing } };
}
