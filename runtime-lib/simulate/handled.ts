import type { Image } from "../journal/image.js";
import type { JournalRecord } from "../journal/store.js";
import type { Plan } from "../kernel/compiled.js";
import type { Definition } from "../kernel/definition.js";
import { isTrue } from "../kernel/faults.js";
import type { State } from "../kernel/value.js";
import { isSame } from "./same.js";
import { Violation } from "./violation.js";

/**
 * Checks that a handler of a message has written what it writes when it is run once: where the message is alone in its record.
 * @throws Violation where it has not
 */
export function checkHandled(
  definition: Definition | null,
  { domain, key, input, handled }: JournalRecord,
  before: Image,
  after: Image,
): void {
  // What time decides may have changed in the same record, before it was run.
  if (definition === null || input.type !== "message" || definition.durations !== undefined) return;
  if ((before.inbox ?? []).length > 0 || (after.inbox ?? []).length > 0) return;
  const { name, args, isEvent } = input;
  const receiver = (isEvent ? definition.hears : definition.receives)?.find((other) => other.name === name);
  if (receiver === undefined) return;
  // The image of an instance that comes to life by this message is still empty.
  const state: State = { ...definition.initial, ...before.state };
  // What an instance sends was checked by the compiler, and what comes from outside by the kernel.
  const should = writesOf(definition, state, () => receiver.plan(state, ...(args as State[string][])));
  if (isSame(handled ?? null, should)) return;
  const [is, once] = [handled, should].map((writes) => JSON.stringify(writes ?? null));
  throw new Violation(`${domain}/${key} ran ${name}, which wrote ${is}; run once it writes ${once}`);
}

/** Gives what a plan writes; null: there is nothing to do, it faults, or it would break an invariant. */
function writesOf({ invariants = {} }: Definition, state: State, ask: () => Plan | null): Plan["writes"] | null {
  try {
    const writes = ask()?.writes ?? null;
    const after = { ...state, ...writes } as State;
    const isBroken = Object.values(invariants).some((holds) => isTrue(holds, state) && !isTrue(holds, after));
    return isBroken ? null : writes;
  } catch {
    return null;
  }
}
