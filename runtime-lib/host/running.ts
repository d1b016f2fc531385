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
  #instance: Instance;
  #mailbox: (() => void)[] = [];
  #isBusy = false;
  #isStopped = false;
  /** The latest write that is not on stable storage yet. */
  #flushing: Promise<void> | null = null;
  #calls: Call[] = [];
  #waiters: ((status: Status) => void)[] = [];
  #alarm: Alarm | null = null;

  constructor(setting: Setting, key: string) {
    this.#setting = setting;
    this.#instance = createInstance(setting.machine, key, setting.journal.epoch);
    this.#take({ type: "started", now: setting.clock.now() });
  }

  get domain(): string {
    return this.#setting.machine.domain;
  }

  /** The instance's key. */
  get key(): string {
    return this.#instance.key;
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
    const now = this.#setting.clock.now();
    if (!this.#isBusy) return this.#take({ type: "observation", now, facts });
    const copy = snapshot(facts);
    return new Promise((accept) => {
      this.#mailbox.push(() => accept(this.#take({ type: "observation", now, facts: copy })));
    });
  }

  settled(options?: { readonly signal?: Signal }): Promise<Status> {
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#isSettled()) return Promise.resolve(this.status);
    return new Promise((resolve, reject) => {
      const waiter = (status: Status) => {
        signal?.removeEventListener("abort", onAbort);
        resolve(status);
      };
      const onAbort = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort);
      this.#waiters.push(waiter);
    });
  }

  stop(): Promise<void> {
    if (this.#isStopped) return done;
    this.#isStopped = true;
    this.#alarm?.set(Infinity, false);
    for (const call of this.#calls) Call.abort(call, `${this.domain}/${this.key} was stopped`);
    this.#calls = [];
    this.#publish({ type: "stopped", domain: this.domain, instance: this.key, at: this.#setting.clock.now() });
    this.#tellWaiters();
    return this.#flushing ?? done;
  }

  #isSettled(): boolean {
    return this.#isStopped || (this.#instance.phase !== "working" && !this.#isBusy && this.#flushing === null);
  }

  #tellWaiters(): void {
    if (this.#waiters.length === 0 || !this.#isSettled()) return;
    const [waiters, { status }] = [this.#waiters, this];
    this.#waiters = [];
    for (const waiter of waiters) waiter(status);
  }

  /** Gives an input to the kernel, or puts it into the mailbox. The promise says whether it was accepted. */
  #take(input: Input): Promise<void> {
    if (this.#isStopped) return Promise.reject(new ObservationError(`${this.domain}/${this.key} is stopped`));
    const isOutermost = !this.#isBusy;
    this.#isBusy = true;
    const { machine, journal } = this.#setting;
    const reaction = react(machine, this.#instance, input);
    this.#instance = reaction.instance;
    const flushed = journal.append(reaction.events);
    const answer =
      flushed === undefined && this.#flushing === null
        ? this.#perform(reaction, input)
        : this.#performAfter(flushed, reaction, input);
    if (isOutermost) this.#finish();
    return answer;
  }

  /** Works off what arrived in the meantime. */
  #finish(): void {
    for (let next = this.#mailbox.shift(); next !== undefined; next = this.#mailbox.shift()) next();
    this.#isBusy = false;
    this.#tellWaiters();
    this.#setAlarm();
  }

  /** After a failed write nothing is acknowledged or done that may not be on stable storage. */
  async #performAfter(flushed: Promise<void> | undefined, reaction: Reaction, input: Input): Promise<void> {
    const flushing = Promise.all([this.#flushing, flushed]).then(() => {});
    this.#flushing = flushing;
    try {
      await flushing;
    } catch (error) {
      void this.stop();
      throw error;
    } finally {
      if (this.#flushing === flushing) this.#flushing = null;
    }
    const isOutermost = !this.#isBusy;
    this.#isBusy = true;
    const answer = this.#perform(reaction, input);
    if (isOutermost) this.#finish();
    return answer;
  }

  #perform({ events, refused, attempts }: Reaction, input: Input): Promise<void> {
    for (const event of events) this.#publish(event);
    if (this.#isStopped) return done;
    if (input.type === "outcome" && this.#calls.length > 0) this.#dropCalls(input);
    for (const attempt of attempts) this.#dispatch(attempt, input.now);
    return refused === null ? done : Promise.reject(new ObservationError(refused));
  }

  #publish(event: KernelEvent): void {
    try {
      this.#setting.onEvent?.(event);
    } catch {
      // A listener's fault is not the domain's.
    }
  }

  #dispatch(attempt: Attempt, now: number): void {
    const { adapters, paths } = this.#setting;
    const { intent, timeout } = attempt;
    const call = new Call(this, attempt, timeout > 0 ? now + timeout : Infinity);
    let result: unknown;
    try {
      result = invoke(adapters, paths.get(intent.effect) ?? none, intent.args, call);
    } catch (thrown) {
      return this.#threw(call, thrown);
    }
    if (!isThenable(result)) return this.#ended(call, "done", "");
    this.#calls.push(call);
    Promise.resolve(result).then(
      () => this.#ended(call, "done", ""),
      (thrown) => this.#threw(call, thrown),
    );
  }

  #threw(call: Call, thrown: unknown): void {
    // What it throws once it was given up says nothing.
    if (!Call.isAborted(call)) this.#ended(call, outcomeOfThrow(thrown), reasonOf(thrown));
  }

  #ended(call: Call, outcome: Outcome, reason: string): void {
    if (this.#isStopped) return;
    this.#drop(call);
    const { activation, index: intent, attempt } = Call.madeBy(call);
    const input: Input = { type: "outcome", now: this.#setting.clock.now(), activation, intent, attempt, outcome, reason };
    if (this.#isBusy) this.#mailbox.push(() => this.#take(input));
    else this.#take(input);
  }

  #drop(call: Call): void {
    const index = this.#calls.indexOf(call);
    const last = this.#calls.pop();
    if (last === undefined || last === call) return;
    if (index >= 0) this.#calls[index] = last;
    else this.#calls.push(last);
  }

  /** Gives up other attempts at an intent that is done. */
  #dropCalls({ activation, intent, outcome }: Extract<Input, { type: "outcome" }>): void {
    if (outcome !== "done") return;
    for (const call of [...this.#calls]) {
      const made = Call.madeBy(call);
      if (made.activation !== activation || made.index !== intent) continue;
      this.#drop(call);
      Call.abort(call, "another attempt is done");
    }
  }

  #setAlarm(): void {
    if (this.#isStopped) return;
    let due = this.#instance.wakeAt ?? Infinity;
    for (const call of this.#calls) due = Math.min(due, Call.deadlineOf(call));
    if (this.#alarm === null && due === Infinity) return;
    this.#alarm ??= new Alarm(this.#setting.clock, () => this.#ring());
    this.#alarm.set(due, this.#calls.length > 0);
  }

  #ring(): void {
    const now = this.#setting.clock.now();
    for (const call of [...this.#calls]) {
      if (Call.deadlineOf(call) > now) continue;
      const reason = `no answer within ${Call.madeBy(call).timeout} ms`;
      Call.abort(call, reason);
      this.#ended(call, "unknown", reason);
    }
    const { wakeAt } = this.#instance;
    if (wakeAt !== null && wakeAt <= now && !this.#isStopped) this.#take({ type: "timer", now });
    else this.#setAlarm();
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
