import type { Input, KernelEvent } from "../../runtime-lib/kernel/event.js";
import { createInstance, type Instance } from "../../runtime-lib/kernel/instance.js";
import { addressed, withoutEnvelope } from "../../runtime-lib/kernel/mail.js";
import { react } from "../../runtime-lib/kernel/react.js";
import type { Machine } from "../../runtime-lib/kernel/rules.js";

/** An instance of a system. */
export interface Member {
  /** `Domain/key`. */
  readonly name: string;
  readonly domain: string;
  readonly key: string;
  readonly instance: Instance;
}

/** One move while it is made: reactions, and what they send. */
export class SystemTurn {
  members: Member[];
  commits = 0;
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

  /** Delivers what was sent; who answers each other for ever is cut off, and goes on with the next move. */
  deliver(): void {
    for (let left = 1000; left > 0; left -= 1) {
      const name = this.#senders.shift();
      if (name === undefined) return;
      for (const { number } of this.#member(name)?.instance.post.outgoing ?? []) this.#hand(name, number);
      const sender = this.#member(name);
      if (sender?.instance.post.outgoing.length === 0) this.take(sender, { type: "delivered", now: 0 });
    }
  }

  #hand(name: string, number: number): void {
    const sender = this.#member(name);
    const envelope = sender?.instance.post.outgoing.find((other) => other.number === number);
    if (sender === undefined || envelope?.to == null) return;
    const { domain, key } = envelope.to;
    const machine = this.#machines.get(domain);
    const to = `${domain}/${key}`;
    const known = this.#member(to);
    if (machine === undefined || (known?.instance.post.inbox.length ?? 0) >= this.#mailbox) return;
    this.#set({ ...sender, instance: withoutEnvelope(sender.instance, number) });
    const receiver = this.#member(to) ?? { name: to, domain, key, instance: createInstance(machine, key, "") };
    const { name: message, args, isHigh, isEvent = false } = envelope;
    this.take(receiver, { type: "message", now: 0, from: name, name: message, args, isHigh, isEvent });
  }

  #member(name: string): Member | undefined {
    return this.members.find((member) => member.name === name);
  }
}
