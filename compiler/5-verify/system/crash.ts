import { type Activation, type Instance, none } from "../../../runtime-lib/kernel/instance.js";
import type { Member } from "./member.js";
import { type MemberMove, move } from "./member-move.js";

/**
 * A crash while several effects are under way of which a handler asks whether anybody knows: one alone is as if it were late. Or while a
 * transition has faulted, which is tried again after it. Null: it makes no difference.
 */
export function crashOf(members: readonly Member[]): MemberMove | null {
  const asked = members.flatMap((member) => askedIn(member).map(() => member));
  const hasFaulted = members.some(({ instance }) => instance.faults.length > 0);
  const [first] = members;
  if (first === undefined || (asked.length < 2 && !hasFaulted)) return null;
  return move({
    key: "crash",
    text: "the process is killed and starts again: nobody knows what came of what was under way",
    cue: { kind: "crash" },
    from: first.instance,
    input: { type: "recovered", now: 0 },
  });
}

function askedIn({ instance, part: { machine } }: Member): readonly Activation[] {
  return instance.activations.filter(
    ({ mode, intents, next }) =>
      mode === "in flight" && machine.handlers?.find(intents[next]?.effect ?? "", "unknown") !== undefined,
  );
}

/** Members in the order in which a host takes their instances over: by the domains of the program. @param domains their names */
export function inOrderOfRecovery(members: readonly Member[], domains: readonly string[]): Member[] {
  const place = ({ part }: Member) => domains.indexOf(part.domain.name);
  return [...members].sort((a, b) => place(a) - place(b));
}

/** An instance as it is written down: what faulted, and what was reached, is not. */
export function asWritten(instance: Instance): Instance {
  return { ...instance, faults: none, reached: none };
}
