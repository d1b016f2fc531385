import type { Instance } from "../../../runtime-lib/kernel/instance.js";
import type { Reaction } from "../../../runtime-lib/kernel/react.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import { enoughVisits, Visits } from "../search/visits.js";
import type { Part } from "./part.js";

/** Which states of instances commits lead back to: of these it is kept how often they were reached, see `Visits`. */
export class Memory {
  readonly visits = new Visits();
  readonly #numbers = new Map<string, number>();

  /** How many states were met. */
  get states(): number {
    return this.#numbers.size;
  }

  /** Notes where an input led an instance. @param isObserved whether it was an observation, which begins anew */
  note(part: Part, before: Instance, { instance: { state, reached, phase } }: Reaction, isObserved: boolean): void {
    if (phase === "resting") return;
    const led = reached.slice(isObserved ? 0 : before.reached.length).map((each) => this.#numberOf(part, each));
    this.visits.note(isObserved ? null : this.#numberOf(part, before.state), led, this.#numberOf(part, state));
  }

  /** What has to be kept of the states that commits led to: how often matters up to twice, and in which order does not. */
  kept(part: Part, reached: readonly State[]): readonly State[] {
    if (reached.length === 0 || !this.visits.isKept) return nothing;
    const numbered = reached.map((state) => [this.#numberOf(part, state), state] as const);
    const own = numbered.filter(([number]) => this.visits.remembers(number)).sort(([a], [b]) => a - b);
    return own.filter(([number], index) => own[index - enoughVisits]?.[0] !== number).map(([, state]) => state);
  }

  #numberOf({ domain, counters }: Part, state: State): number {
    const text = `${domain.name}\n${JSON.stringify({ ...state, ...counters })}`;
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }
}

const nothing: readonly State[] = [];
