import type { Domain, DomainHost } from "../domain.js";
import type { EffectCall } from "../host/call.js";
import type { Clock } from "../host/clock.js";
import type { Instance } from "../host/instance.js";
import type { RetryOptions } from "../host/retry.js";
import { bare, type Image, withChanges } from "../journal/image.js";
import { journalOver } from "../journal/journal.js";
import { Log } from "../journal/log.js";
import type { JournalRecord, Store } from "../journal/store.js";
import type { Value } from "../kernel/definition.js";
import type { KernelEvent } from "../kernel/event.js";
import { wordsFor } from "../words.js";
import { Books } from "./books.js";
import { Choices } from "./choices.js";
import { VirtualClock } from "./clock.js";
import { diskError, SimulatedDisk } from "./disk.js";
import { Violation } from "./violation.js";
import { type Answer, type OpenCall, World } from "./world.js";

/** A domain whose state and effects are not known when the simulator is written. */
export type AnyDomain = Domain<Record<string, Value>, object, object, string>;

/** What may be observed: for each field the values that it may have. */
export type Observations = Readonly<Record<string, readonly Value[]>>;

/** One line of a timeline. */
export interface Line {
  /** Virtual time since the start, in ms. */
  readonly at: number;
  readonly text: string;
}

type State = Record<string, Value>;

/** Retries are quick enough for several to fall into one run, and chance has no part in them. */
const retry: RetryOptions = { initial: 100, factor: 2, max: 2000, jitter: 0, timeout: 1000 };

/** Snapshots are made often enough for several to fall into one run, in bytes. */
const allowance = 1500;

/** After so many steps without faults everything must have come to rest. */
const settleWithin = 2000;

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
export class Trial {
  readonly lines: Line[] = [];
  violation: Violation | null = null;
  readonly tally: Tally = { observations: 0, calls: 0, kills: 0, stuck: 0 };
  readonly #domain: AnyDomain;
  readonly #observations: Observations;
  readonly #isTold: boolean;
  readonly #clock = new VirtualClock();
  readonly #began = this.#clock.now();
  readonly #world = new World();
  #disk = new SimulatedDisk();
  #books: Books;
  #host: DomainHost<State> | null = null;
  /** Grows with each process; what an earlier one still does counts for nothing. */
  #process = 0;
  #hasFailed = false;
  #isCalm = false;
  /** How many records are on stable storage, as far as the host was told; and how many must be, for what it said or did. */
  #flushed = 0;
  /** The latest write that the log was asked for, and how many records there are with it. */
  #write = { promise: Promise.resolve(), records: 0 };
  #owed = { records: 0, because: "" };

  constructor(domain: AnyDomain, observations: Observations, isTold: boolean) {
    this.#domain = domain;
    this.#observations = observations;
    this.#isTold = isTold;
    this.#books = new Books(domain.transitions);
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
    if (this.#isTold) this.lines.push({ at: this.#clock.now() - this.#began, text });
  }

  #blame(error: unknown): void {
    this.violation ??= error instanceof Violation ? error : new Violation(`an error escaped: ${String(error)}`);
    this.#tell(`✗ ${this.violation.message}`);
  }

