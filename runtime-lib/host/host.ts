import { ObservationError } from "../errors.js";
import type { Attempt, Input, KernelEvent, Outcome } from "../kernel/event.js";
import { reasonOf } from "../kernel/faults.js";
import { createInstance, type Instance, keyOf, none } from "../kernel/instance.js";
import type { Machine } from "../kernel/machine.js";
import { type Reaction, react } from "../kernel/react.js";
import { type Status, statusOf } from "../kernel/status.js";
import { invoke, type Route } from "./adapters.js";
import { Agenda, type Entry } from "./agenda.js";
import { Alarm } from "./alarm.js";
import { Call, type Signal } from "./call.js";
import type { Clock } from "./clock.js";
import type { Gates } from "./gates.js";
import type { Journal, Revived, SettleRequest } from "./journal.js";
import { Outbox } from "./outbox.js";
import { isThenable, outcomeOfThrow } from "./outcome.js";

/** What a host works with. */
export interface Setting {
  readonly machine: Machine;
  /** Who carries out each effect, by its dotted name. */
  readonly routes: Map<string, Route>;
  readonly clock: Clock;
  readonly gates: Gates | null;
  /** Null: the instances live in memory and end with the host. */
  readonly journal: Journal | null;
  readonly onEvent: ((event: KernelEvent) => void) | undefined;
}

type Waiter = (status: Status) => void;

/** A call whose adapter has not answered yet, as it stands on the agenda. */
interface OpenCall extends Entry {
  readonly call: Call;
}

/** The place of an instance: at rest it holds the instance's value and nothing else. */
class Slot {
  instance: Instance;
  calls: readonly OpenCall[] = none;
  waiters: readonly Waiter[] = none;
  wake: Entry | null = null;

  constructor(instance: Instance) {
    this.instance = instance;
  }
}

const done = Promise.resolve();

/**
 * The embedded host of a domain's instances: gives `react` one input at a time and does what comes out. It decides nothing.
 *
 *  1. Inputs are taken in the order of their arrival; what arrives during a reaction waits in the mailbox.
 *  2. Nothing has consequences (an acknowledgement, an attempt, a published event) before the journal has it.
 *  3. Whatever adapters and listeners do, nothing escapes: no exception, no unhandled rejection.
 *  4. One timer serves everything, and there is none while nothing is due.
 */
export class Host {
  readonly #setting: Setting;
  #epoch = "";
  readonly #slots = new Map<string, Slot>();
  #mailbox: (() => void)[] = [];
  #isBusy = false;
  #openCalls = 0;
  #closing: Promise<void> | null = null;
  readonly #outbox: Outbox | null;
  readonly #agenda = new Agenda();
  #alarm: Alarm | null = null;

  constructor(setting: Setting) {
    this.#setting = setting;
    const run = (task: () => void) => this.#run(task);
    this.#outbox = setting.journal === null ? null : new Outbox(run, () => void this.stop());
  }

  get domain(): string {
    return this.#setting.machine.domain;
  }

  /** Drawn once for each journal; part of every idempotency key. */
  get epoch(): string {
    return this.#epoch;
  }

  /** The keys of the instances that have come to life. */
  keys(): Iterable<string> {
    return this.#slots.keys();
  }

