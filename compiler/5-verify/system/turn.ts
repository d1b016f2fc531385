import type { Address } from "../../../runtime-lib/kernel/compiled.js";
import type { Input, KernelEvent, MessageInput } from "../../../runtime-lib/kernel/event.js";
import type { Envelope, Instance } from "../../../runtime-lib/kernel/instance.js";
import { nameOf } from "../../../runtime-lib/kernel/mail.js";
import { react } from "../../../runtime-lib/kernel/react.js";
import { isSending, type Member, type Members } from "./member.js";
import type { Part } from "./part.js";
import { elapseLabel, isWaiting, overdue } from "./waits.js";

/** So often something is delivered or goes on after one move at most. */
const maxDeliveries = 10_000;

/** So often is not yet taken for a circle. */
const unsuspicious = 20;

/** What a turn needs of a system. */
export interface Stage {
  readonly members: Members;
  readonly parts: ReadonlyMap<string, Part>;
  readonly mailbox: number;
  /** Whether all that happens is published. */
  readonly isVerbose: boolean;
}

/**
 * One move while it is made: what instances send is delivered as the host's `Post` does it, at once and in the order in which they sent
 * it, as far as mailboxes have room.
 */
export class Turn {
  /** The instances, by name. */
  readonly members: Map<string, Member>;
  commits = 0;
  isChange = false;
  /** Whether anybody began or committed something, or it matters in another way what is over a little later. */
  isActive = false;
  /** Whether it was the turn of another as well who waits for something that only time ends. */
  hasReachedWaiting = false;
  /** Whether somebody had to wait for room in a mailbox. */
  hasWaited = false;
  /** How often something was delivered or went on. */
  deliveries = 0;
  /** Whether deliveries go round in circles: they never end. */
  isEndless = false;
  readonly events: KernelEvent[] = [];
  /** The labels of what has to hold for some time and begins anew. */
  readonly restarted = new Set<string>();
  readonly #stage: Stage;
  /** Those who have not found out yet that all is over that they wait for. */
  readonly #late: Set<string>;
  /** Whose turn it was first. */
  #first: Member | null = null;
  /** What is still to be done, in order: those who go on, as all that they have sent has arrived, by name; null: deliveries. */
  readonly #tasks: (string | null)[] = [];
  /** Who has something to be delivered. */
  readonly #senders = new Set<string>();
  #isCalled = false;
  /** Where it was since it may be a circle, as texts. */
  readonly #met = new Set<string>();
  /** Whether somebody goes on without an end although nothing is on its way. */
  #isSpinning = false;

  /** @param isLate whether all is over by then that anybody waits for, and no timer has rung */
  constructor(stage: Stage, members: readonly Member[], isLate = false) {
    this.#stage = stage;
    this.#late = new Set(isLate ? members.map(({ name }) => name) : []);
    this.members = new Map(members.map((member) => [member.name, member]));
  }

  /** Gives an input to a member. @param given its instance at that time @param soFar the same for the same input */
  take(member: Member, given: Instance, input: Input, soFar: string): void {
    const { members, isVerbose } = this.#stage;
    const isLate = this.#late.delete(member.name);
    const key = isLate ? `${soFar}, late` : soFar;
    const from = () => (isLate ? overdue(member, given) : given);
    this.#first ??= member;
    this.hasReachedWaiting ||= member.name !== this.#first.name && isWaiting(member);
    const { machine, verbose } = member.part;
    if (isVerbose) this.events.push(...react(verbose, from(), input).events);
    const reacted = members.react(member, from, input, key);
    this.commits += reacted.commits;
    this.isChange ||= reacted.isChange;
    this.isActive ||= reacted.isActive;
    for (const duration of reacted.restarted) this.restarted.add(elapseLabel(member.name, duration));
    const after = this.#addressed(reacted.member);
    this.members.set(after.name, after);
    this.#note(member, after, machine.mail?.mailbox ?? this.#stage.mailbox);
  }

  /** Delivers what was sent, until nobody sends any more, or all is as it was before: then they answer each other for ever. */
  deliver(): void {
    for (let task = this.#tasks.shift(); task !== undefined && !this.#isOver; task = this.#tasks.shift()) {
      if (task === null) this.#deliverAll();
      else this.#resume(task);
      this.#isSpinning = this.#isWhereItWas("between");
    }
    // What is left of deliveries that go on for ever waits for no room.
    if (!this.#isOver && [...this.members.values()].some(isSending)) this.hasWaited = true;
  }

  /**
   * Who goes on for very long without a circle is cut off: what follows was not seen. So is who commits in a circle and sends nothing that
   * arrives: once it is known that it matters how often it has been there, it is held back.
   */
  get isCut(): boolean {
    return this.#isSpinning || this.deliveries > maxDeliveries;
  }

  get #isOver(): boolean {
    return this.isEndless || this.isCut;
  }

