import { isTrue } from "./faults.js";
import { none } from "./instance.js";
import { publish, type Turn } from "./turn.js";

/** An effect has happened: what the world does not show yet is expected from now on. */
export function expectShown({ machine, next, now }: Turn, effect: string): void {
  const contract = machine.contracts.get(effect);
  if (contract === undefined) return;
  const others = next.expected.filter((expectation) => expectation.effect !== effect);
  next.expected = [...others, { effect, until: now + contract.within }];
}

/** Forgets what the world shows by now, and reports what it did not show in time. */
export function checkExpected(turn: Turn): void {
  const { machine, next, now } = turn;
  if (next.expected.length === 0) return;
  const open = next.expected.filter(({ effect }) => {
    const contract = machine.contracts.get(effect);
    return contract !== undefined && !isTrue(contract.shown, next.state);
  });
  const late = open.filter(({ until }) => until <= now);
  if (machine.publishes) for (const { effect } of late) publish(turn, { type: "notShown", effect });
  const left = open.filter((expectation) => !late.includes(expectation));
  if (left.length < next.expected.length) next.expected = left.length === 0 ? none : left;
}
