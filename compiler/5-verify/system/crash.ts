import type { Activation } from "../../../runtime-lib/kernel/instance.js";
import type { Member } from "./member.js";
import { type MemberMove, move } from "./member-move.js";

/**
 * A crash while several effects are under way of which a handler asks whether anybody knows; one alone is as if it were late.
 * Null: there are not so many.
 */
export function crashOf(members: readonly Member[]): MemberMove | null {
  const asked = members.flatMap((member) => askedIn(member).map(() => member));
  const [first] = asked;
  if (first === undefined || asked.length < 2) return null;
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
