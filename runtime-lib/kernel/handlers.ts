import { changeState } from "./change.js";
import type { Handler, Value } from "./definition.js";
import type { Outcome } from "./event.js";
import { brokenBy, noteFault, reasonOf } from "./faults.js";
import { handlerKey, type Machine } from "./machine.js";
import { publish, type Turn } from "./turn.js";
import { isOfType, typeInWords, valueInWords } from "./value.js";

/** Why what an effect came to is not what a handler asks for; null: it is, or none asks. */
export function misfitOf({ handlers }: Machine, effect: string, value: unknown): string | null {
  const told = handlers.get(handlerKey(effect, "done"))?.told;
  if (told === undefined || isOfType(told, value)) return null;
  return `${valueInWords(value)} is not ${typeInWords(told)}`;
}

/** Runs the handler of what became of an effect, if there is one. A fault discards what it would have written. */
export function handle(turn: Turn, effect: string, outcome: Outcome, told: unknown): void {
  const { machine, next } = turn;
  const handler = machine.handlers.get(handlerKey(effect, outcome));
  if (handler === undefined) return;
  const name = `${effect} ${outcome}`;
  // An operator may have settled it without saying what it came to.
  if (handler.told !== undefined && !isOfType(handler.told, told)) {
    return noteFault(turn, "handler", name, `nobody said what it came to: ${typeInWords(handler.told)}`);
  }
  try {
    const writes = writesOf(handler, turn, told);
    const broken = machine.invariants.length === 0 ? null : brokenBy(turn, writes);
    if (broken !== null) return noteFault(turn, "handler", name, `it would break invariant ${broken}`);
    if (machine.publishes) publish(turn, { type: "handled", effect, outcome, writes });
    turn.handled = { ...turn.handled, ...writes };
    if (!machine.same(next.state, machine.merge(next.state, writes))) changeState(turn, writes);
  } catch (error) {
    noteFault(turn, "handler", name, reasonOf(error));
  }
}

function writesOf({ writes, told: type }: Handler, { next }: Turn, told: unknown) {
  // What it is told was checked when it came, or is the message of an error. There is no negative zero.
  const value = (type === undefined ? "" : told === 0 ? 0 : told) as Value;
  return writes(next.state, value);
}