  /** The instances that have come to life, as they are now. */
  *instances(): Generator<Instance> {
    for (const { instance } of this.#slots.values()) yield instance;
  }

  /** Begins, with what a journal has kept: each instance goes on from where it was. */
  begin(epoch: string, revived: readonly Revived[]): void {
    this.#epoch = epoch;
    for (const { instance } of revived) this.#slots.set(instance.key, new Slot(instance));
    this.#run(() => {
      for (const one of revived) this.#recover(one);
    });
  }

  #recover({ instance: { key }, dropped }: Revived): void {
    const at = this.#now();
    this.#take(key, { type: "recovered", now: at });
    for (const writes of dropped) this.#publish({ type: "dropped", domain: this.domain, instance: key, at, ...writes });
  }

  /** Brings an instance to life, if it is not alive yet. */
  start(key: string): void {
    if (!this.#slots.has(key)) this.#run(() => this.#take(key, { type: "started", now: this.#now() }));
  }

  /** An instance; one that has not come to life as it would be. */
  find(key: string): Instance {
    const { machine } = this.#setting;
    const own = this.#slots.get(key)?.instance;
    return own ?? react(machine, createInstance(machine, key, this.#epoch), { type: "started", now: this.#now() }).instance;
  }

  statusOf(key: string): Status {
    const status = statusOf(this.#setting.machine, this.find(key));
    return this.#closing === null ? status : { ...status, phase: "stopped" };
  }

  /** Tells an instance facts. Rejects where they are refused. */
  observe(key: string, facts: unknown): Promise<void> {
    const now = this.#now();
    return this.#ask(key, { type: "observation", now, facts: this.#isBusy ? snapshot(facts) : facts });
  }

  /** Settles a pending intent. Rejects where none has the key. */
  resolve({ key, happened, by, why }: SettleRequest): Promise<void> {
    for (const { key: instance, epoch, activations } of this.instances()) {
      const settled = activations.find(({ number, next }) => keyOf(this.domain, instance, epoch, number, next) === key);
      if (settled === undefined) continue;
      const { number: activation, next: intent } = settled;
      return this.#ask(instance, { type: "settled", now: this.#now(), activation, intent, happened, by, why });
    }
    return Promise.reject(new ObservationError(`no pending intent of ${this.domain} has the key ${key}`));
  }

  settled(key: string, signal?: Signal): Promise<Status> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const isQuiet = !this.#isBusy && this.#isFlushed();
    if (this.#closing !== null || (isQuiet && this.find(key).phase !== "working")) return Promise.resolve(this.statusOf(key));
    this.start(key);
    return new Promise((resolve, reject) => this.#run(() => this.#await(key, signal, resolve, reject)));
  }

  #await(key: string, signal: Signal | undefined, resolve: Waiter, reject: (reason: unknown) => void): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) return resolve(this.statusOf(key));
    const waiter = (status: Status) => {
      signal?.removeEventListener("abort", onAbort);
      resolve(status);
    };
    const onAbort = () => {
      slot.waiters = slot.waiters.filter((other) => other !== waiter);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", onAbort);
    slot.waiters = [...slot.waiters, waiter];
    const { instance } = slot;
    const tell = () => this.#tellWaiters(slot, instance);
    if (this.#outbox === null) tell();
    else this.#outbox.add(tell, none);
  }

  stop(): Promise<void> {
    if (this.#closing !== null) return this.#closing;
    const { journal } = this.#setting;
    this.#closing = journal === null ? done : done.then(() => journal.close());
    // Who stops because a write has failed was told so.
    this.#closing.catch(() => {});
    this.#agenda.clear();
    this.#alarm?.set(Infinity, false);
    for (const [key, slot] of this.#slots) this.#stopOne(key, slot);
    return this.#closing;
  }

  #stopOne(key: string, slot: Slot): void {
    for (const { call } of slot.calls) Call.abort(call, `${this.domain}/${key} was stopped`);
    slot.calls = none;
    this.#publish({ type: "stopped", domain: this.domain, instance: key, at: this.#now() });
    this.#tellWaiters(slot, slot.instance);
  }

  #now(): number {
    return this.#setting.clock.now();
  }

  /** Answers those who wait for an instance to settle, if it has, and nothing newer is being written. */
  #tellWaiters(slot: Slot, instance: Instance): void {
    const { waiters } = slot;
    if (waiters.length === 0 || (this.#closing === null && (instance !== slot.instance || instance.phase === "working"))) return;
    slot.waiters = none;
    const status = this.statusOf(instance.key);
    for (const waiter of waiters) waiter(status);
  }

  /** Does one thing at a time: what comes up meanwhile waits its turn. */
  #run(task: () => void): void {
    if (this.#isBusy) {
      this.#mailbox.push(task);
      return;
    }
    this.#isBusy = true;
    task();
    this.#finish();
  }

  #finish(): void {
    for (let next = this.#mailbox.shift(); next !== undefined; next = this.#mailbox.shift()) next();
    this.#isBusy = false;
    this.#setAlarm();
  }

  #isFlushed(): boolean {
    return this.#outbox === null || this.#outbox.isIdle;
  }

  /** Gives an input to an instance; the promise says whether it was accepted. */
  #ask(key: string, input: Input): Promise<void> {
    if (this.#isBusy) return new Promise((accept) => this.#mailbox.push(() => accept(this.#take(key, input))));
    this.#isBusy = true;
    const answer = this.#take(key, input);
    this.#finish();
    return answer;
  }

  #take(key: string, input: Input): Promise<void> {
    if (this.#closing !== null) return refusal(`${this.domain}/${key} is stopped`);
    const { machine, journal } = this.#setting;
    const known = this.#slots.get(key);
    const before = known?.instance ?? createInstance(machine, key, this.#epoch);
    const reaction = react(machine, before, input);
    if (reaction.refused !== null) return this.#refuse(reaction);
    const slot = known ?? new Slot(before);
    if (known === undefined) this.#slots.set(key, slot);
    slot.instance = reaction.instance;
    this.#setWake(slot, key);
    const flush = journal?.append(known?.instance === undefined ? null : before, reaction, input) ?? null;
    if (flush !== null) this.#outbox?.wait(flush);
    if (this.#isFlushed()) {
      this.#perform(slot, reaction, input);
      return done;
    }
    return this.#performLater(slot, reaction, input);
  }

  #performLater(slot: Slot, reaction: Reaction, input: Input): Promise<void> {
    const perform = () => this.#perform(slot, reaction, input);
    // Nobody asked for the answer to what is no question.
    if (input.type !== "observation" && input.type !== "settled") {
      this.#outbox?.add(perform, none);
      return done;
    }
    return new Promise((accept, reject) => {
      const performAndAccept = () => {
        perform();
        accept();
      };
      this.#outbox?.add(performAndAccept, [reject]);
    });
  }

  #refuse({ events, refused }: Reaction): Promise<void> {
    for (const event of events) this.#publish(event);
    return refusal(refused ?? "");
  }

  #perform(slot: Slot, { events, attempts, instance }: Reaction, input: Input): void {
    for (const event of events) this.#publish(event);
    if (this.#closing !== null) return;
    if (slot.calls.length > 0 && (input.type === "settled" || (input.type === "outcome" && input.outcome === "done"))) {
      this.#giveUp(slot, input.activation);
    }
    for (const attempt of attempts) this.#dispatch(slot, attempt, input.now);
    this.#tellWaiters(slot, instance);
  }

  #publish(event: KernelEvent): void {
    try {
      this.#setting.onEvent?.(event);
    } catch {
      // A listener's fault is not the domain's.
    }
  }

  #dispatch(slot: Slot, attempt: Attempt, now: number): void {
    const { gates } = this.#setting;
    if (gates === null) return this.#call(slot, attempt, now);
    gates.enter(attempt.intent.effect, () => this.#run(() => this.#callIfWanted(slot, attempt)));
  }

  /** It has waited for its turn, and may be over meanwhile. */
  #callIfWanted(slot: Slot, made: Attempt): void {
    const isWanted = slot.instance.activations.some(
      ({ number, next, attempt }) => number === made.activation && next === made.index && attempt === made.attempt,
    );
    if (isWanted && this.#closing === null) this.#call(slot, made, this.#now());
    else this.#setting.gates?.leave(made.intent.effect);
  }

  #call(slot: Slot, attempt: Attempt, now: number): void {
    const { intent, timeout } = attempt;
    const call = new Call(this, slot.instance.key, attempt);
    let result: unknown;
    try {
      result = invoke(this.#setting.routes.get(intent.effect), intent.args, call);
    } catch (thrown) {
      this.#setting.gates?.leave(intent.effect);
      return this.#threw(slot, call, thrown);
    }
    if (!isThenable(result)) {
      this.#setting.gates?.leave(intent.effect);
      return this.#ended(slot, call, "done", "");
    }
    const open = { at: timeout > 0 ? now + timeout : Infinity, call, ring: () => this.#timeOut(slot, call) };
    slot.calls = slot.calls.length === 0 ? [open] : [...slot.calls, open];
    this.#openCalls += 1;
    if (timeout > 0) this.#agenda.add(open);
    Promise.resolve(result).then(
      () => this.#ended(slot, call, "done", ""),
      (thrown) => this.#threw(slot, call, thrown),
    );
  }

  #threw(slot: Slot, call: Call, thrown: unknown): void {
    // What it throws once it was given up says nothing.
    if (!Call.isAborted(call)) this.#ended(slot, call, outcomeOfThrow(thrown), reasonOf(thrown));
  }

  #timeOut(slot: Slot, call: Call): void {
    const reason = `no answer within ${Call.madeBy(call).timeout} ms`;
    Call.abort(call, reason);
    this.#ended(slot, call, "unknown", reason);
  }

  #ended(slot: Slot, call: Call, outcome: Outcome, reason: string): void {
    if (this.#closing !== null) return;
    this.#drop(slot, call);
    const { activation, index: intent, attempt } = Call.madeBy(call);
    const input: Input = { type: "outcome", now: this.#now(), activation, intent, attempt, outcome, reason };
    this.#run(() => void this.#take(call.instance, input));
  }

  /** Takes a call off the books, the first time that it is over. */
  #drop(slot: Slot, call: Call): void {
    const open = slot.calls.find((other) => other.call === call);
    if (open === undefined) return;
    slot.calls = slot.calls.length === 1 ? none : slot.calls.filter((other) => other !== open);
    this.#openCalls -= 1;
    this.#agenda.remove(open);
    this.#setting.gates?.leave(Call.madeBy(call).intent.effect);
  }

  /** Gives up the open attempt at an intent that is settled otherwise. */
  #giveUp(slot: Slot, activation: number): void {
    for (const { call } of slot.calls) {
      if (call.activation !== activation) continue;
      this.#drop(slot, call);
      Call.abort(call, "another attempt is done");
    }
  }

  #setWake(slot: Slot, key: string): void {
    const { wake } = slot;
    const at = slot.instance.wakeAt;
    if (wake === null ? at === null : wake.at === at) return;
    if (wake !== null) this.#agenda.remove(wake);
    slot.wake = at === null ? null : { at, ring: (now) => this.#wake(slot, key, now) };
    if (slot.wake !== null) this.#agenda.add(slot.wake);
  }

  #wake(slot: Slot, key: string, now: number): void {
    slot.wake = null;
    this.#take(key, { type: "timer", now });
  }

  #setAlarm(): void {
    const due = this.#agenda.next;
    if (this.#closing !== null || (this.#alarm === null && due === Infinity)) return;
    this.#alarm ??= new Alarm(this.#setting.clock, () => this.#run(() => this.#ring()));
    this.#alarm.set(due, this.#openCalls > 0);
  }

  #ring(): void {
    const now = this.#now();
    for (let due = this.#agenda.take(now); due !== undefined; due = this.#agenda.take(now)) due.ring(now);
  }
}

function refusal(reason: string): Promise<never> {
  return Promise.reject(new ObservationError(reason));
}

/** A copy that later changes by the sender do not reach. */
function snapshot(facts: unknown): unknown {
  if (typeof facts !== "object" || facts === null || Array.isArray(facts)) return facts;
  try {
    return Object.create(Object.getPrototypeOf(facts), Object.getOwnPropertyDescriptors(facts));
  } catch {
    // It cannot be read later either.
    return facts;
  }
}