  /** Lets those go on who answer each other without an end. */
  resume(): void {
    for (const [name, { instance }] of this.members) if (instance.post.outgoing.length > 0) this.#sent(name);
  }

  /** Makes the broadcasts of a member a message to each of those who listen. */
  #addressed(member: Member): Member {
    const sender = this.#stage.members.addressed(member, (event) => this.#listeners(event, member));
    // Where nobody listens, there is nothing to wait for.
    if (sender !== member && sender.instance.post.outgoing.length === 0) this.#tasks.push(member.name);
    return sender;
  }

  /** The instances that listen to an event, in the order of the domains. */
  #listeners(event: string, sender: Member): Address[] {
    const alive = new Map([...this.members, [sender.name, sender] as const]);
    return [...this.#stage.parts.values()].flatMap(({ machine: { domain, mail } }) =>
      mail?.listensTo(event) === true
        ? [...alive.values()].flatMap(({ part, instance: { key } }) => (part.machine.domain === domain ? [{ domain, key }] : []))
        : [],
    );
  }

  #note(before: Member, { name, instance: { post } }: Member, mailbox: number): void {
    const was = before.instance.post;
    if (post.outgoing.length > 0 && !areSame(post.outgoing, was.outgoing)) this.#sent(name);
    if (was.inbox.length >= mailbox && post.inbox.length < mailbox) this.#freed(name);
  }

  #sent(name: string): void {
    this.#senders.add(name);
    if (this.#isCalled) return;
    this.#isCalled = true;
    this.#tasks.push(null);
  }

  /** Who waits for room in a mailbox has another try. */
  #freed(full: string): void {
    for (const [name, { instance }] of this.members) {
      if (instance.post.outgoing.some(({ to }) => to !== null && nameOf(to) === full)) this.#sent(name);
    }
  }

  #deliverAll(): void {
    for (const name of this.#senders) {
      this.#senders.delete(name);
      this.#deliver(name);
      if (this.#isOver) return;
      // Who is about to go on would be forgotten.
      this.isEndless = this.#senders.size > 0 && this.#tasks.length === 0 && this.#isWhereItWas("amid");
      if (this.isEndless) return;
    }
    this.#isCalled = false;
  }

  /** Whether all is as it was before. @param when in the midst of deliveries, or between two things that are to be done */
  #isWhereItWas(when: "amid" | "between"): boolean {
    if (this.deliveries < unsuspicious) return false;
    const text = JSON.stringify([when, this.#tasks, [...this.#senders], [...this.members.values()].map(({ id }) => id)]);
    const isKnown = this.#met.has(text);
    this.#met.add(text);
    return isKnown;
  }

  /** Delivers what one has sent, as far as there is room for it. */
  #deliver(name: string): void {
    let delivered = 0;
    let blocked = 0;
    // What is sent meanwhile comes later.
    for (let left = this.#outgoing(name).length; left > 0; left -= 1) {
      const envelope = this.#outgoing(name)[blocked];
      if (envelope === undefined) break;
      if (this.#handOver(name, envelope)) delivered += 1;
      else blocked += 1;
    }
    this.deliveries += delivered;
    if (delivered > 0 && this.#outgoing(name).length === 0) this.#resume(name);
  }

  #outgoing(name: string): readonly Envelope[] {
    return this.members.get(name)?.instance.post.outgoing ?? [];
  }

  /** Puts a message into a mailbox, and takes it off whoever has sent it. Gives whether there was room. */
  #handOver(sender: string, { number, to, name, args, isHigh, isEvent = false }: Envelope): boolean {
    const { members, parts, mailbox } = this.#stage;
    const from = this.members.get(sender);
    const part = parts.get(to?.domain ?? "");
    // It was seen to at the start that there is such a domain.
    if (to === null || part === undefined || from === undefined) return false;
    if ((this.members.get(nameOf(to))?.instance.post.inbox.length ?? 0) >= mailbox) {
      this.hasWaited = true;
      return false;
    }
    this.members.set(sender, members.without(from, number));
    const receiver = this.members.get(nameOf(to)) ?? members.unborn(part, to.key);
    const input: MessageInput = { type: "message", now: 0, from: sender, name, args, isEvent, isHigh };
    this.take(receiver, receiver.instance, input, `message ${JSON.stringify([sender, name, args, isEvent, isHigh])}`);
    return true;
  }

  /** Lets one go on, as all that it has sent has arrived. */
  #resume(name: string): void {
    this.deliveries += 1;
    const member = this.members.get(name);
    if (member !== undefined) this.take(member, member.instance, { type: "delivered", now: 0 }, "delivered");
  }
}

/** Whether these are the same messages: what was not sent anew is the same object, or one that looks the same. */
function areSame(some: readonly Envelope[], others: readonly Envelope[]): boolean {
  return some === others || (some.length === others.length && JSON.stringify(some) === JSON.stringify(others));
}
