// A second opinion on what a domain can get into: a plain search over the kernel, with every outcome and every timer a step of
// its own, nothing merged, nothing left out, nothing packed. It shares with the verifier the kernel and the values that are
// observed, and nothing else.
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import { Durations } from "../../runtime-lib/kernel/durations.js";
import type { Input, Outcome } from "../../runtime-lib/kernel/event.js";
import { createInstance, type Instance } from "../../runtime-lib/kernel/instance.js";
import { prepare } from "../../runtime-lib/kernel/machine.js";
import { react } from "../../runtime-lib/kernel/react.js";
import type { Machine } from "../../runtime-lib/kernel/rules.js";
import type { State } from "../../runtime-lib/kernel/value.js";
import { clocksIn, isOf, momentsOf, ringing } from "./plain-lateness.js";
import { Recurrence } from "./plain-recurrence.js";
import { aged, faultsIn, later } from "./plain-situation.js";

/** What the search found, as sorted texts of states. */
export interface NaiveResult {
  readonly reached: readonly string[];
  readonly resting: readonly string[];
  readonly deadEnds: readonly string[];
  /** Whether there is a circle that never rests although every effect succeeds; and one that changes nothing and waits for the world. */
  readonly livelock: boolean;
  readonly waits: boolean;
  readonly nodes: number;
}

interface Edge {
  readonly label: string;
  readonly target: string;
  readonly changes: boolean;
}

interface Entry {
  readonly instance: Instance;
  readonly quiet: Edge[];
  /** Where observations lead. */
  readonly told: string[];
}

/** Searches a domain; null when it has more nodes than `limit`. */
export function naively(definition: Definition, observations: readonly State[], limit: number): NaiveResult | null {
  const machine = inStrides(definition);
  const recurrence = new Recurrence();
  for (;;) {
    const found = searched({ machine, observations, recurrence }, limit);
    if (found === null) return null;
    if (!recurrence.grows()) return judge(machine, found);
  }
}

/** What is searched. */
interface Subject {
  readonly machine: Machine;
  readonly observations: readonly State[];
  /** The states of which it matters how often they were reached. */
  readonly recurrence: Recurrence;
}

function searched({ machine, observations, recurrence }: Subject, limit: number): Map<string, Entry> | null {
  const found = new Map<string, Entry>();
  const first = createInstance(machine, String(machine.initial.self ?? ""), "");
  const stack: [string, Instance][] = [[keyOf(first), first]];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [key, instance] = next;
    if (found.has(key)) continue;
    if (found.size >= limit) return null;
    const [quiet, told]: [Edge[], string[]] = [[], []];
    found.set(key, { instance, quiet, told });
    for (const { label, input, from, isQuiet } of movesOf({ machine, instance, observations })) {
      const reaction = react(machine, aged(from), input);
      recurrence.note(machine.domain, from.state, input, reaction);
      const reached = recurrence.kept(machine.domain, reaction.instance.reached);
      const after = timeless({ ...reaction.instance, reached });
      const target = keyOf(after);
      const isHandled = Object.entries(reaction.handled ?? {}).some(([field, value]) => instance.state[field] !== value);
      const changes = reaction.commits.length > 1 || isHandled || !machine.same(instance.state, after.state);
      if (isQuiet) {
        // A duration that begins anew does not end meanwhile: as little as if it had ended there.
        const labels = [label, ...restarted(from, reaction.instance).map((clock) => `elapse ${clock}`)];
        quiet.push(...labels.map((each) => ({ label: each, target, changes })));
      } else if (input.type === "observation") told.push(target);
      stack.push([target, after]);
    }
  }
  return found;
}

/** Gives the durations that ran and that a reaction has begun anew, by their indices. */
function restarted(before: Instance, after: Instance): number[] {
  return before.since.flatMap((began, index) => (began === 0 && after.since[index] === 0 ? [index] : []));
}

/** Makes every wait of a machine one stride long: a retry, a cooldown, a duration. */
function inStrides(definition: Definition): Machine {
  const retry = { initial: later, factor: 1, max: later, jitter: 0, timeout: 0 };
  const machine = prepare(definition, { retry });
  const all = (machine.durations?.all ?? []).map((each) => [each.name, { ...each, ms: Math.min(each.ms, later) }] as const);
  return {
    ...machine,
    durations: machine.durations && new Durations(Object.fromEntries(all)),
    transitions: machine.transitions.map((each) => (each.cooldown === undefined ? each : { ...each, cooldown: later })),
  };
}

interface NaiveMove {
  readonly label: string;
  readonly input: Input;
  readonly from: Instance;
  readonly isQuiet: boolean;
}

/** What a search knows of where it is. */
interface Place {
  readonly machine: Machine;
  readonly instance: Instance;
  readonly observations: readonly State[];
}

const none = () => [];

