import { ObservationError } from "../errors.js";
import type { Input, KernelEvent, OutcomeInput } from "../kernel/event.js";
import { reasonOf } from "../kernel/faults.js";
import { hasEffects } from "../kernel/features.js";
import { createInstance, type Instance, keyOf, none } from "../kernel/instance.js";
import { type Reaction, react } from "../kernel/react.js";
import type { Machine } from "../kernel/rules.js";
import { type Status, statusOf } from "../kernel/status.js";
import type { State } from "../kernel/value.js";
import { Agenda } from "./agenda.js";
import { Alarm } from "./alarm.js";
import type { Signal } from "./call.js";
import { type CallOptions, type CallOwner, Calls } from "./calls.js";
import type { FlushQueue } from "./flush-queue.js";
import type { Journal, Revived, SettleRequest, TakenMessage } from "./journal.js";
import type { Loop } from "./loop.js";
import type { Post } from "./post.js";
import { Slot } from "./slot.js";
import { snapshot } from "./snapshot.js";
import { abortable } from "./waiter.js";
import { Wakes } from "./wakes.js";

/** What a host works with. */
export interface HostParts extends CallOptions {
  readonly machine: Machine;
  /** Null: the instances live in memory and end with the host. */
  readonly journal: Journal | null;
  readonly onEvent: ((event: KernelEvent) => void) | undefined;
  /** Shared by the hosts of a system. */
  readonly loop: Loop;
  /** Null where there is no journal. The hosts of a system share one. */
  readonly flushQueue: FlushQueue | null;
  /** Null: its instances talk to nobody. */
  readonly post: Post | null;
}

const done = Promise.resolve();

/** What happens to an instance without anybody who waits for it. */
type Unasked = Extract<Input, { readonly type: "started" | "timer" | "recovered" | "delivered" | "message" | "outcome" }>;

/**
 * The embedded host of a domain's instances: gives `react` one input at a time and does what comes out. It decides nothing.
 *
 *  1. Inputs are taken in the order of their arrival; what arrives during a reaction waits in the mailbox.
 *  2. Nothing has consequences (an acknowledgement, an attempt, a published event) before the journal has it.
 *  3. Whatever adapters and listeners do, nothing escapes: no exception, no unhandled rejection.
 *  4. One timer serves everything, and there is none while nothing is due.
 */
export class Host implements CallOwner {
  readonly #parts: HostParts;
  readonly #loop: Loop;
  #epoch = "";
  readonly #slots = new Map<string, Slot>();
  #closing: Promise<void> | null = null;
  /** Why it stopped by itself; empty while it did not. */
  #failure = "";
  readonly #flushQueue: FlushQueue | null;
  readonly #agenda = new Agenda();
  /** Null: nothing is ever emitted. */
  readonly #calls: Calls | null;
  readonly #wakes: Wakes;
  #alarm: Alarm | null = null;

