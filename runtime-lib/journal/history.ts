import { assignments, call, messageText } from "../words.js";
import type { Image, KeptActivation } from "./image.js";
import { fold, type Images, imageName } from "./images.js";
import type { JournalRecord, RecordedCommit, RecordedInput } from "./store.js";

/** Something that happened to an instance. */
export interface Happening {
  /** Epoch ms. */
  readonly at: number;
  /** The instance's name: `Domain/key`. */
  readonly instance: string;
  readonly text: string;
}

/** Reads from a journal's records what happened, in order. */
export function historyOf(records: readonly JournalRecord[]): Happening[] {
  const images: Images = new Map();
  return records.flatMap((record) => {
    const instance = imageName(record.domain, record.key);
    const before = images.get(instance)?.image ?? { state: {} };
    fold(images, record);
    const after = images.get(instance)?.image ?? before;
    return linesOf(record, before, after).map((text) => ({ at: record.input.now, instance, text }));
  });
}

function linesOf({ input, handled, commits = [] }: JournalRecord, before: Image, after: Image): string[] {
  const was = byNumber(before.activations);
  const is = byNumber(after.activations);
  const committed = new Set(commits.map((commit) => (typeof commit === "number" ? commit : commit.activation)));
  const dispatched = [...is.values()].flatMap((activation) => dispatchedIn(activation, was.get(activation.number), input));
  const gone = [...was.values()].filter(({ number }) => !is.has(number) && !committed.has(number));
  return [
    ...wordsForInput(input, was),
    ...(handled === undefined ? [] : [`so ${assignments(handled) || "nothing changes"}`]),
    ...Object.keys(after.state).flatMap((field) =>
      isOver(field, after) && !isOver(field, before) ? [`${field} comes true`] : [],
    ),
    ...commits.map((commit) => wordsForCommit(typeof commit === "number" ? was.get(commit) : commit)),
    ...sentIn(before, after),
    ...gone.map(({ transition }) => `${transition} is abandoned: it is no longer wanted`),
    ...dispatched,
    ...phaseIn(before, after),
  ];
}

/** Gives what was sent and is on its way. */
function sentIn({ outgoing: before = [] }: Image, { outgoing = [] }: Image): string[] {
  const sent = outgoing.filter((envelope) => before.every(({ number }) => number !== envelope.number));
  return sent.map(
    ({ to, name, args }) =>
      `sends ${to === null ? "" : `${imageName(to.domain, to.key)} `}${messageText({ message: name, args })}`,
  );
}

/** Says whether a field says of something that it has held for long enough. No program can spell such a name. */
function isOver(field: string, { state }: Image): boolean {
  return field.includes(" ") && state[field] === true;
}

function byNumber(activations: readonly KeptActivation[] = []): ReadonlyMap<number, KeptActivation> {
  return new Map(activations.map((activation) => [activation.number, activation]));
}

function wordsForInput(input: RecordedInput, was: ReadonlyMap<number, KeptActivation>): string[] {
  switch (input.type) {
    case "observation":
      return [`observed ${assignments(input.facts)}`];
    case "outcome": {
      const intent = nameOf(was.get(input.activation), input.intent ?? 0);
      if (input.outcome === "done") return [`${intent} is done`];
      const verdict = input.outcome === "failed" ? "did not happen" : "may have happened";
      return [`${intent} ${verdict}: ${input.reason ?? ""}`];
    }
    case "settled": {
      const intent = nameOf(was.get(input.activation), input.intent);
      const why = input.why === "" ? "" : `: ${input.why}`;
      return [`${input.by || "somebody"} says that ${intent} ${input.happened ? "happened" : "did not happen"}${why}`];
    }
    case "started":
      return ["started"];
    case "message": {
      const what = messageText({ message: input.name, args: input.args });
      return [`${input.isEvent ? "hears of" : "is sent"} ${what}${input.from === null ? "" : ` by ${input.from}`}`];
    }
    case "delivered":
      return ["all that it has sent has arrived"];
    case "recovered":
      return ["went on after a restart"];
    case "snapshot":
      return ["(what was before is not kept)"];
    case "timer":
      return [];
    default:
      return input satisfies never;
  }
}

function wordsForCommit(commit: Pick<RecordedCommit, "transition" | "writes"> | undefined): string {
  return `${commit?.transition ?? "an activation"} commits ${assignments(commit?.writes ?? {}) || "nothing"}`;
}

function nameOf(activation: KeptActivation | undefined, index: number): string {
  const intent = activation?.intents[index];
  return intent === undefined ? "an effect" : call(intent);
}

/** Says whether an attempt was dispatched, and which. */
function dispatchedIn(activation: KeptActivation, before: KeptActivation | undefined, input: RecordedInput): string[] {
  const { transition, intents, next = 0, attempt = 1 } = activation;
  const intent = intents[next];
  const isNew = before === undefined || (before.next ?? 0) !== next || (before.attempt ?? 1) !== attempt;
  if (!isNew || intent === undefined || input.type === "snapshot") return [];
  return [`${transition} calls ${call(intent)}${attempt > 1 ? `, attempt ${attempt}` : ""}`];
}

function phaseIn(before: Image, after: Image): string[] {
  if (before.phase === after.phase && after.phase !== "resting") return [];
  if (before.phase === after.phase && JSON.stringify(before.realities) === JSON.stringify(after.realities)) return [];
  if (after.phase === "resting") return [restOf(after)];
  if (after.phase === "stuck") return [`is stuck with ${assignments(after.state)}`];
  return after.phase === "oscillating" ? ["goes round in circles"] : [];
}

/** Says where an instance rests; without goals it simply does. */
export function restOf(image: Image): string {
  const realities = realitiesOf(image);
  return realities === "" ? "rests" : `rests in ${realities}`;
}

/** Gives the realities that hold: `RoutingStable B`. */
export function realitiesOf({ realities = {} }: Image): string {
  return Object.entries(realities)
    .map(([goal, envelope]) => `${goal} ${envelope ?? "unmet"}`)
    .join(", ");
}
