import type { KernelEvent } from "../../../runtime-lib/kernel/event.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import { assignments, call, wordsAbout } from "../../../runtime-lib/words.js";
import type { Domain, Outcome, Transition } from "../../2-check/program.js";
import type { Source } from "../../diagnostics/diagnostic.js";
import { Lines } from "../../diagnostics/position.js";
import { whyEnabled } from "./reasons.js";
import { type Consequence, realitiesIn } from "./story.js";
import type { Passage } from "./teller.js";

/** Tells what happens to an instance of a domain, with the lines that do it. */
export class EventTeller {
  readonly #domain: Domain;
  readonly #source: Source;
  readonly #lines: Lines;

  constructor(domain: Domain, source: Source) {
    this.#domain = domain;
    this.#source = source;
    this.#lines = new Lines(source.text);
  }

  /** Gives the transition that an event commits; null: none. */
  committedBy(event: KernelEvent): Passage | null {
    const declared = event.type === "committed" ? this.#declared(event.transition) : undefined;
    return declared === undefined ? null : { span: declared.span, source: this.#source };
  }

  /**
   * Gives what an event is for a reader; null: another one says it, or nobody asks.
   * @param state the fields before it @param events all that happen to the instance at once
   */
  consequenceOf(event: KernelEvent, state: State, events: readonly KernelEvent[]): Consequence | null {
    switch (event.type) {
      case "started": {
        const why = this.#whyOf(event.transition, state);
        const [first, ...rest] = event.intents;
        if (first === undefined) return this.#about(event.transition, `${event.transition} runs${why}`);
        const then = rest.length > 0 ? `, to go on with ${rest.map(call).join(", ")}` : "";
        return this.#about(event.transition, `${event.transition} emits ${call(first)}${why}${then}`);
      }
      case "dispatched": {
        const isVerbose = events.some((other) => other.type === "started" && other.activation === event.activation);
        return isVerbose ? null : this.#about(event.transition, `${event.transition} emits ${call(event.intent)}`);
      }
      case "committed": {
        const dropped = event.dropped.length > 0 ? `, but for ${event.dropped.join(", ")}: a later one wrote that` : "";
        return this.#about(event.transition, `${event.transition} commits ${assignments(event.writes) || "nothing"}${dropped}`);
      }
      case "handled": {
        const text = `on ${event.effect} ${event.outcome}: ${assignments(event.writes) || "nothing changes"}`;
        return { text, line: this.#lineOfHandler(event.effect, event.outcome) };
      }
      case "abandoned":
        return this.#about(event.transition, `${event.transition} is given up: ${event.reason}`);
      case "faulted":
        return { text: `${event.name} faults: ${event.reason}`, line: null };
      case "rested":
        return { text: restsIn(event.realities), line: null };
      case "sent":
      case "received":
        return { text: wordsAbout(event), line: null };
      case "oscillating":
        return { text: "it goes round in circles, and is slowed down", line: null };
      // The step itself says it, or nobody asks.
      default:
        return null;
    }
  }

  #lineOfHandler(effect: string, outcome: Outcome): number | null {
    const { handlers } = this.#domain;
    const own = handlers.find((handler) => handler.effect === effect && handler.outcome === outcome);
    return own === undefined ? null : this.#lines.at(own.span.start).line;
  }

  #about(transition: string, text: string): Consequence {
    const declared = this.#declared(transition);
    return { text, line: declared === undefined ? null : this.#lines.at(declared.span.start).line };
  }

  #whyOf(transition: string, state: State): string {
    const declared = this.#declared(transition);
    const why = declared === undefined ? "" : whyEnabled(declared, state, this.#source);
    return why === "" ? "" : `, as ${why}`;
  }

  #declared(transition: string): Transition | undefined {
    return this.#domain.transitions.find(({ name }) => name === transition);
  }
}

/** A domain without goals has no reality to rest in. */
function restsIn(realities: Readonly<Record<string, string>>): string {
  return Object.keys(realities).length === 0 ? "it rests" : `it rests in ${realitiesIn(realities)}`;
}

/** The fields after an event. */
export function stateAfter(event: KernelEvent, state: State): State {
  if (event.type === "handled") return { ...state, ...definedOf(event.writes) };
  return event.type === "committed" ? event.state : state;
}

/** Writes without fields that none of them sets. */
export function definedOf(writes: Partial<State>): State {
  return Object.fromEntries(Object.entries(writes).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])));
}

/** What of some facts is news in a state; all where nothing is. */
export function newsIn(facts: State, state: State): State {
  const news = Object.entries(facts).filter(([field, value]) => state[field] !== value);
  return news.length === 0 ? facts : Object.fromEntries(news);
}