  constructor(parts: HostParts) {
    this.#parts = parts;
    this.#loop = parts.loop;
    parts.loop.whenAtRest(() => this.#setAlarm());
    this.#wakes = new Wakes(this.#agenda, (key, now) => this.#wake(key, now));
    this.#calls = hasEffects ? new Calls(parts, this, this.#agenda) : null;
    this.#flushQueue = parts.flushQueue;
  }

  /** The name of the domain. */
  get domain(): string {
    return this.#parts.machine.domain;
  }

  /** Drawn once for each journal; part of every idempotency key. */
  get epoch(): string {
    return this.#epoch;
  }

  /** Gives the keys of the instances that have come to life. */
  keys(): Iterable<string> {
    return this.#slots.keys();
  }

  /** Gives the instances that have come to life, as they are now. */
  *instances(): Generator<Instance> {
    for (const { instance } of this.#slots.values()) yield instance;
  }

  /** Begins, with what a journal has kept: each instance goes on from where it was. */
  begin(epoch: string, revived: readonly Revived[]): void {
    this.#epoch = epoch;
    const own = revived.filter(({ domain }) => domain === this.domain);
    for (const { instance } of own) this.#slots.set(instance.key, new Slot(instance));
    this.run(() => {
      for (const one of own) this.#recover(one);
      for (const slot of this.#slots.values())
        if (slot.instance.post.outgoing.length > 0) this.#parts.post?.sent({ host: this, slot });
    });
  }

  #recover({ instance: { key }, dropped }: Revived): void {
    const at = this.#now();
    this.#take(key, { type: "recovered", now: at });
    for (const writes of dropped) this.#publish({ type: "dropped", domain: this.domain, instance: key, at, ...writes });
  }

  /** Brings an instance to life, if it is not alive yet; `state` is with what it begins instead of its defaults. */
  start(key: string, state?: Partial<State>): void {
    if (this.#slots.has(key)) return;
    this.run(() => void this.#take(key, { type: "started", now: this.#now(), ...(state === undefined ? {} : { state }) }));
  }

  /** Says whether its instances do something about an event. */
  listensTo(event: string): boolean {
    return this.#parts.machine.mail?.listensTo(event) ?? false;
  }

  /** Whether it has stopped, or is about to. */
  get isStopped(): boolean {
    return this.#closing !== null;
  }

  /** Sends an instance a message from outside. Rejects where it is refused. */
  send(key: string, name: string, args: readonly unknown[]): Promise<void> {
    return this.#ask(key, { type: "message", now: this.#now(), from: null, name, args, isEvent: false, isHigh: false });
  }

  /** Goes on with an instance whose messages have all arrived. */
  resume(key: string): void {
    void this.#take(key, { type: "delivered", now: this.#now() });
  }

  /** Makes what a message made of an instance the case; it was taken off whoever has sent it. */
  receive(key: string, before: Instance, reaction: Reaction, input: Input, taken?: TakenMessage): void {
    void this.#keep(key, this.#slots.get(key), before, reaction, input, taken);
  }

  /** The rules of the domain, as the kernel wants them. */
  get machine(): Machine {
    return this.#parts.machine;
  }

  /** Gives what is held of an instance; undefined: it has not come to life. */
  slot(key: string): Slot | undefined {
    return this.#slots.get(key);
  }

  /** Finds an instance; one that has not come to life is given as it would be. */
  find(key: string): Instance {
    const { machine } = this.#parts;
    const own = this.#slots.get(key)?.instance;
    return own ?? react(machine, createInstance(machine, key, this.#epoch), { type: "started", now: this.#now() }).instance;
  }

  /** Gives the status of an instance. */
  statusOf(key: string): Status {
    const status = statusOf(this.#parts.machine, this.find(key));
    return this.#closing === null ? status : { ...status, phase: "stopped" };
  }

  /** Observes facts of an instance. Rejects where they are refused. */
  observe(key: string, facts: unknown): Promise<void> {
    const now = this.#now();
    return this.#ask(key, { type: "observation", now, facts: this.#loop.isBusy ? snapshot(facts) : facts });
  }

  /** Settles a pending intent. Rejects where none has the key. */
  resolve({ key, ...said }: SettleRequest): Promise<void> {
    for (const { key: instance, epoch, activations } of hasEffects ? this.instances() : none) {
      const settled = activations.find(({ number, next }) => keyOf(this.domain, instance, epoch, number, next) === key);
      if (settled === undefined) continue;
      const { number: activation, next: intent, intents } = settled;
      const { handlers } = this.#parts.machine;
      const mismatch = said.happened ? (handlers?.mismatch(intents[intent]?.effect ?? "", said.value) ?? null) : null;
      if (mismatch !== null) return refusal(`a handler asks for what it came to: ${mismatch}`);
      return this.#ask(instance, { type: "settled", now: this.#now(), activation, intent, ...said });
    }
    return refusal(`no pending intent of ${this.domain} has the key ${key}`);
  }

  /** Says whether an instance is no longer at work, and that is on stable storage. */
  isSettled(key: string): boolean {
    if (this.#closing !== null) return true;
    return !this.#loop.isBusy && this.#isFlushed() && this.find(key).phase !== "working";
  }

  /**
   * Waits until an instance is no longer at work, and that is on stable storage. Gives its status. Rejects with the signal's
   * reason when that aborts.
   */
  settled(key: string, signal?: Signal): Promise<Status> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.isSettled(key)) return Promise.resolve(this.statusOf(key));
    this.start(key);
    return new Promise((resolve, reject) => {
      const wait = () => this.#await(key, signal, resolve, reject);
      if (this.#loop.isBusy) this.run(wait);
      else wait();
    });
  }

  #await(key: string, signal: Signal | undefined, resolve: (status: Status) => void, reject: (reason: unknown) => void): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) return resolve(this.statusOf(key));
    const waiter = signal === undefined ? resolve : abortable(slot, signal, resolve, reject);
    slot.waiters = slot.waiters.length === 0 ? [waiter] : [...slot.waiters, waiter];
    const { instance } = slot;
    // One that is at work tells when it no longer is.
    if (instance.phase !== "working") this.#whenFlushed(() => this.#tellWaiters(slot, instance));
  }

  /** Starts nothing any more, aborts running adapters and clears the timers. Resolves once the journal is closed. */
  stop(): Promise<void> {
    if (this.#closing !== null) return this.#closing;
    const { journal } = this.#parts;
    this.#closing = journal === null ? done : done.then(() => journal.close());
    // Who stops because a write has failed knows it.
    this.#closing.catch(() => {});
    this.#agenda.clear();
    this.#alarm?.set(Infinity, false);
    for (const [key, slot] of this.#slots) {
      this.#calls?.stop(slot);
      this.#publish({ type: "stopped", domain: this.domain, instance: key, at: this.#now(), reason: this.#failure });
      this.#tellWaiters(slot, slot.instance);
    }
    return this.#closing;
  }

  /** Stops because a write has failed. */
  fail(error: unknown): void {
    this.#failure ||= reasonOf(error);
    void this.stop();
  }

  #now(): number {
    return this.#parts.clock.now();
  }

  /** Answers those who wait for an instance to settle, if it has, and nothing newer is being written. */
  #tellWaiters(slot: Slot, instance: Instance): void {
    const { waiters } = slot;
    if (waiters.length === 0 || (this.#closing === null && (instance !== slot.instance || instance.phase === "working"))) return;
    slot.waiters = none;
    const status = this.statusOf(instance.key);
    for (const waiter of waiters) waiter(status);
  }

  /** Does a task in its turn. */
  run(task: () => void): void {
    this.#loop.run(task);
  }

  /** Takes what an attempt came to. */
  end(key: string, outcome: OutcomeInput): void {
    const loop = this.#loop;
    if (loop.isBusy) return loop.run(() => void this.#take(key, outcome));
    loop.begin();
    this.#take(key, outcome);
    loop.finish();
  }

  #isFlushed(): boolean {
    return this.#flushQueue === null || this.#flushQueue.isIdle;
  }

  /** Performs what nobody waits for in its turn: never, when it comes after a failed write. */
  #whenFlushed(perform: () => void): void {
    if (this.#flushQueue === null) perform();
    else this.#flushQueue.add(perform, null);
  }

  /** Gives an input to an instance; the promise says whether it was accepted. */
  #ask(key: string, input: Input): Promise<void> {
    const loop = this.#loop;
    if (loop.isBusy) return new Promise((accept) => loop.run(() => accept(this.#answer(key, input))));
    loop.begin();
    const answer = this.#answer(key, input);
    loop.finish();
    return answer;
  }

  #answer(key: string, input: Input): Promise<void> {
    if (this.#closing === null) return this.#take(key, input);
    return refusal(`${this.domain}/${key} is stopped${this.#failure && `: ${this.#failure}`}`);
  }

  #take(key: string, input: Input): Promise<void> {
    if (this.#closing !== null) return done;
    const { machine } = this.#parts;
    const known = this.#slots.get(key);
    const before = known?.instance ?? createInstance(machine, key, this.#epoch);
    return this.#keep(key, known, before, react(machine, before, input), input);
  }

  /** Makes what became of an instance the case: in memory, in the journal, and then for the world. */
  #keep(
    key: string,
    known: Slot | undefined,
    before: Instance,
    reacted: Reaction,
    input: Input,
    taken?: TakenMessage,
  ): Promise<void> {
    const { machine, journal, post } = this.#parts;
    if (reacted.refused !== null) return this.#refuse(reacted);
    const slot = known ?? new Slot(before);
    if (known === undefined) this.#slots.set(key, slot);
    const reaction = post === null ? reacted : post.addressed(this, reacted);
    slot.instance = reaction.instance;
    if (before.wakeAt !== reaction.instance.wakeAt) this.#wakes.set(key, reaction.instance.wakeAt);
    const flush = journal?.append(machine, known === undefined ? null : before, reaction, input, taken) ?? null;
    post?.note(this, slot, before);
    if (flush !== null) this.#flushQueue?.wait(flush);
    if (this.#isFlushed()) {
      this.#perform(slot, reaction, input);
      return done;
    }
    return this.#performLater(slot, reaction, input);
  }

  #performLater(slot: Slot, reaction: Reaction, input: Input): Promise<void> {
    const perform = () => this.#perform(slot, reaction, input);
    const isQuestion =
      input.type === "observation" || input.type === "settled" || (input.type === "message" && input.from === null);
    if (!isQuestion) {
      // Nobody asked for the answer to what is no question.
      input satisfies Unasked;
      this.#whenFlushed(perform);
      return done;
    }
    return new Promise((accept, reject) => {
      const performAndAccept = () => {
        perform();
        accept();
      };
      this.#flushQueue?.add(performAndAccept, reject);
    });
  }

  #refuse({ events, refused }: Reaction): Promise<void> {
    if (events.length > 0) this.#whenFlushed(() => events.forEach((event) => this.#publish(event)));
    return refusal(refused ?? "");
  }

  #perform(slot: Slot, { events, attempts, instance }: Reaction, input: Input): void {
    for (const event of events) this.#publish(event);
    if (this.#closing !== null) return;
    if (slot.calls.length > 0 && (input.type === "settled" || (input.type === "outcome" && input.outcome === "done"))) {
      this.#calls?.giveUp(slot, input.activation);
    }
    for (const attempt of attempts) this.#calls?.make(slot, attempt, this.#flushQueue === null ? input.now : this.#now());
    this.#tellWaiters(slot, instance);
  }

  #publish(event: KernelEvent): void {
    try {
      this.#parts.onEvent?.(event);
    } catch {
      // A listener's fault is not the domain's.
    }
  }

  #wake(key: string, now: number): void {
    void this.#take(key, { type: "timer", now });
    // Where the clock was set back, it may be due at the same time as before.
    const at = this.#slots.get(key)?.instance.wakeAt ?? null;
    if (at !== null && !this.#wakes.has(key) && this.#closing === null) this.#wakes.set(key, at);
  }

  #setAlarm(): void {
    const due = this.#agenda.next;
    if (this.#closing !== null || (this.#alarm === null && due === Infinity)) return;
    this.#alarm ??= new Alarm(this.#parts.clock, () => this.run(() => this.#ring()));
    this.#alarm.set(due, (this.#calls?.open ?? 0) > 0);
  }

  #ring(): void {
    const now = this.#now();
    // Where nothing is due although the time has passed, the clock was set back: the kernel has to know what time it is.
    let due = this.#agenda.take(now) ?? this.#agenda.take(this.#agenda.next);
    for (; due !== undefined; due = this.#agenda.take(now)) due.ring(now);
  }
}

function refusal(reason: string): Promise<never> {
  return Promise.reject(new ObservationError(reason));
}
