import { changeState } from "./change.js";
import type { Handler } from "./compiled.js";
import type { Outcome } from "./event.js";
import { brokenBy, noteFault, reasonOf } from "./faults.js";
import type { HandlerRules, Turn } from "./rules.js";
import { publish } from "./turn.js";
import { isOfType, typeInWords, type Value, valueInWords } from "./value.js";

/** What is done about what became of effects, in a domain that does something: others do without this code. */
export class Handlers implements HandlerRules {
  readonly all: readonly Handler[];

  constructor(all: readonly Handler[]) {
    this.all = all;
  }

  /** Finds the handler of an outcome of an effect. */
  find(effect: string, outcome: Outcome): Handler | undefined {
    return this.all.find((handler) => handler.effect === effect && handler.outcome === outcome);
  }

  /** Says why what an effect came to is not what a handler asks for; null: it is, or none asks. */
  mismatch(effect: string, value: unknown): string | null {
    const payload = this.find(effect, "done")?.payload;
    if (payload === undefined || isOfType(payload, value)) return null;
    return `${valueInWords(value)} is not ${typeInWords(payload)}`;
  }

  /** Runs the handler of what became of an effect, if there is one. A fault discards what it would have written. */
  run(turn: Turn, effect: string, outcome: Outcome, payload: unknown): void {
    const { machine, next } = turn;
    const handler = this.find(effect, outcome);
    if (handler === undefined) return;
    const fault = (reason: string) => noteFault(turn, "handler", `${effect} ${outcome}`, reason);
    // An operator may have settled it without saying what it came to.
    if (handler.payload !== undefined && !isOfType(handler.payload, payload)) {
      return fault(`nobody said what it came to: ${typeInWords(handler.payload)}`);
    }
    try {
      const writes = writesOf(handler, turn, payload);
      const broken = machine.invariants.length === 0 ? null : brokenBy(turn, writes);
      if (broken !== null) return fault(`it would break invariant ${broken}`);
      if (machine.publishes) publish(turn, { type: "handled", effect, outcome, writes });
      turn.handled = { ...turn.handled, ...writes };
      if (!machine.same(next.state, machine.merge(next.state, writes))) changeState(turn, writes);
    } catch (error) {
      fault(reasonOf(error));
    }
  }
}

function writesOf({ writes, payload: type }: Handler, { next }: Turn, payload: unknown) {
  // Its payload was checked. There is no negative zero.
  const value = (type === undefined ? "" : payload === 0 ? 0 : payload) as Value;
  return writes(next.state, value);
}

/** Makes the rules of what is done about what became of effects. Called by generated code. */
export function handlers<S extends object>(all: readonly Handler<S>[]): Handlers {
  // The kernel sees states as plain records, whatever interface the generated code gives them.
  return new Handlers(all as unknown as readonly Handler[]);
}
