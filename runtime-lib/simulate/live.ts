import { overdue } from "./overdue.js";
import type { ReferenceModel } from "./reference-model.js";
import { isSame } from "./same.js";
import { definitionOf, type Opened, type SimulatedPart } from "./subject.js";
import { Violation } from "./violation.js";

/** Finds where what is alive and what the journal holds do not agree: what waits in mailboxes, and what is on its way. */
export function* mailIn(host: Opened, model: ReferenceModel): Generator<Violation> {
  const images = model.images();
  for (const address of host.addresses()) {
    const name = `${address.domain}/${address.key}`;
    const { mailbox = 0, sending = [] } = host.instance(address).status;
    const { inbox = [], outgoing = [] } = images.get(name) ?? {};
    if (mailbox === inbox.length && sending.length === outgoing.length) continue;
    yield new Violation(`the messages of ${name} are not what its journal holds`);
  }
}

/** Finds what instances could do and have left undone. */
export function leftUndone(parts: readonly SimulatedPart[], now: number) {
  return function* (host: Opened, model: ReferenceModel): Generator<Violation> {
    const images = model.images();
    for (const address of host.addresses()) {
      const name = `${address.domain}/${address.key}`;
      const { status } = host.instance(address);
      const image = images.get(name);
      const part = parts.find((other) => other.name === address.domain);
      const definition = part === undefined ? null : definitionOf(part);
      if (image === undefined || definition === null || status.phase === "stopped") continue;
      const left = overdue(definition, { ...image, faults: status.faults }, now);
      if (left !== null) yield new Violation(`${name} has left something undone: ${left}`);
    }
  };
}

/** Finds what is not as it should be once nothing is left to wait for. */
export function* atRest(host: Opened, model: ReferenceModel): Generator<Violation> {
  for (const address of host.addresses()) {
    const name = `${address.domain}/${address.key}`;
    const { state, status } = host.instance(address);
    if (status.phase === "working" || status.activations.length > 0)
      yield new Violation(`${name} is ${status.phase}, and nothing is left to wait for`);
    if (!isSame(state, model.images().get(name)?.state))
      yield new Violation(`the state of ${name} is not what its journal holds`);
  }
}

/** What tells a domain that only waits for the world from one that does not settle. */
export class Patience {
  #lastStates = "";

  /** Says whether all that it does is to ask the world again and again for what only an observation can bring. */
  isWaiting(step: number, model: ReferenceModel): boolean {
    return [...model.images().values()].some(
      ({ backoffs = [], phase }) =>
        phase === "oscillating" ||
        backoffs.some(({ fruitless }) => fruitless > 3) ||
        (backoffs.some(({ intents }) => intents === null) && this.#hasStoodStill(step, model)),
    );
  }

  /** Says whether no state has changed for a while: what cools down asks so seldom that nothing counts how often. */
  #hasStoodStill(step: number, model: ReferenceModel): boolean {
    if (step % 100 > 0) return false;
    const states = JSON.stringify([...model.images().values()].map(({ state }) => state));
    const isSameAsBefore = states === this.#lastStates;
    this.#lastStates = states;
    return isSameAsBefore;
  }
}