  #start(): void {
    this.#process += 1;
    this.#hasFailed = false;
    const options = {
      effects: this.#adapters(this.#process),
      journal: journalOver(this.#watched(new Log(this.#disk, allowance), this.#process)),
      clock: this.#clockOf(this.#process),
      epoch: `life${this.#world.life}`,
      retry,
      ...(this.#isTold ? { onEvent: (event: KernelEvent) => this.#tell(wordsFor(event)) } : {}),
    };
    const process = this.#process;
    this.#domain.host(options).then(
      (host) => {
        if (process === this.#process) this.#host = host;
      },
      (error: unknown) => {
        if (process !== this.#process) return;
        this.#hasFailed = true;
        if (this.#isCalm || !isDiskError(error)) this.#blame(new Violation(`it does not start again: ${String(error)}`));
      },
    );
  }

  /** The clock of one process: a process that is gone sets no timers. */
  #clockOf(process: number): Clock {
    const nothing = () => {};
    const setTimer: Clock["setTimer"] = (at, fn) => (process === this.#process ? this.#clock.setTimer(at, fn) : nothing);
    return { now: () => this.#clock.now(), setTimer };
  }

  /** The adapters of one process: every effect's calls go to the world. */
  #adapters(process: number): object {
    const root: Record<string, unknown> = {};
    for (const effect of this.#domain.effects) {
      const adapter = (...all: unknown[]) => {
        // The host passes the call last.
        const call = all.at(-1) as EffectCall;
        return this.#called(effect, all.slice(0, -1), call, process);
      };
      graft(root, effect.split("."), adapter);
    }
    return root;
  }

  #called(effect: string, args: readonly unknown[], call: EffectCall, process: number): Promise<void> {
    this.tally.calls += 1;
    if (process !== this.#process) this.#blame(new Violation("a process that is gone called an adapter"));
    const intent = Number(call.key.split("/").at(-1));
    const record = this.#books.recordOf(call.instance, call.activation, intent, call.attempt);
    if (record === undefined || record > this.#flushed) {
      this.#blame(new Violation(`attempt ${call.attempt} of ${effect} was dispatched before its record was on stable storage`));
    } else this.#owe(record, `attempt ${call.attempt} of ${effect} was dispatched`);
    try {
      return this.#world.take(effect, args, call);
    } catch (error) {
      this.#blame(error);
      throw error;
    }
  }

  #owe(records: number, because: string): void {
    if (records > this.#owed.records) this.#owed = { records, because };
  }

  /** A store that enters everything into the books, and compares what comes back with them. */
  #watched(store: Store, process: number): Store {
    return {
      open: async (owner) => {
        const images = new Map<string, Image>();
        const serials: number[] = [0];
        const replay = (record: Numbered) => {
          const { serial, ...plain } = record;
          serials.push(serial);
          images.set(record.key, withChanges(images.get(record.key), record.changes));
          owner.replay(plain);
        };
        const epoch = await store.open({
          ...owner,
          replay: (record) => replay(record as Numbered),
          snapshot: () => [...owner.snapshot()].map((record) => ({ ...record, serial: this.#books.length })),
        });
        if (process === this.#process) this.#compare(Math.max(...serials), images);
        return epoch;
      },
      append: (record) => {
        if (process !== this.#process) return new Promise(() => {});
        try {
          this.#books.enter(record);
        } catch (error) {
          this.#blame(error);
        }
        const numbered: Numbered = { ...record, serial: this.#books.length };
        const flush = store.append(numbered);
        this.#note(flush, process);
        return flush;
      },
      close: () => store.close(),
    };
  }

  /** Notes what is on stable storage, before the host hears of it. */
  #note(promise: Promise<void>, process: number): void {
    if (promise === this.#write.promise) {
      this.#write.records = this.#books.length;
      return;
    }
    const write = { promise, records: this.#books.length };
    this.#write = write;
    promise.then(
      () => {
        if (process === this.#process) this.#flushed = Math.max(this.#flushed, write.records);
      },
      () => {
        this.#hasFailed = true;
      },
    );
  }

  /** What came back must be all up to some record, and that record not before what was promised. */
  #compare(kept: number, images: ReadonlyMap<string, Image>): void {
    const { records, because } = this.#owed;
    if (kept < records) this.#blame(new Violation(`${because}, and the journal has lost that`));
    if (kept < this.#books.length) this.#books = this.#books.upTo(kept);
    this.#flushed = kept;
    this.#owed = { records: kept, because: "it was there at the start" };
    for (const [key, image] of this.#books.images()) {
      if (!isSame({ ...bare, ...images.get(key) }, { ...bare, ...image }))
        this.#blame(new Violation(`${key} came back as it never was`));
    }
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
  }

  /** Lets the disk do so many operations. */
  async #work(operations: number): Promise<void> {
    for (let count = 0; count < operations; count += 1) {
      this.#disk.step();
      await drained();
    }
  }

  #observe(choices: Choices): void {
    const key = choices.of(["a", "a", "b"]);
    const burst = choices.percent(15) ? 3 : 1;
    for (let count = 0; count < burst; count += 1) {
      const field = choices.of(Object.keys(this.#observations));
      const facts = { [field]: choices.of(this.#observations[field] ?? []) };
      this.#tellFacts(key, facts);
      if (choices.percent(10)) this.#tellFacts(key, facts);
    }
  }

  #tellFacts(key: string, facts: State): void {
    const host = this.#host;
    if (host === null) return;
    const process = this.#process;
    this.tally.observations += 1;
    const told = host.instance(key).observe(facts);
    const records = this.#books.length;
    told.then(
      () => {
        if (process === this.#process) this.#owe(records, `the observation ${JSON.stringify(facts)} of ${key} was acknowledged`);
      },
      (error: unknown) => {
        if (process === this.#process && !this.#hasFailed) this.#blame(error);
      },
    );
  }

  #answer(choices: Choices): void {
    const open = choices.of(this.#world.open);
    if (open === undefined) return;
    const answer = choices.of<Answer>(["done", "done", "done", "failed", "failed", "unknown", "lost", "twice"]);
    this.#tell(`${nameOf(open)} comes to: ${answer}`);
    this.#world.answer(open, answer);
  }

  #wait(choices: Choices): void {
    const { next } = this.#clock;
    const until = choices.percent(60) && next < Infinity ? next - this.#clock.now() : choices.below(1500);
    this.#clock.pass(Math.max(until, 0));
  }

  /** An operator who knows what the world looks like settles an intent. */
  #resolve(choices: Choices): void {
    if (this.#host === null) return;
    const instance: Instance<State> = this.#host.instance(choices.of(["a", "b"]));
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

  /** The process ends at this moment, and another starts: mostly it gets through, sometimes it is hit again on its way. */
  async #crashAndStart(choices: Choices, text: string): Promise<void> {
    this.#crash(choices, text);
    await drained();
    if (choices.percent(70)) while (this.#host === null && this.#disk.pending.length > 0) await this.#work(1);
  }

  /** Somebody throws the journal away, and the world goes on. */
  async #loseJournal(choices: Choices): Promise<void> {
    if (!choices.percent(30)) return;
    this.#world.life += 1;
    this.#disk = new SimulatedDisk();
    this.#books = new Books(this.#domain.transitions);
    [this.#flushed, this.#owed] = [0, { records: 0, because: "" }];
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
      else if (this.#host !== null && this.#clock.next === Infinity) return this.#checkRest();
      else if (this.#waitsForTheWorld()) return;
      else this.#clock.pass(Math.max(this.#clock.next - this.#clock.now(), 0));
      await drained();
    }
    if (this.violation === null) this.#blame(new Violation(`it does not settle within ${settleWithin} steps without faults`));
  }

  /** Whether all that it does is to ask the world again and again for what only an observation can bring. */
  #waitsForTheWorld(): boolean {
    return [...this.#books.images().values()].some(
      ({ backoffs, phase }) => phase === "oscillating" || backoffs?.some(({ fruitless }) => fruitless > 3),
    );
  }

  /** At rest the world and the state agree. */
  #checkRest(): void {
    const host = this.#host;
    if (host === null) return;
    for (const key of host.keys()) {
      const { phase, activations } = host.instance(key).status;
      if (phase === "stuck") this.tally.stuck += 1;
      if (phase === "working" || activations.length > 0)
        this.#blame(new Violation(`${key} is ${phase}, and nothing is left to wait for`));
      if (!isSame(host.instance(key).state, this.#books.images().get(key)?.state)) {
        this.#blame(new Violation(`the state of ${key} is not what its journal holds`));
      }
    }
    this.#checkHappened();
  }

  #checkHappened(): void {
    const { happened, life } = this.#world;
    for (const [id, { effect, instance, activation, life: own }] of happened) {
      if (own !== life || this.#books.intentsCommitted(instance, activation) !== undefined) continue;
      this.#blame(new Violation(`half-finished: ${effect} happened (${id}), and its activation did not commit`));
    }
    for (const [instance, activation, intents] of this.#books.commits()) {
      for (let index = 0; index < intents; index += 1) {
        const key = `${this.#domain.name}/${instance}/life${life}/${activation}/${index}`;
        if (!happened.has(key))
          this.#blame(new Violation(`half-finished: activation ${activation} committed, and ${key} never happened`));
      }
    }
  }
}

/** Lets every promise that can do so go on: called from within a promise, it resolves once none has anything left to do. */
function drained(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** Puts an adapter where its dotted name says; a name may end at a part and go on as well. */
function graft(root: Record<string, unknown>, path: readonly string[], adapter: (...all: unknown[]) => unknown): void {
  const [name = "", ...rest] = path;
  const own = root[name] as Record<string, unknown> | undefined;
  if (rest.length === 0) root[name] = Object.assign(adapter, own);
  else {
    root[name] = own ?? {};
    graft(root[name] as Record<string, unknown>, rest, adapter);
  }
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([name, value]) => isSame(value, Reflect.get(b, name)));
}

function isDiskError(error: unknown): boolean {
  return error instanceof Error && "code" in error;
}

function nameOf({ call, effect }: OpenCall): string {
  return `${call.instance}: attempt ${call.attempt} of ${effect}`;
}

/** A record with its place in the books. */
interface Numbered extends JournalRecord {
  readonly serial: number;
}
