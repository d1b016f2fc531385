// The states that commits may lead back to with no observation and no rest between. As the kernel slows down where one is reached
// for the third time, it matters of these how often they were reached, and of no others. Which they are is found by searching: first
// as if there were none, then again with those that were found, until there are no more.
import type { Input } from "../../runtime-lib/kernel/event.js";
import type { Reaction } from "../../runtime-lib/kernel/react.js";
import type { State } from "../../runtime-lib/kernel/value.js";
import { withFreshInOrder } from "./plain-situation.js";

/** More visits of a state make no difference: the next one is the third. */
const maxVisits = 2;

/** The states that a search has seen to recur. */
export class Recurrence {
  /** What may follow each state, by texts. */
  readonly #next = new Map<string, Set<string>>();
  #recurrent: ReadonlySet<string> = new Set();

  /** Notes through which states a reaction to an input has led an instance of a domain. */
  note(domain: string, before: State, input: Input, { instance, events }: Reaction): void {
    // What is observed begins a new count.
    let from = input.type === "observation" ? null : before;
    for (const event of events) {
      if (event.type !== "committed") continue;
      // A commit that changes nothing leaves the very same state.
      if (from !== null && from !== event.state) this.#link(nameOf(domain, from), nameOf(domain, event.state));
      from = event.state;
    }
    // So does a rest.
    if (from === null || instance.phase === "resting") return;
    const [last, end] = [nameOf(domain, from), nameOf(domain, instance.state)];
    if (last !== end) this.#link(last, end);
  }

  #link(from: string, to: string): void {
    const known = this.#next.get(from);
    if (known === undefined) this.#next.set(from, new Set([to]));
    else known.add(to);
  }

  /** Gives of what an instance has reached what matters, in one order. */
  kept(domain: string, reached: readonly State[]): State[] {
    const texts = reached
      .filter((state) => this.#recurrent.has(nameOf(domain, state)))
      .map((state) => JSON.stringify(state))
      .sort();
    const counted = texts.filter((text, index) => texts[index - maxVisits] !== text);
    // They were states.
    return counted.map((text) => JSON.parse(text) as State);
  }

  /** Says whether the last search has seen more states recur than were known before it: then it missed something. */
  grows(): boolean {
    const recurrent = new Set([...this.#next.keys()].filter((text) => this.#leadsBack(text)));
    const isMore = recurrent.size > this.#recurrent.size;
    this.#recurrent = recurrent;
    return isMore;
  }

  #leadsBack(text: string): boolean {
    const met = new Set(this.#next.get(text));
    for (const one of met) for (const next of this.#next.get(one) ?? []) met.add(next);
    return met.has(text);
  }
}

/** Names a state of a domain: those that differ only in which strings they are that no program knows are one. */
function nameOf(domain: string, state: State): string {
  return `${domain} ${withFreshInOrder(JSON.stringify(state))}`;
}