/** The moves that each kind of input makes. The instance is alone: nobody sends it anything. */
const moves: Readonly<Record<Input["type"], (place: Place) => NaiveMove[]>> = {
  started: ({ instance }) =>
    instance.realities.length === 0
      ? [{ label: "start", input: { type: "started", now: 0 }, from: instance, isQuiet: false }]
      : [],
  outcome: outcomesIn,
  timer: wakesIn,
  observation: ({ instance, observations }) =>
    observations.map((facts) => ({ label: "", input: { type: "observation", now: 0, facts }, from: instance, isQuiet: false })),
  message: none,
  delivered: none,
  recovered: crashIn,
  settled: none,
};

/** Gives all moves, each at any moment. */
function movesOf(place: Place): NaiveMove[] {
  return Object.values(moves).flatMap((movesBy) =>
    movesBy(place).flatMap((move) => momentsOf(place.machine, move.from, move.input, later).map((from) => ({ ...move, from }))),
  );
}

/** The process ends and starts again: all that is in flight is unknown at once. Of one attempt that is nothing new. */
function crashIn({ instance }: Place): NaiveMove[] {
  const inFlight = instance.activations.filter(({ mode }) => mode === "in flight");
  if (inFlight.length < 2 && instance.faults.length === 0) return [];
  // Neither what faulted nor what was reached is written down.
  const from = { ...instance, faults: [], reached: [] };
  return [{ label: "recover", input: { type: "recovered", now: 0 }, from, isQuiet: false }];
}

function outcomesIn({ instance }: Place): NaiveMove[] {
  const moves: NaiveMove[] = [];
  for (const { number, transition, next: intent, attempt, mode } of instance.activations) {
    const outcome = (what: Outcome): Input => ({
      type: "outcome",
      now: 0,
      activation: number,
      intent,
      attempt,
      outcome: what,
      reason: "",
    });
    // An attempt that may have happened can still be answered late.
    if (mode !== "waiting") moves.push({ label: `done ${transition}`, input: outcome("done"), from: instance, isQuiet: true });
    if (mode === "in flight") {
      for (const what of ["failed", "unknown"] as const)
        moves.push({ label: `${what} ${transition}`, input: outcome(what), from: instance, isQuiet: false });
    }
  }
  return moves;
}

/** What time alone brings about. */
function wakesIn({ machine, instance }: Place): NaiveMove[] {
  const moves: NaiveMove[] = [];
  const timer: Input = { type: "timer", now: 0 };
  for (const activation of instance.activations) {
    const { transition, dueAt } = activation;
    if (dueAt === later) {
      const due = instance.activations.map((other) => (other === activation ? { ...other, dueAt: 0 } : other));
      // The transition backs off until the same time.
      const backoffs = instance.backoffs.filter((backoff) => !isOf(backoff, activation));
      moves.push({ label: `due ${transition}`, input: timer, from: { ...instance, activations: due, backoffs }, isQuiet: true });
    }
  }
  for (const backoff of instance.backoffs) {
    if (instance.activations.some((activation) => isOf(backoff, activation))) continue;
    const backoffs = instance.backoffs.filter((other) => other !== backoff);
    moves.push({
      label: `over ${backoff.transition} ${JSON.stringify(backoff.intents)}`,
      input: timer,
      from: { ...instance, backoffs },
      isQuiet: true,
    });
  }
  for (const clock of clocksIn(machine, instance))
    moves.push({ label: `elapse ${clock}`, input: timer, from: ringing(clock)(instance), isQuiet: true });
  if (instance.heldUntil !== null)
    moves.push({ label: "resume", input: timer, from: { ...instance, heldUntil: null }, isQuiet: true });
  return moves;
}

