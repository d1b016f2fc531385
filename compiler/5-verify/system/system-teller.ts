import type { KernelEvent } from "../../../runtime-lib/kernel/event.js";
import { nameOf } from "../../../runtime-lib/kernel/mail.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Cue } from "../../../runtime-lib/simulate/cue.js";
import { definedOf, EventTeller, stateAfter } from "../report/event-teller.js";
import type { Consequence, StoryStep } from "../report/story.js";
import type { Passage } from "../report/teller.js";
import type { Member } from "./member.js";
import type { MemberMove } from "./member-move.js";
import type { Part } from "./part.js";
import type { Turn } from "./turn.js";

/** More consequences of one step than this are not shown. */
const maxConsequences = 12;

/** A move of one instance of a system. */
export interface OwnMove {
  readonly member: Member;
  readonly given: MemberMove;
}

/** Tells what a move makes of a system. */
export class SystemTeller {
  readonly #tellers: ReadonlyMap<string, EventTeller>;

  constructor(parts: readonly Part[]) {
    this.#tellers = new Map(parts.map(({ domain, source }) => [domain.name, new EventTeller(domain, source)]));
  }

  /** Tells a turn that was made, with all that it published. @param own the move that began it; null: the system starts */
  tell(own: OwnMove | null, before: readonly Member[], turn: Turn): StoryStep {
    const { text, cue } = own === null ? begins : { text: own.given.text, cue: cueOf(own) };
    const all = this.#consequences(own, before, turn);
    const shown = all.slice(0, maxConsequences);
    const rest = shown.length < all.length ? [{ text: "and so on", line: null }] : [];
    return { text, cue, consequences: [...shown, ...rest], state: fieldsOf([...turn.members.values()]) };
  }

  /** The transitions that commit. */
  commitsIn({ events }: Turn): Passage[] {
    return events.flatMap((event) => this.#tellers.get(event.domain)?.committedBy(event) ?? []);
  }

  #consequences(own: OwnMove | null, before: readonly Member[], turn: Turn): Consequence[] {
    const { events } = turn;
    const states = new Map(before.map(({ name, instance }) => [name, instance.state]));
    return events.flatMap((event) => {
      const name = nameOf({ domain: event.domain, key: event.instance });
      let state = states.get(name) ?? {};
      if (event.type === "observed") state = { ...state, ...definedOf(event.facts) };
      const isOwn = (other: KernelEvent) => other.domain === event.domain && other.instance === event.instance;
      const said = this.#tellers.get(event.domain)?.consequenceOf(event, state, events.filter(isOwn)) ?? null;
      states.set(name, stateAfter(event, state));
      // What is sent from outside is the step itself.
      const isStep = event.type === "received" && event.from === null && own?.given.isMessage === true;
      const vain = isInVain(event, events, before, turn) ? ", and does nothing about it" : "";
      return said === null || isStep ? [] : [{ ...said, text: `${name}: ${said.text}${vain}` }];
    });
  }
}

/** Whether a message that an instance takes makes no difference to it. */
function isInVain(event: KernelEvent, events: readonly KernelEvent[], before: readonly Member[], { members }: Turn): boolean {
  if (event.type !== "received") return false;
  const name = nameOf({ domain: event.domain, key: event.instance });
  const own = events.filter((other) => other.domain === event.domain && other.instance === event.instance);
  const makesDifference = ({ type }: KernelEvent) => ["started", "committed", "sent", "faulted"].includes(type);
  const state = (member: Member | undefined) => JSON.stringify(member?.instance.state);
  return !own.some(makesDifference) && state(before.find((member) => member.name === name)) === state(members.get(name));
}

const begins: Pick<StoryStep, "text" | "cue"> = { text: "it starts", cue: { kind: "start" } };

/** The step in which those who answer each other for ever go on. */
export function endlessStep(members: readonly Member[]): StoryStep {
  return { text: "they answer each other", cue: { kind: "resume" }, consequences: [], state: fieldsOf(members) };
}

function cueOf({ member: { part, instance }, given }: OwnMove): Cue {
  return { ...given.cue, of: { domain: part.domain.name, key: instance.key } };
}

/** The fields of all instances, each behind the name of its instance. */
export function fieldsOf(members: readonly Member[]): State {
  return Object.fromEntries(
    members.flatMap(({ name, instance }) =>
      Object.entries(instance.state).map(([field, value]) => [`${name}.${field}`, value] as const),
    ),
  );
}
