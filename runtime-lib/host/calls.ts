import type { Attempt, Outcome, OutcomeInput } from "../kernel/event.js";
import { reasonOf } from "../kernel/faults.js";
import { none } from "../kernel/instance.js";
import { invoke, type Route } from "./adapters.js";
import type { Agenda } from "./agenda.js";
import { Call, type Caller } from "./call.js";
import type { Clock } from "./clock.js";
import type { Gates } from "./gates.js";
import { isThenable, outcomeOfThrow } from "./outcome.js";
import type { OpenCall, Slot } from "./slot.js";

/** What calls are made with. */
export interface CallOptions {
  /** Who carries out each effect, by its dotted name. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly gates: Gates | null;
  readonly clock: Clock;
}

/** Whose calls they are. */
export interface CallOwner extends Caller {
  /** Does one thing at a time. */
  run(task: () => void): void;
  /** Takes what an attempt came to, whatever else goes on. */
  end(key: string, outcome: OutcomeInput): void;
}

/** A call that is under way and may time out. A class, as there are many: no closure for each. */
class TimedCall implements OpenCall {
  readonly at: number;
  readonly call: Call;
  readonly #slot: Slot;
  readonly #timeOut: (slot: Slot, call: Call) => void;

  constructor(at: number, call: Call, slot: Slot, timeOut: (slot: Slot, call: Call) => void) {
    this.at = at;
    this.call = call;
    this.#slot = slot;
    this.#timeOut = timeOut;
  }

  ring(): void {
    this.#timeOut(this.#slot, this.call);
  }
}

/**
 * The attempts of a host: it calls adapters, sees to their time, and says what they came to. Whatever adapters do, nothing
 * escapes.
 */
export class Calls {
  readonly #options: CallOptions;
  readonly #owner: CallOwner;
  readonly #agenda: Agenda;
  #open = 0;
  #isOver = false;

  constructor(options: CallOptions, owner: CallOwner, agenda: Agenda) {
    this.#options = options;
    this.#owner = owner;
    this.#agenda = agenda;
  }

  /** How many calls wait for their answer. */
  get open(): number {
    return this.#open;
  }

  /** Makes an attempt, as soon as there is room for it; `now` is in epoch ms. */
  make(slot: Slot, attempt: Attempt, now: number): void {
    const { gates } = this.#options;
    if (gates === null) return this.#call(slot, attempt, now);
    gates.enter(attempt.intent.effect, () => this.#owner.run(() => this.#callIfWanted(slot, attempt)));
  }

  /** Gives up the open attempt at an intent that is settled otherwise. */
  giveUp(slot: Slot, activation: number): void {
    for (const { call } of slot.calls) {
      if (call.activation !== activation) continue;
      this.#drop(slot, call);
      Call.abort(call, "another attempt is done");
    }
  }

  /** Aborts an instance's calls; from now on no attempt is made, and what becomes of them is not reported. */
  stop(slot: Slot): void {
    this.#isOver = true;
    for (const { call } of slot.calls) Call.abort(call, `${this.#owner.domain}/${call.instance} was stopped`);
    slot.calls = none;
  }

  /** Makes a call that has waited for its turn, unless it is over meanwhile. */
  #callIfWanted(slot: Slot, made: Attempt): void {
    const isWanted = slot.instance.activations.some(
      ({ number, next, attempt }) => number === made.activation && next === made.index && attempt === made.attempt,
    );
    if (isWanted && !this.#isOver) this.#call(slot, made, this.#options.clock.now());
    else this.#options.gates?.leave(made.intent.effect);
  }

  #call(slot: Slot, attempt: Attempt, now: number): void {
    const { intent, timeout } = attempt;
    const call = new Call(this.#owner, slot.instance.key, attempt);
    let result: unknown;
    try {
      result = invoke(this.#options.routes.get(intent.effect), intent.args, call);
    } catch (thrown) {
      this.#options.gates?.leave(intent.effect);
      return this.#threw(slot, call, thrown);
    }
    if (!isThenable(result)) {
      this.#options.gates?.leave(intent.effect);
      return this.#ended(slot, call, "done", "", result);
    }
    const open = new TimedCall(timeout > 0 ? now + timeout : Infinity, call, slot, this.#timeOut);
    slot.calls = slot.calls.length === 0 ? [open] : [...slot.calls, open];
    this.#open += 1;
    if (timeout > 0) this.#agenda.add(open);
    Promise.resolve(result).then(
      (value) => this.#ended(slot, call, "done", "", value),
      (thrown) => this.#threw(slot, call, thrown),
    );
  }

  #threw(slot: Slot, call: Call, thrown: unknown): void {
    // What it throws once it was given up says nothing.
    if (!Call.isAborted(call)) this.#ended(slot, call, outcomeOfThrow(thrown), reasonOf(thrown));
  }

  readonly #timeOut = (slot: Slot, call: Call): void => {
    const reason = `no answer within ${Call.madeBy(call).timeout} ms`;
    Call.abort(call, reason);
    this.#ended(slot, call, "unknown", reason);
  };

  #ended(slot: Slot, call: Call, outcome: Outcome, reason: string, value?: unknown): void {
    if (this.#isOver) return;
    this.#drop(slot, call);
    const { activation, index: intent, attempt } = Call.madeBy(call);
    const now = this.#options.clock.now();
    this.#owner.end(call.instance, { type: "outcome", now, activation, intent, attempt, outcome, reason, value });
  }

  /** Drops a call, the first time that it is over. */
  #drop(slot: Slot, call: Call): void {
    const open = slot.calls.find((other) => other.call === call);
    if (open === undefined) return;
    slot.calls = slot.calls.length === 1 ? none : slot.calls.filter((other) => other !== open);
    this.#open -= 1;
    this.#agenda.remove(open);
    this.#options.gates?.leave(Call.madeBy(call).intent.effect);
  }
}