/** Drops what is only a matter of when from an instance: what is due is due or not, numbers are as small as they can be. */
function timeless(instance: Instance): Instance {
  const byOrder = [...instance.activations].sort((a, b) => a.order - b.order);
  const activations = [...instance.activations]
    .sort((a, b) => (a.transition < b.transition ? -1 : 1))
    .map((activation, index) => ({
      ...activation,
      number: index + 1,
      order: byOrder.indexOf(activation) + 1,
      attempt: 1,
      dueAt: activation.dueAt === null ? null : activation.dueAt > 0 ? later : 0,
      overtaken: [...new Set(activation.overtaken)].sort(),
      observed: [],
    }));
  const backoffs = instance.backoffs
    .filter(({ until }) => until > 0)
    .map(({ transition, intents }) => ({ transition, intents, failures: 1, fruitless: 0, until: later, forgottenAt: later + 1 }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    ...instance,
    activations,
    backoffs,
    number: activations.length,
    order: activations.length,
    since: instance.since.map((began) => (began === null ? null : 0)),
    faults: faultsIn(instance),
    oscillations: 0,
    heldUntil: instance.heldUntil === null ? null : later,
    wakeAt: null,
    random: 0,
    phase: instance.phase === "resting" ? "resting" : "working",
    realities: ["?"],
  };
}

function keyOf(instance: Instance): string {
  return JSON.stringify(instance);
}

function judge(machine: Machine, found: ReadonlyMap<string, Entry>): NaiveResult {
  const live = [...found.values()].filter(({ instance }) => instance.realities.length > 0);
  const texts = (entries: readonly Entry[]) => [...new Set(entries.map(({ instance }) => JSON.stringify(instance.state)))].sort();
  const isResting = ({ instance }: Entry) =>
    instance.activations.length === 0 && machine.goals.every(({ reality }) => holds(() => reality(instance.state)));
  const isOver = (entry: Entry) =>
    entry.quiet.every(({ label }) => label.startsWith("over ") && !isWanted(machine, entry, label));
  const circles = circlesIn(found);
  const stays = circles.filter((members) => exitsOf(found, members).length === 0);
  const isAsking = (members: ReadonlySet<string>) => {
    const inside = [...members].flatMap((key) => found.get(key)?.quiet.filter(({ target }) => members.has(target)) ?? []);
    return inside.some(({ label }) => label.startsWith("done ")) && inside.every((edge) => !edge.changes);
  };
  const ends = [...found].flatMap(([key, entry]) =>
    entry.instance.realities.length > 0 && !isResting(entry) && isOver(entry) ? [key] : [],
  );
  const answered = answeredIn(found, stays, stays.filter(isAsking), ends);
  return {
    reached: texts(live),
    resting: texts(live.filter(isResting)),
    deadEnds: texts(live.filter((entry) => !isResting(entry) && isOver(entry))),
    livelock: stays.some((members) => !answered.has(members)),
    waits: answered.size > 0,
    nodes: found.size,
  };
}

/** Says whether the transition that backs off has something to do once that is over. */
function isWanted(machine: Machine, { instance }: Entry, label: string): boolean {
  const transition = machine.transitions.find(({ name }) => label.startsWith(`over ${name} `));
  if (instance.faults.some(({ name }) => name === transition?.name)) return false;
  return holds(() => transition?.plan(instance.state) ?? null);
}

function holds(ask: () => unknown): boolean {
  try {
    return ask() !== null;
  } catch {
    return false;
  }
}

/** Gives the largest sets of nodes that lead to each other by quiet moves: those that reach each other. */
function circlesIn(found: ReadonlyMap<string, Entry>): Set<string>[] {
  const forward = new Map([...found.keys()].map((key) => [key, reachableFrom(found, key)]));
  const circles: Set<string>[] = [];
  const placed = new Set<string>();
  for (const [key, reach] of forward) {
    if (placed.has(key) || !reach.has(key)) continue;
    const members = new Set([...reach].filter((other) => forward.get(other)?.has(key)));
    for (const member of members) placed.add(member);
    circles.push(members);
  }
  return circles;
}

/**
 * Gives the circles, of those that ask the world, to which it has an answer: an observation from which all quiet ways end at rest, or in
 * a circle to which it has an answer as well.
 */
function answeredIn(
  found: ReadonlyMap<string, Entry>,
  stays: readonly Set<string>[],
  asking: readonly Set<string>[],
  ends: readonly string[],
): Set<Set<string>> {
  const answered = new Set<Set<string>>();
  for (let known = -1; known < answered.size; ) {
    known = answered.size;
    const helped = new Set([...answered].flatMap((members) => [...members]));
    const lost = new Set([...ends, ...stays.filter((members) => !answered.has(members)).flatMap((members) => [...members])]);
    for (let size = -1; size < lost.size; ) {
      size = lost.size;
      for (const [key, { quiet }] of found) if (!helped.has(key) && quiet.some(({ target }) => lost.has(target))) lost.add(key);
    }
    const hasAnswer = (key: string) => found.get(key)?.told.some((target) => !lost.has(target)) === true;
    for (const members of asking) if ([...members].some(hasAnswer)) answered.add(members);
  }
  return answered;
}

/** Gives what can be reached by one quiet move or more. */
function reachableFrom(found: ReadonlyMap<string, Entry>, from: string): Set<string> {
  const reach = new Set<string>();
  const stack = [from];
  for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
    for (const { target } of found.get(key)?.quiet ?? []) {
      if (reach.has(target)) continue;
      reach.add(target);
      stack.push(target);
    }
  }
  return reach;
}

/** Gives the moves that are possible in every node of a circle and never stay in it. */
function exitsOf(found: ReadonlyMap<string, Entry>, members: ReadonlySet<string>): string[] {
  const entries = [...members].flatMap((key) => found.get(key) ?? []);
  const labels = entries[0]?.quiet.map(({ label }) => label) ?? [];
  return labels.filter((label) =>
    entries.every(
      ({ quiet }) =>
        quiet.some((edge) => edge.label === label) && !quiet.some((edge) => edge.label === label && members.has(edge.target)),
    ),
  );
}
