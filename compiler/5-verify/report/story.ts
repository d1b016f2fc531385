import type { KernelEvent } from "../../../runtime-lib/kernel/event.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Cue } from "../../../runtime-lib/simulate/replay.js";
import { assignments, call } from "../../../runtime-lib/words.js";
import type { Outcome, Transition } from "../../2-check/program.js";
import type { Source } from "../../diagnostics/diagnostic.js";
import { Lines } from "../../diagnostics/position.js";
import type { Value } from "../../language/type.js";
import { unreachable } from "../../language/unreachable.js";
import type { Move } from "../domain/moves.js";
import type { Node } from "../domain/node.js";
import { isEnabled } from "../domain/states.js";
import type { Graph } from "../search/graph.js";
import { whyEnabled } from "./reasons.js";

/** Something that followed from a step. */
export interface Consequence {
  readonly text: string;
  /** The line of the source that did it; null: none did. */
  readonly line: number | null;
}

/** One thing that happens, and what follows at once. */
export interface StoryStep {
  readonly text: string;
  /** The step, as `replay` of `vedc/simulate` takes it. */
  readonly cue: Cue;
  readonly consequences: readonly Consequence[];
  /** The fields after it. */
  readonly state: State;
}

/** What happens along moves that lead from one node to the next. */
export function storyOf(graph: Graph, from: number, moves: readonly number[], source: Source): StoryStep[] {
  return new Teller(graph, source).tell(from, moves);
}

class Teller {
  readonly #graph: Graph;
  readonly #source: Source;
  readonly #lines: Lines;

  constructor(graph: Graph, source: Source) {
    this.#graph = graph;
    this.#source = source;
    this.#lines = new Lines(source.text);
  }

  tell(from: number, moves: readonly number[]): StoryStep[] {
    const { walker } = this.#graph;
    const node = this.#graph.read(from, walker.node());
    const words = new Uint16Array(walker.codec.width);
    return moves.map((move) => {
      const { events, instance } = walker.tell(node, move);
      const step = { ...this.#stepOf(node, move), consequences: this.#consequencesOf(node, move, events), state: instance.state };
      walker.codec.write(instance, words);
      walker.codec.read(words, node);
      return step;
    });
  }

  #stepOf(node: Node, move: number): Pick<StoryStep, "text" | "cue"> {
    const { walker } = this.#graph;
    const happening = walker.moves.of(move);
    switch (happening.kind) {
      case "start":
        return { text: "it starts", cue: { kind: "start" } };
      case "resume":
        return { text: "after a while it goes on", cue: { kind: "resume" } };
      case "observe":
        return { text: `observed: ${assignments(happening.facts)}`, cue: happening };
      case "elapse":
        return { text: `\`${happening.duration}\` comes true`, cue: happening };
      case "retry": {
        const transition = this.#nameOf(happening.transition);
        const isWanted = !node.plain.allHold && isEnabled(node.plain, happening.transition);
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
        if (payload === undefined) return { text, cue: { kind: happening.kind, transition } };
        if (happening.kind === "done") return { text, cue: { kind: "done", transition, value: payload } };
        return { text, cue: { kind: happening.kind, transition, reason: String(payload) } };
      }
      default:
        return unreachable(happening);
    }
  }

  /** The payload of the handler of an outcome; undefined: it has none. */
  #payloadIn(happening: Extract<Move, { kind: "done" | "failed" | "unknown" }>, effect: string): Value | undefined {
    const own = happening.kind === "done" ? happening.value : happening.reason;
    return own ?? this.#graph.walker.firstPayload(effect, happening.kind);
  }

  #consequencesOf({ plain }: Node, move: number, events: readonly KernelEvent[]): Consequence[] {
    const happening = this.#graph.walker.moves.of(move);
    let state: State = happening.kind === "elapse" ? { ...plain.state, [happening.duration]: true } : plain.state;
    const said: Consequence[] = [];
    for (const event of events) {
      if (event.type === "observed") state = { ...state, ...definedOf(event.facts) };
      const consequence = this.#consequenceOf(event, state, events);
      if (consequence !== null) said.push(consequence);
      if (event.type === "handled") state = { ...state, ...definedOf(event.writes) };
      if (event.type === "committed") state = event.state;
    }
    return said;
  }

  #consequenceOf(event: KernelEvent, state: State, events: readonly KernelEvent[]): Consequence | null {
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
        return { text: `it rests in ${realitiesIn(event.realities)}`, line: null };
      case "oscillating":
        return { text: "it goes round in circles, and is slowed down", line: null };
      // The step itself says it, or nobody asks.
      default:
        return null;
    }
  }

  #lineOfHandler(effect: string, outcome: Outcome): number | null {
    const { handlers } = this.#graph.walker.domain;
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
    return this.#graph.walker.domain.transitions.find(({ name }) => name === transition);
  }

  #nameOf(transition: number): string {
    return this.#graph.walker.machine.transitions[transition]?.name ?? "";
  }
}

/** Writes without fields that none of them sets. */
function definedOf(writes: Partial<State>): State {
  return Object.fromEntries(Object.entries(writes).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])));
}

const outcomeWords = { done: "is done", failed: "fails", unknown: "may have happened" } as const;

/** `reality A`, or with several goals `Scaled A, Announced B`. */
export function realitiesIn(realities: Readonly<Record<string, string | null>>): string {
  const entries = Object.entries(realities);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) return `reality ${only[1]}`;
  return entries.map(([goal, reality]) => `${goal} ${reality}`).join(", ");
}
