import type { Input, KernelEvent } from "../../../runtime-lib/kernel/event.js";
import { createInstance, type Instance } from "../../../runtime-lib/kernel/instance.js";
import { addressed, withoutEnvelope } from "../../../runtime-lib/kernel/mail.js";
import { react } from "../../../runtime-lib/kernel/react.js";
import type { Machine } from "../../../runtime-lib/kernel/rules.js";

/** An instance of a system. */
export interface Member {
  /** `Domain/key`. */
  readonly name: string;
  readonly domain: string;
  readonly key: string;
  readonly instance: Instance;
}

/** So many deliveries follow from one move at most. */
const maxDeliveries = 1000;

/** So many deliveries are not yet taken for a circle. */
const unsuspicious = 20;

/** One move while it is made: reactions, and what they send. */
export class SystemTurn {
  members: Member[];
  commits = 0;
  /** Whether somebody had to wait for room in a mailbox. */
  hasWaited = false;
  /** Whether deliveries go round in circles: they never end. */
  isEndless = false;
  readonly events: KernelEvent[] = [];
  readonly #machines: ReadonlyMap<string, Machine>;
  readonly #mailbox: number;
  /** Who has sent something, in order. */
  #senders: string[] = [];

  constructor(machines: ReadonlyMap<string, Machine>, mailbox: number, members: readonly Member[]) {
    this.#machines = machines;
    this.#mailbox = mailbox;
    this.members = [...members];
  }

  take(member: Member, input: Input): void {
    const machine = this.#machines.get(member.domain);
    if (machine === undefined) throw new Error(`there is no domain ${member.domain}`);
    const reaction = react(machine, member.instance, input);
    this.commits += reaction.commits.length + (reaction.handled === null ? 0 : 1);
    this.events.push(...reaction.events);
    this.#set({ ...member, instance: reaction.instance });
    const instance = addressed(reaction.instance, (event) => this.#listeners(event));
    this.#set({ ...member, instance });
    // Where nobody listens, there is nothing to wait for.
    if (instance !== reaction.instance && instance.post.outgoing.length === 0)
      return this.take({ ...member, instance }, { type: "delivered", now: 0 });
    // Also who waited for room has another try, as after every change.
    this.#senders = [
      ...this.#senders,
      ...this.members.filter(({ instance }) => instance.post.outgoing.length > 0).map(({ name }) => name),
    ];
  }

  #listeners(event: string): { domain: string; key: string }[] {
    return this.members.filter(({ domain }) => this.#machines.get(domain)?.mail?.listensTo(event));
  }

  #set(member: Member): void {
    const index = this.members.findIndex(({ name }) => name === member.name);
    if (index < 0) this.members.push(member);
    else this.members[index] = member;
  }

  /**
   * Delivers what was sent, until nobody sends any more, or until all is as it was before: then they answer each other for ever. Who goes
   * on for very long without that is cut off, as one who waits for room.
   * @param fingerprint what of an instance makes a difference, as text
   */
  deliver(fingerprint: (member: Member) => string): void {
    const met = new Set<string>();
    for (let count = 0; count < maxDeliveries; count += 1) {
      const name = this.#senders.shift();
      if (name === undefined) return;
      for (const { number } of this.#member(name)?.instance.post.outgoing ?? []) this.#hand(name, number);
      const sender = this.#member(name);
      if (sender?.instance.post.outgoing.length === 0) this.take(sender, { type: "delivered", now: 0 });
      if (count < unsuspicious) continue;
      const text = JSON.stringify([[...new Set(this.#senders)], this.members.map(fingerprint)]);
      this.isEndless = met.has(text) && this.#senders.length > 0;
      if (this.isEndless) return;
      met.add(text);
    }
    this.hasWaited = true;
  }

  #hand(name: string, number: number): void {
    const sender = this.#member(name);
    const envelope = sender?.instance.post.outgoing.find((other) => other.number === number);
    if (sender === undefined || envelope?.to == null) return;
    const { domain, key } = envelope.to;
    const machine = this.#machines.get(domain);
    const to = `${domain}/${key}`;
    const known = this.#member(to);
    if (machine === undefined) return;
    if ((known?.instance.post.inbox.length ?? 0) >= this.#mailbox) {
      this.hasWaited = true;
      return;
    }
    this.#set({ ...sender, instance: withoutEnvelope(sender.instance, number) });
    const receiver = this.#member(to) ?? { name: to, domain, key, instance: createInstance(machine, key, "") };
    const { name: message, args, isHigh, isEvent = false } = envelope;
    this.take(receiver, { type: "message", now: 0, from: name, name: message, args, isHigh, isEvent });
  }

  #member(name: string): Member | undefined {
    return this.members.find((member) => member.name === name);
  }
}
