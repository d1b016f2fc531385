import type { EffectCall } from "../host/call.js";
import type { Clock } from "../host/clock.js";
import type { HostOptions } from "../host/open.js";
import type { RetryOptions } from "../host/retry.js";
import { journalOver } from "../journal/journal.js";
import { Log } from "../journal/log.js";
import type { Address } from "../kernel/compiled.js";
import type { KernelEvent } from "../kernel/event.js";
import { seedOf } from "../kernel/random.js";
import type { State, ValueType } from "../kernel/value.js";
import { wordsFor } from "../words.js";
import { type Adapter, adaptersFor } from "./adapters.js";
import { Choices } from "./choices.js";
import { VirtualClock } from "./clock.js";
import { diskError, SimulatedDisk } from "./disk.js";
import { halfFinished } from "./half-finished.js";
import { atRest, leftUndone, mailIn, Patience } from "./live.js";
import { domainIn, Oracle, type Reporter } from "./oracle.js";
import type { ReferenceModel } from "./reference-model.js";
import { definitionOf, type Observations, type Opened, type SimulatedPart, type Subject } from "./subject.js";
import { timingOf } from "./timekeeper.js";
import { Violation } from "./violation.js";
import { type Answer, answerOf, type OpenCall, World } from "./world.js";

/** One line of a timeline. */
export interface Line {
  /** Virtual time since the start, in ms. */
  readonly at: number;
  readonly text: string;
}

/** Retries are quick enough for several to fall into one run, and chance has no part in them. */
const retry: RetryOptions = { initial: 100, factor: 2, max: 2000, jitter: 0, timeout: 1000 };

/** Snapshots are made often enough for several to fall into one run, in bytes. */
const allowance = 1500;

/** After so many steps without faults everything must have come to rest. */
const settleWithin = 2000;

/** How long so many messages take, in ms, as are delivered in a row before something else has its turn. */
const roundTakes = 1000;

/** What a run put a domain through, and where it came to rest. */
export interface Tally {
  observations: number;
  calls: number;
  /** Processes that were killed, or ended because the disk failed. */
  kills: number;
  /** Instances that ended stuck: with a goal that does not hold, and nothing enabled. */
  stuck: number;
}

/**
 * One run: the real host and the real log, with clock, disk and world in the simulation's hands. Every step is chosen by a
 * number, so that a run is a list of numbers, and a shorter list is a simpler run.
 */
export class SimulatedRun implements Reporter {
  readonly lines: Line[] = [];
  violation: Violation | null = null;
  readonly tally: Tally = { observations: 0, calls: 0, kills: 0, stuck: 0 };
  readonly #subject: Subject;
  readonly #isVerbose: boolean;
  readonly #clock = new VirtualClock();
  readonly #began = this.#clock.now();
  readonly #world = new World();
  #disk = new SimulatedDisk();
  readonly #oracle: Oracle;
  #host: Opened | null = null;
  /** Grows with each process; what an earlier one still does counts for nothing. */
  #process = 0;
  #hasFailed = false;
  #isCalm = false;
  readonly #patience = new Patience();

  constructor(subject: Subject, isVerbose: boolean) {
    this.#subject = subject;
    this.#isVerbose = isVerbose;
    const rules = subject.parts.map((part) => {
      const own = { transitions: part.transitions, timing: timingOf(part), definition: definitionOf(part) };
      return [part.name, own] as const;
    });
    this.#oracle = new Oracle(new Map(rules), this);
  }

  /** Plays steps, then lets everything come to rest without faults. Gives the broken promise, if there is one. */
  async play(steps: readonly number[]): Promise<Violation | null> {
    this.#start();
    await drained();
    for (const step of steps) {
      await this.#act(new Choices(step));
      if (this.violation !== null) return this.violation;
    }
    await this.#comeToRest();
    return this.violation;
  }

