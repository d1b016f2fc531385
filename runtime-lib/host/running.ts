import { ObservationError } from "../errors.js";
import type { Journal } from "../journal/journal.js";
import type { Attempt, Input, KernelEvent, Outcome } from "../kernel/event.js";
import { reasonOf } from "../kernel/faults.js";
import { createInstance, type Instance, none } from "../kernel/instance.js";
import type { Machine } from "../kernel/machine.js";
import { type Reaction, react } from "../kernel/react.js";
import { type Status, statusOf } from "../kernel/status.js";
import { type Adapters, invoke } from "./adapters.js";
import { Alarm } from "./alarm.js";
import { Call, type Signal } from "./call.js";
import type { Clock } from "./clock.js";
import { isThenable, outcomeOfThrow } from "./outcome.js";

/** What a running instance works with. */
export interface Setting {
  readonly machine: Machine;
  readonly adapters: Adapters;
  /** The effects' dotted names, taken apart. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly onEvent: ((event: KernelEvent) => void) | undefined;
}

/** A started domain. */
export interface Running<S extends object = object> {
  /** The state: plain and frozen. */
  readonly state: Readonly<S>;
  /** How it stands, as plain data. */
  readonly status: Status;
  /**
   * Tells it facts from outside. Resolves once they are accepted.
   * @throws ObservationError (as a rejection) for a field or a value that the state does not have; nothing is applied.
   */
  observe(facts: Partial<S>): Promise<void>;
  /** The status once it rests, is stuck, oscillates or is stopped. Rejects with the signal's reason when that aborts. */
  settled(options?: { readonly signal?: Signal }): Promise<Status>;
  /** Starts nothing any more, aborts running adapters and clears the timers; observations are rejected from now on. */
  stop(): Promise<void>;
}

interface Waiter {
  readonly resolve: (status: Status) => void;
}

/** Whom to tell what became of an observation. */
interface Sender {
  readonly accept: () => void;
  readonly refuse: (error: unknown) => void;
}

const done = Promise.resolve();

/**
 * The embedded host of one instance: gives `react` one input at a time and does what comes out. It decides nothing.
 *
 *  1. Inputs are taken in the order of their arrival; what arrives during a reaction waits in the mailbox.
 *  2. Nothing has consequences (an acknowledgement, an attempt) before the journal has it.
 *  3. Whatever adapters and listeners do, nothing escapes: no exception, no unhandled rejection.
 *  4. One timer serves everything, and there is none while nothing is due.
 */
export class Host implements Running {
  readonly #setting: Setting;
  readonly #key: string;
  #instance: Instance;
  #mailbox: readonly (() => void)[] = none;
  #isBusy = false;
  #isStopped = false;
  #flushing: Promise<void> | null = null;
  #calls: readonly Call[] = none;
  #waiters: readonly Waiter[] = none;
  #alarm: Alarm | null = null;

  constructor(setting: Setting, key: string) {
    this.#setting = setting;
    this.#key = key;
    this.#instance = createInstance(setting.machine, key, setting.journal.epoch);
    this.#receive({ type: "started", now: setting.clock.now() }, null);
  }

  get domain(): string {
    return this.#setting.machine.domain;
  }

  /** The instance's key. */
  get key(): string {
    return this.#key;
  }

  get epoch(): string {
    return this.#instance.epoch;
  }

