import type { Contract } from "./compiled.js";
import { isTrue } from "./faults.js";
import { none } from "./instance.js";
import type { ContractRules, Turn } from "./rules.js";
import { publish } from "./turn.js";

/** What the world is expected to show once effects have happened, in a domain that says so: others do without this code. */
export class Contracts implements ContractRules {
  readonly byEffect: ReadonlyMap<string, Contract>;

  constructor(byEffect: Readonly<Record<string, Contract>>) {
    this.byEffect = new Map(Object.entries(byEffect));
  }

  /** Notes that an effect has happened: what the world does not show yet is expected from now on. */
  expect({ next, now }: Turn, effect: string): void {
    const contract = this.byEffect.get(effect);
    if (contract === undefined) return;
    const others = next.expected.filter((expectation) => expectation.effect !== effect);
    next.expected = [...others, { effect, until: now + contract.within }];
  }

  /** Forgets what the world shows by now, and reports what it did not show in time. */
  check(turn: Turn): void {
    const { machine, next, now } = turn;
    if (next.expected.length === 0) return;
    const open = next.expected.filter(({ effect }) => {
      const contract = this.byEffect.get(effect);
      return contract !== undefined && !isTrue(contract.shown, next.state);
    });
    const late = open.filter(({ until }) => until <= now);
    if (machine.publishes) for (const { effect } of late) publish(turn, { type: "notShown", effect });
    const left = open.filter((expectation) => !late.includes(expectation));
    if (left.length < next.expected.length) next.expected = left.length === 0 ? none : left;
  }
}

/** Makes the rules of what the world is expected to show, by effect. Called by generated code. */
export function contracts<S extends object>(byEffect: Readonly<Record<string, Contract<S>>>): Contracts {
  // The kernel sees states as plain records, whatever interface the generated code gives them.
  return new Contracts(byEffect as unknown as Readonly<Record<string, Contract>>);
}