  #tell(text: string): void {
    if (this.#isVerbose) this.lines.push({ at: this.#clock.now() - this.#began, text });
  }

  /** Puts an event into words. In a system an instance is called by its domain as well. */
  #wordsFor(event: KernelEvent): string {
    return this.#subject.parts.length > 1 ? `${event.domain}/${wordsFor(event)}` : wordsFor(event);
  }

  /** Notes what went wrong, if nothing has before. */
  blame(error: unknown): void {
    this.violation ??= error instanceof Violation ? error : new Violation(`an error escaped: ${String(error)}`);
    this.#tell(`✗ ${this.violation.message}`);
  }

  /** Notes that the host has failed. */
  failed(): void {
    this.#hasFailed = true;
  }

  #start(): void {
    this.#process += 1;
    this.#hasFailed = false;
    const process = this.#process;
    const isAlive = () => process === this.#process;
    const options: HostOptions<never> = {
      // There is an adapter for each effect.
      effects: adaptersFor([...new Set(this.#subject.parts.flatMap(({ effects }) => effects))], (effect) =>
        this.#adapterOf(effect, isAlive),
      ) as never,
      journal: journalOver(this.#oracle.watch(new Log(this.#disk, allowance), isAlive)),
      clock: this.#clockOf(isAlive),
      epoch: `life${this.#world.life}`,
      retry,
      ...(this.#isVerbose ? { onEvent: (event: KernelEvent) => this.#tell(this.#wordsFor(event)) } : {}),
    };
    this.#subject.open(options).then(
      (host) => {
        if (isAlive()) this.#host = host;
      },
      (error: unknown) => {
        if (!isAlive()) return;
        this.#hasFailed = true;
        if (this.#isCalm || !isDiskError(error)) this.blame(new Violation(`it does not start again: ${String(error)}`));
      },
    );
  }

  /** Makes the clock of one process: a process that is gone sets no timers. */
  #clockOf(isAlive: () => boolean): Clock {
    const nothing = () => {};
    const setTimer: Clock["setTimer"] = (at, fn) => (isAlive() ? this.#clock.setTimer(at, fn) : nothing);
    return { now: () => this.#clock.now(), setTimer };
  }

  /** Makes an adapter of one process: its calls go to the world, which mostly answers later, and sometimes at once. */
  #adapterOf(effect: string, isAlive: () => boolean): Adapter {
    return (...all) => {
      this.tally.calls += 1;
      // The host passes the call last.
      const call = all.at(-1) as EffectCall;
      if (!isAlive()) this.blame(new Violation("a process that is gone called an adapter"));
      this.#oracle.seeDispatch(effect, call);
      const { answer, open } = this.#world.take(effect, all.slice(0, -1), call);
      if (open.broken !== null) this.blame(open.broken);
      const whim = seedOf(`${call.key}/${call.attempt}`) % 10;
      const value = answerOf(this.#returnOf(effect, call), call);
      if (whim > 1) return answer.then(() => value);
      this.#world.answer(open, whim === 0 ? "done" : "failed");
      answer.catch(() => {});
      if (whim === 1) throw new Error("503 Service Unavailable");
      return value;
    };
  }

  /** Gives what an adapter returns, where a handler asks for it. */
  #returnOf(effect: string, { key }: EffectCall): ValueType | undefined {
    const all = this.#partOf(domainIn(key))?.definition?.handlers?.all ?? [];
    return all.find((handler) => handler.effect === effect && handler.outcome === "done")?.payload;
  }

  #partOf(domain: string): SimulatedPart | undefined {
    return this.#subject.parts.find(({ name }) => name === domain);
  }

  async #act(choices: Choices): Promise<void> {
    if (this.#hasFailed) return this.#crashAndStart(choices, "the disk failed: the process ends");
    const move = choices.below(100);
    // Faults of the disk come in some steps only, or little would ever be written.
    this.#disk.fault = choices.percent(1) ? (operation) => diskError(choices.of(["EIO", "ENOSPC"]), operation) : () => null;
    if (move < 22) this.#observe(choices);
    else if (move < 55) await this.#work(1 + choices.below(3));
    else if (move < 78) this.#answer(choices);
    else if (move < 88) this.#wait(choices);
    else if (move < 90) this.#resolve(choices);
    else if (move < 99) await this.#crashAndStart(choices, "the process is killed");
    else await this.#loseJournal(choices);
    await drained();
    this.#inspect(mailIn);
    this.#inspect(leftUndone(this.#subject.parts, this.#clock.now()));
  }

  /** Lets the disk do so many operations. */
  async #work(operations: number): Promise<void> {
    for (let count = 0; count < operations; count += 1) {
      this.#disk.step();
      await drained();
    }
  }

  #observe(choices: Choices): void {
    const address = this.#addressToObserve(choices);
    if (address === null) return;
    const { observations, ...whom } = address;
    const burst = choices.percent(15) ? 3 : 1;
    for (let count = 0; count < burst; count += 1) {
      const field = choices.of(Object.keys(observations));
      const facts = { [field]: choices.of(observations[field] ?? []) };
      this.#tellFacts(whom, facts);
      if (choices.percent(10)) this.#tellFacts(whom, facts);
    }
  }

  /** Picks one of the instances of which something can be observed; null: there is none. */
  #addressToObserve(choices: Choices): (Address & { readonly observations: Observations }) | null {
    const addresses = [...this.#subject.observations].flatMap(([domain, observations]) => {
      const alive = [...(this.#host?.addresses() ?? [])].filter((address) => address.domain === domain).map(({ key }) => key);
      return this.#subject.keysBeside(alive).map((key) => ({ domain, key, observations }));
    });
    return addresses.length === 0 ? null : choices.of(addresses);
  }

  #tellFacts(address: Address, facts: State): void {
    const host = this.#host;
    if (host === null) return;
    const process = this.#process;
    this.tally.observations += 1;
    const { length: before } = this.#oracle.model;
    const accepted = host.instance(address).observe(facts);
    // Its own record comes first. What is delivered because of it may be written later.
    const records = Math.min(before + 1, this.#oracle.model.length);
    accepted.then(
      () => {
        if (process === this.#process)
          this.#oracle.owe(records, `the observation ${JSON.stringify(facts)} of ${address.key} was acknowledged`);
      },
      (error: unknown) => {
        if (process === this.#process && !this.#hasFailed) this.blame(error);
      },
    );
  }

  #answer(choices: Choices): void {
    if (this.#world.open.length === 0) return;
    const open = choices.of(this.#world.open);
    const answer = choices.of<Answer>(["done", "done", "done", "failed", "failed", "unknown", "lost", "twice"]);
    this.#tell(`${nameOf(open)} comes to: ${answer}`);
    this.#world.answer(open, answer);
  }

  #wait(choices: Choices): void {
    const { next } = this.#clock;
    const until = choices.percent(60) && next < Infinity ? next - this.#clock.now() : choices.below(1500);
    this.#clock.pass(Math.max(until, 0));
  }

  /** Settles an intent, as an operator who knows what the world looks like. */
  #resolve(choices: Choices): void {
    const addresses = [...(this.#host?.addresses() ?? [])];
    if (this.#host === null || addresses.length === 0) return;
    const instance = this.#host.instance(choices.of(addresses));
    const carried = instance.status.activations.find(({ mode }) => mode === "carried");
    if (carried === undefined || this.#world.open.some(({ call }) => call.key === carried.key)) return;
    const outcome = this.#world.happened.has(carried.key) ? "happened" : "did not happen";
    this.#tell(`an operator says of ${carried.key}: ${outcome}`);
    instance.resolve(carried.key, outcome, { by: "operator", why: "looked" }).catch(() => {});
  }

  #crash(choices: Choices, text: string): void {
    this.#tell(text);
    this.tally.kills += 1;
    this.#host = null;
    this.#clock.clear();
    this.#disk.crash(choices);
    // Requests that were sent go on without the process that sent them.
    this.#start();
  }

  /** Ends the process at this moment, and starts another: mostly it gets through, sometimes it is hit again on its way. */
  async #crashAndStart(choices: Choices, text: string): Promise<void> {
    this.#crash(choices, text);
    await drained();
    if (choices.percent(70)) while (this.#host === null && this.#disk.pending.length > 0) await this.#work(1);
  }

  /** Throws the journal away, while the world goes on. */
  async #loseJournal(choices: Choices): Promise<void> {
    if (!choices.percent(30)) return;
    this.#world.life += 1;
    this.#disk = new SimulatedDisk();
    this.#oracle.forget();
    await this.#crashAndStart(choices, "the process is killed, and its journal thrown away");
  }

  async #comeToRest(): Promise<void> {
    this.#tell("the faults end");
    this.#disk.fault = () => null;
    this.#isCalm = true;
    let starts = 0;
    for (let step = 0; step < settleWithin && this.violation === null; step += 1) {
      const [open] = this.#world.open;
      // The log may notice only now that it failed; without faults it does not fail again.
      if (this.#hasFailed && starts++ === 0) this.#crash(new Choices(1), "the process starts again");
      else if (this.#disk.pending.length > 0) this.#disk.step();
      else if (open !== undefined) this.#world.answer(open, "done");
      else if (this.#showExpected()) this.#tell("the world shows what was expected of it");
      else if (this.#host !== null && this.#clock.next === Infinity) return this.#atRest();
      else if (this.#patience.isWaiting(step, this.#oracle.model)) return;
      else this.#clock.pass(this.#untilNext());
      await drained();
    }
    if (this.violation === null) this.blame(new Violation(`it does not settle within ${settleWithin} steps without faults`));
  }

  /** Gives the time until the next timer rings, in ms. Where messages go round without an end, it is one after which they go on. */
  #untilNext(): number {
    const ms = this.#clock.next - this.#clock.now();
    return ms > 1 ? ms : roundTakes;
  }

  #atRest(): void {
    const host = this.#host;
    if (host === null) return;
    this.tally.stuck += [...host.addresses()].filter((address) => host.instance(address).status.phase === "stuck").length;
    this.#inspect(atRest);
    for (const violation of halfFinished(this.#world, this.#oracle.model)) this.blame(violation);
  }

  #inspect(look: (host: Opened, model: ReferenceModel) => Iterable<Violation>): void {
    if (this.#host !== null) for (const violation of look(this.#host, this.#oracle.model)) this.blame(violation);
  }

  /** Makes the world keep the promises of effects that have happened. Gives whether there was one to keep. */
  #showExpected(): boolean {
    for (const address of this.#host?.addresses() ?? []) {
      const instance = this.#host?.instance(address);
      const [expected] = instance?.status.expected ?? [];
      const contract =
        expected === undefined ? undefined : this.#partOf(address.domain)?.definition?.contracts?.byEffect.get(expected.effect);
      if (instance === undefined || contract === undefined) continue;
      const all = Object.entries(this.#subject.observations.get(address.domain) ?? {}).flatMap(([field, values]) =>
        values.map((value) => ({ [field]: value })),
      );
      const facts = all.find((each) => contract.shown({ ...instance.state, ...each }));
      if (facts === undefined) continue;
      this.#tellFacts(address, facts);
      return true;
    }
    return false;
  }
}

/** Lets every promise that can do so go on: called from within a promise, it resolves once none has anything left to do. */
function drained(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

function isDiskError(error: unknown): boolean {
  return error instanceof Error && "code" in error;
}

function nameOf({ call, effect }: OpenCall): string {
  return `${call.instance}: attempt ${call.attempt} of ${effect}`;
}