  get state(): object {
    return Object.freeze(this.#instance.state);
  }

  get status(): Status {
    const status = statusOf(this.#setting.machine, this.#instance);
    return this.#isStopped ? { ...status, phase: "stopped" } : status;
  }

  observe(facts: unknown): Promise<void> {
    if (!this.#isBusy && this.#setting.journal.records === false) return this.#observeNow(facts);
    const input = { type: "observation", now: this.#now(), facts: snapshot(facts) } as const;
    return new Promise((accept, refuse) => this.#receive(input, { accept, refuse }));
  }

  /** Without a mailbox and a journal to wait for, the answer is there at once. */
  #observeNow(facts: unknown): Promise<void> {
    let answer = done;
    const refuse = (error: unknown) => {
      answer = Promise.reject(error);
    };
    this.#receive({ type: "observation", now: this.#now(), facts }, { accept: () => {}, refuse });
    return answer;
  }

  settled(options?: { readonly signal?: Signal }): Promise<Status> {
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#isSettled()) return Promise.resolve(this.status);
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        resolve: (status) => {
          signal?.removeEventListener("abort", onAbort);
          resolve(status);
        },
      };
      signal?.addEventListener("abort", onAbort);
      this.#waiters = [...this.#waiters, waiter];
    });
  }

  stop(): Promise<void> {
    if (this.#isStopped) return done;
    this.#isStopped = true;
    this.#alarm?.clear();
    for (const call of this.#calls) Call.abort(call, `${this.domain}/${this.#key} was stopped`);
    this.#calls = none;
    this.#publish({ type: "stopped", domain: this.domain, instance: this.#key, at: this.#now() });
    this.#tellWaiters();
    return this.#flushing ?? done;
  }

  #now(): number {
    return this.#setting.clock.now();
  }

  #isSettled(): boolean {
    if (this.#isStopped) return true;
    return this.#instance.phase !== "working" && this.#mailbox.length === 0 && this.#flushing === null;
  }

  #tellWaiters(): void {
    if (this.#waiters.length === 0 || !this.#isSettled()) return;
    const [waiters, { status }] = [this.#waiters, this];
    this.#waiters = none;
    for (const waiter of waiters) waiter.resolve(status);
  }

  #receive(input: Input, sender: Sender | null): void {
    this.#exclusively(() => this.#react(input, sender));
  }

  /** Runs tasks one after the other, also those that a task brings about. */
  #exclusively(task: () => void): void {
    if (this.#isBusy) {
      this.#mailbox = [...this.#mailbox, task];
      return;
    }
    this.#isBusy = true;
    task();
    while (this.#mailbox.length > 0) {
      const tasks = this.#mailbox;
      this.#mailbox = none;
      for (const next of tasks) next();
    }
    this.#isBusy = false;
    this.#tellWaiters();
    this.#setAlarm();
  }

  #react(input: Input, sender: Sender | null): void {
    if (this.#isStopped) return sender?.refuse(new ObservationError(`${this.domain}/${this.#key} is stopped`));
    const { machine, journal } = this.#setting;
    const reaction = react(machine, this.#instance, input);
    this.#instance = reaction.instance;
    const flushed = journal.records && reaction.events.length > 0 ? journal.append(reaction.events) : undefined;
    if (flushed === undefined && this.#flushing === null) return this.#perform(reaction, input, sender);
    const before = this.#flushing ?? done;
    const flushing = before
      .then(() => flushed)
      .then(
        () => this.#exclusively(() => this.#perform(reaction, input, sender)),
        (error) => this.#giveUp(error, sender),
      )
      .then(() => {
        if (this.#flushing !== flushing) return;
        this.#flushing = null;
        this.#tellWaiters();
      });
    this.#flushing = flushing;
  }

  /** After a failed write nothing may be acknowledged or done that may not be on disk. */
  #giveUp(error: unknown, sender: Sender | null): void {
    sender?.refuse(error);
    void this.stop();
  }

  #perform(reaction: Reaction, input: Input, sender: Sender | null): void {
    for (const event of reaction.events) this.#publish(event);
    if (reaction.refused !== null) sender?.refuse(new ObservationError(reaction.refused));
    else sender?.accept();
    if (this.#isStopped) return;
    if (input.type === "outcome" && input.outcome === "done") this.#dropCalls(input);
    for (const attempt of reaction.attempts) this.#dispatch(attempt);
  }

  #publish(event: KernelEvent): void {
    try {
      this.#setting.onEvent?.(event);
    } catch {
      // A listener's fault is not the domain's.
    }
  }

  #dispatch(attempt: Attempt): void {
    const { adapters, paths } = this.#setting;
    const deadline = attempt.timeout > 0 ? this.#now() + attempt.timeout : Infinity;
    const call = new Call(this, attempt, deadline);
    let result: unknown;
    try {
      result = invoke(adapters, paths.get(attempt.intent.effect) ?? none, attempt.intent.args, call);
    } catch (thrown) {
      return this.#threw(call, thrown);
    }
    if (!isThenable(result)) return this.#ended(attempt, "done", "");
    this.#calls = [...this.#calls, call];
    const answer: Promise<unknown> = result instanceof Promise ? result : Promise.resolve(result);
    answer.then(
      () => this.#ended(attempt, "done", "", call),
      (thrown) => this.#threw(call, thrown),
    );
  }

  #threw(call: Call, thrown: unknown): void {
    // What it throws once it was given up says nothing.
    if (!Call.isAborted(call)) this.#ended(Call.madeBy(call), outcomeOfThrow(thrown), reasonOf(thrown), call);
  }

  #ended({ activation, index, attempt }: Attempt, outcome: Outcome, reason: string, call?: Call): void {
    if (this.#isStopped) return;
    if (call !== undefined) this.#calls = without(this.#calls, call);
    this.#receive({ type: "outcome", now: this.#now(), activation, intent: index, attempt, outcome, reason }, null);
  }

  /** Gives up attempts at an intent that another attempt has settled. */
  #dropCalls({ activation, intent }: { readonly activation: number; readonly intent: number }): void {
    for (const call of this.#calls) {
      if (Call.madeBy(call).activation !== activation || Call.madeBy(call).index !== intent) continue;
      this.#calls = without(this.#calls, call);
      Call.abort(call, "another attempt is done");
    }
  }

  #setAlarm(): void {
    if (this.#isStopped) return;
    let due = this.#instance.wakeAt ?? Infinity;
    for (const call of this.#calls) due = Math.min(due, Call.deadlineOf(call));
    if (this.#alarm === null && due === Infinity) return;
    this.#alarm ??= new Alarm(this.#setting.clock, () => this.#ring());
    this.#alarm.set(due);
  }

  #ring(): void {
    const now = this.#now();
    this.#exclusively(() => {
      for (const call of this.#calls) if (Call.deadlineOf(call) <= now) this.#timeOut(call);
      const { wakeAt } = this.#instance;
      if (wakeAt !== null && wakeAt <= now) this.#receive({ type: "timer", now }, null);
    });
  }

  #timeOut(call: Call): void {
    const { timeout } = Call.madeBy(call);
    Call.abort(call, `no answer within ${timeout} ms`);
    this.#ended(Call.madeBy(call), "unknown", `no answer within ${timeout} ms`, call);
  }
}

/** A copy that later changes by the sender do not reach; what is no plain object is refused anyway. */
function snapshot(facts: unknown): unknown {
  if (typeof facts !== "object" || facts === null || Array.isArray(facts)) return facts;
  try {
    return Object.assign(Object.create(Object.getPrototypeOf(facts)), facts);
  } catch {
    return null;
  }
}

function without(calls: readonly Call[], call: Call): readonly Call[] {
  if (calls.length === 1 && calls[0] === call) return none;
  return calls.filter((other) => other !== call);
}
