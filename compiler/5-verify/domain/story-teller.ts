import type { KernelEvent } from "../../../runtime-lib/kernel/event.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import { assignments, call } from "../../../runtime-lib/words.js";
import type { Source } from "../../diagnostics/diagnostic.js";
import type { Value } from "../../language/type.js";
import { unreachable } from "../../language/unreachable.js";
import { definedOf, EventTeller, newsIn, stateAfter } from "../report/event-teller.js";
import type { Consequence, StoryStep } from "../report/story.js";
import { listed } from "../report/summary.js";
import type { Told } from "../report/teller.js";
import type { Move } from "./moves.js";
import type { Node } from "./node.js";
import type { Walker } from "./walker.js";

/** Tells what a move makes of a node, and why. */
export class StoryTeller {
  readonly #walker: Walker;
  readonly #events: EventTeller;

  constructor(walker: Walker, source: Source) {
    this.#walker = walker;
    this.#events = new EventTeller(walker.domain, source);
  }

  /** Tells a move from a node. The words are of where it leads. */
  tell(node: Node, move: number): Told {
    const { events, instance } = this.#walker.tell(node, move);
    const step = { ...this.#stepOf(node, move), consequences: this.#consequencesOf(node, move, events), state: instance.state };
    const words = new Uint16Array(this.#walker.codec.width);
    this.#walker.codec.write(instance, words);
    const commits = events.flatMap((event) => this.#events.committedBy(event) ?? []);
    return { words, step, commits };
  }

  #stepOf(node: Node, move: number): Pick<StoryStep, "text" | "cue"> {
    const { text, cue } = this.#happeningOf(node, move);
    const { moves } = this.#walker;
    const overdue = moves.overdueAt(move).filter((wait) => wait !== moves.baseOf(move));
    if (overdue.length === 0) return { text, cue };
    const waits = overdue.map((wait) => moves.of(wait));
    const names = waits.flatMap((wait) => this.#waitedFor(wait) ?? []);
    return { text: `${text}, just when ${listed(waits.map((wait) => this.#endOf(wait)))}`, cue: { ...cue, overdue: names } };
  }

  /** What a wait is for: the field of a duration, or a transition; null: the instance is slowed down. */
  #waitedFor(wait: Move): string | null {
    if (wait.kind === "elapse") return wait.duration;
    return wait.kind === "retry" ? this.#nameOf(wait.transition) : null;
  }

  #endOf(wait: Move): string {
    if (wait.kind === "elapse") return `\`${wait.duration}\` has held for long enough`;
    return wait.kind === "retry" ? `the time comes to try ${this.#nameOf(wait.transition)} again` : "it may go on";
  }

  #happeningOf(node: Node, move: number): Pick<StoryStep, "text" | "cue"> {
    const walker = this.#walker;
    const happening = walker.moves.of(move);
    switch (happening.kind) {
      case "start":
        return { text: "it starts", cue: { kind: "start" } };
      case "resume":
        return { text: "after a while it goes on", cue: { kind: "resume" } };
      case "crash":
        return { text: "the process is killed and starts again: nobody knows what came of what was under way", cue: happening };
      case "observe":
        return observing(node.isUnborn ? happening.facts : newsIn(happening.facts, node.plain.state));
      case "elapse":
        return { text: `\`${happening.duration}\` comes true`, cue: happening };
      case "retry": {
        const transition = this.#nameOf(happening.transition);
        const isWanted = !node.plain.allHold && walker.mayStart(node, happening.transition);
        return {
          text: isWanted ? `the time comes to try ${transition} again` : "time passes",
          cue: { kind: "retry", transition },
        };
      }
      case "done":
      case "failed":
      case "unknown": {
        const entry = node.about[happening.transition];
        const intent = entry?.kind === "flight" ? entry.planned.plan.intents[entry.next] : undefined;
        const wanted = intent === undefined ? this.#nameOf(happening.transition) : call(intent);
        const payload = this.#payloadIn(happening, walker.effectOf(entry));
        const text = `${wanted} ${outcomeWords[happening.kind]}${payload === undefined ? "" : `: ${JSON.stringify(payload)}`}`;
        const transition = this.#nameOf(happening.transition);
        if (payload === undefined) return { text, cue: { kind: happening.kind, transition, ...this.#delayAfter(happening) } };
        if (happening.kind === "done") return { text, cue: { kind: "done", transition, value: payload } };
        return { text, cue: { kind: happening.kind, transition, reason: String(payload) } };
      }
      default:
        return unreachable(happening);
    }
  }

  /** What is in nobody's way has no pause after a failure: it may be tried again whenever it is wanted. */
  #delayAfter({ kind, transition }: Extract<Move, { kind: "done" | "failed" | "unknown" }>) {
    return kind === "failed" && this.#walker.independent[transition] === true ? { isDelayOver: true } : {};
  }

  /** The payload of the handler of an outcome; undefined: it has none. */
  #payloadIn(happening: Extract<Move, { kind: "done" | "failed" | "unknown" }>, effect: string): Value | undefined {
    const own = happening.kind === "done" ? happening.value : happening.reason;
    return own ?? this.#walker.firstPayload(effect, happening.kind);
  }

  #consequencesOf({ plain }: Node, move: number, events: readonly KernelEvent[]): Consequence[] {
    const happening = this.#walker.moves.of(move);
    let state: State = happening.kind === "elapse" ? { ...plain.state, [happening.duration]: true } : plain.state;
    const said: Consequence[] = [];
    for (const event of events) {
      // It is the step itself that was observed.
      if (event.type === "observed") state = { ...state, ...definedOf(event.facts) };
      const consequence = this.#events.consequenceOf(event, state, events);
      if (consequence !== null) said.push(consequence);
      state = stateAfter(event, state);
    }
    return said;
  }

  #nameOf(transition: number): string {
    return this.#walker.machine.transitions[transition]?.name ?? "";
  }
}

function observing(facts: State): Pick<StoryStep, "text" | "cue"> {
  return { text: `observed: ${assignments(facts)}`, cue: { kind: "observe", facts } };
}

const outcomeWords = { done: "is done", failed: "fails", unknown: "may have happened" } as const;
