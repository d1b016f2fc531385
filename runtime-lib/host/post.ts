import type { Address } from "../kernel/compiled.js";
import type { Input } from "../kernel/event.js";
import { createInstance, type Envelope, type Instance } from "../kernel/instance.js";
import { addressed, defaultMailbox, nameOf, withoutEnvelope } from "../kernel/mail.js";
import { type Reaction, react } from "../kernel/react.js";
import type { Machine } from "../kernel/rules.js";
import type { Clock } from "./clock.js";
import type { TakenMessage } from "./journal.js";
import type { Loop } from "./loop.js";
import type { Slot } from "./slot.js";

/** A host, as far as messages have to do with it. */
export interface PostHost {
  readonly domain: string;
  readonly machine: Machine;
  readonly epoch: string;
  readonly isStopped: boolean;
  keys(): Iterable<string>;
  /** Gives what is held of an instance; undefined: it has not come to life. */
  slot(key: string): Slot | undefined;
  listensTo(event: string): boolean;
  /** Makes what a message made of an instance the case. */
  receive(key: string, before: Instance, reaction: Reaction, input: Input, taken: TakenMessage | undefined): void;
  /** Lets an instance go on, as all that it has sent has arrived. */
  resume(key: string): void;
}

/** An instance that has sent something. */
interface Sender {
  readonly host: PostHost;
  readonly slot: Slot;
}

/** Where an instance is that a message is for. */
interface Location {
  readonly host: PostHost;
  readonly key: string;
}

/**
 * After so many messages in a row something else has its turn: two who answer each other for ever stop nobody. Nor does one whose
 * broadcasts reach nobody, and who goes on each time.
 */
const maxAtOnce = 1000;

/**
 * The post of a system: it takes what instances send to the mailboxes of those whom it is for. A message is in the journal as one
 * that was sent, or as one that was taken, by one and the same record: whatever crashes, it is neither lost nor there twice.
 */
export class Post {
  readonly #hosts = new Map<string, PostHost>();
  readonly #loop: Loop;
  readonly #clock: Clock;
  /** Who has something to be delivered, by name. */
  readonly #senders = new Map<string, Sender>();
  /** Who waits for room in a mailbox, by the name of whose it is. */
  readonly #waiting = new Map<string, Map<string, Sender>>();
  #isCalled = false;
  /** So many may yet follow before something else has its turn. */
  #left = maxAtOnce;

  constructor(loop: Loop, clock: Clock) {
    this.#loop = loop;
    this.#clock = clock;
    loop.whenAtRest(() => {
      this.#left = maxAtOnce;
    });
  }

  /** Adds a host that messages may go to. */
  add(host: PostHost): void {
    this.#hosts.set(host.domain, host);
  }

  /** Makes the broadcasts of a reaction a message to each of those who listen. */
  addressed(host: PostHost, reaction: Reaction): Reaction {
    const instance = addressed(reaction.instance, (event) => this.#listeners(event));
    if (instance === reaction.instance) return reaction;
    // Where nobody listens, there is nothing to wait for.
    if (instance.post.outgoing.length === 0) {
      this.#left -= 1;
      this.#soon(() => host.resume(instance.key));
    }
    return { ...reaction, instance };
  }

  /** Notes what became of an instance: it may have sent something, or have room again. */
  note(host: PostHost, slot: Slot, before: Instance): void {
    const { post, key } = slot.instance;
    if (post === before.post) return;
    if (post.outgoing.length > 0 && post.outgoing !== before.post.outgoing) this.sent({ host, slot });
    const size = mailboxOf(host);
    if (before.post.inbox.length >= size && post.inbox.length < size) this.#freed({ domain: host.domain, key });
  }

  /** Gives the instances that listen to an event. */
  #listeners(event: string): Address[] {
    return [...this.#hosts.values()].flatMap((host) =>
      host.listensTo(event) ? [...host.keys()].map((key) => ({ domain: host.domain, key })) : [],
    );
  }

  /** Notes that an instance has something to be delivered. */
  sent(sender: Sender): void {
    this.#senders.set(nameOf({ domain: sender.host.domain, key: sender.slot.instance.key }), sender);
    this.#call();
  }

  /** Notes that a mailbox that was full has room. */
  #freed(address: Address): void {
    const name = nameOf(address);
    for (const sender of this.#waiting.get(name)?.values() ?? []) this.sent(sender);
    this.#waiting.delete(name);
  }

  #call(): void {
    if (this.#isCalled) return;
    this.#isCalled = true;
    this.#soon(() => this.#deliverAll());
  }

  /** Has something done next, or once something else has had its turn. */
  #soon(task: () => void): void {
    if (this.#left > 0) return this.#loop.run(task);
    // Later, or a clock that is made to stand still would never get further.
    this.#clock.setTimer(this.#clock.now() + 1, () => this.#loop.run(task));
  }

  #deliverAll(): void {
    for (const [name, sender] of this.#senders) {
      if (this.#left <= 0) return this.#soon(() => this.#deliverAll());
      this.#senders.delete(name);
      this.#left -= this.#deliver(name, sender);
    }
    this.#isCalled = false;
  }

  /** Delivers what one has sent, as far as there is room for it. Gives how many messages that were. */
  #deliver(name: string, sender: Sender): number {
    const { host, slot } = sender;
    let delivered = 0;
    for (const envelope of slot.instance.post.outgoing) {
      if (host.isStopped) return delivered;
      const to = this.#locationOf(envelope);
      if ((to.host.slot(to.key)?.instance.post.inbox.length ?? 0) >= mailboxOf(to.host)) {
        this.#wait(nameOf({ domain: to.host.domain, key: to.key }), name, sender);
        continue;
      }
      this.#handOver(envelope, sender, to);
      delivered += 1;
    }
    if (delivered > 0 && slot.instance.post.outgoing.length === 0) host.resume(slot.instance.key);
    return delivered;
  }

  /** Puts a message into a mailbox, and takes it off whoever has sent it: both at once, or neither. */
  #handOver({ number, name, args, isEvent = false, isHigh }: Envelope, { host, slot }: Sender, to: Location): void {
    const { machine } = to.host;
    const known = to.host.slot(to.key);
    const before = known?.instance ?? createInstance(machine, to.key, to.host.epoch);
    const { key } = slot.instance;
    slot.instance = withoutEnvelope(slot.instance, number);
    const from = nameOf({ domain: host.domain, key });
    const input: Input = { type: "message", now: this.#clock.now(), from, name, args, isEvent, isHigh };
    const isOwn = known === slot;
    const reaction = react(machine, isOwn ? slot.instance : before, input);
    to.host.receive(to.key, before, reaction, input, isOwn ? undefined : { domain: host.domain, key, number });
  }

  #wait(full: string, name: string, sender: Sender): void {
    const waiting = this.#waiting.get(full) ?? new Map<string, Sender>();
    waiting.set(name, sender);
    this.#waiting.set(full, waiting);
  }

  /** Says where a message goes; it was seen to at the start that there is such a host. */
  #locationOf({ to }: Envelope): Location {
    return { host: this.#hosts.get(to?.domain ?? "") as PostHost, key: to?.key ?? "" };
  }
}

/** Says how many messages a mailbox of a host's instances holds. */
function mailboxOf({ machine }: PostHost): number {
  return machine.mail?.mailbox ?? defaultMailbox;
}
