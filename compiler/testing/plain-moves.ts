// The moves of a system: what the kernel makes of every input that the outside, time or the post may give to one of its instances.
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import { Durations } from "../../runtime-lib/kernel/durations.js";
import type { Input, Outcome } from "../../runtime-lib/kernel/event.js";
import { type Activation, createInstance, type Envelope, type Instance } from "../../runtime-lib/kernel/instance.js";
import { prepare } from "../../runtime-lib/kernel/machine.js";
import { Mail } from "../../runtime-lib/kernel/mail.js";
import { type Reaction, react } from "../../runtime-lib/kernel/react.js";
import type { Machine } from "../../runtime-lib/kernel/rules.js";
import type { Environment, PlainStart } from "./plain-environment.js";
import { momentsOf, wakesOf } from "./plain-lateness.js";
import type { Recurrence } from "./plain-recurrence.js";
import { aged, freshIn, later, renewed, type Situation, soon, textOf } from "./plain-situation.js";

/** How many messages a mailbox holds. */
const mailbox = 3;

/**
 * When a message arrives: before anything else happens, as in one process that nobody calls while it is at work; or at any time
 * after it was sent.
 */
export type Delivery = "at once" | "at any time";

/** A system that is searched. */
export interface PlainSystem {
  readonly delivery: Delivery;
  readonly machines: ReadonlyMap<string, Machine>;
  readonly environment: Environment;
  /** The names of instances that come to life when something reaches them from outside. */
  readonly anonymous: readonly string[];
  /** The states of which it matters how often they were reached. */
  readonly recurrence: Recurrence;
  /** The situations, by their texts, in which messages go round for ever: now and then something else has its turn. */
  readonly endless: Set<string>;
}

/** One move from a situation. */
export interface Move {
  /** What it is, for fairness: all moves of which one will be made some day share one. */
  readonly label: string;
  /** What makes it: what goes on in a quiet world in which effects succeed, the world by what it says, or an effect in vain. */
  readonly by: "quiet" | "world" | "failure";
  readonly isDelivery: boolean;
  /** Whether something is over by then that its instance waited for. */
  readonly isLate: boolean;
  readonly after: Situation;
  /** Whether some field was given another value meanwhile, if only for a moment. */
  readonly changes: boolean;
}

/** Makes a system of what was loaded. */
export function systemOf(
  definitions: readonly Definition[],
  starts: readonly PlainStart[],
  environment: Environment,
  delivery: Delivery,
  recurrence: Recurrence,
): PlainSystem {
  const unstarted = definitions.filter(({ name }) => starts.every(({ domain }) => domain !== name));
  return {
    delivery,
    machines: new Map(definitions.map((definition) => [definition.name, inStrides(definition)])),
    environment,
    anonymous: unstarted.flatMap(({ name }) => environment.keysOf(name).map((key) => nameOf(name, key))),
    recurrence,
    endless: new Set(),
  };
}

/** Makes every wait of a domain one stride long: a retry, a cooldown, a duration. */
function inStrides(definition: Definition): Machine {
  const retry = { initial: later, factor: 1, max: later, jitter: 0, timeout: 0 };
  const mail = new Mail(definition.receives, definition.hears, mailbox);
  const machine = prepare(definition, { retry, mail });
  const durations = (machine.durations?.all ?? []).map((each) => [each.name, { ...each, ms: later }] as const);
  return {
    ...machine,
    durations: machine.durations && new Durations(Object.fromEntries(durations)),
    transitions: machine.transitions.map((each) => (each.cooldown === undefined ? each : { ...each, cooldown: later })),
  };
}

/** Starts what a system starts, one after the other. */
export function begin(system: PlainSystem, starts: readonly PlainStart[]): Situation {
  let turn: Turn = { situation: {}, changes: false };
  for (const { domain, key, state } of starts) {
    const input: Input = Object.keys(state).length === 0 ? started : { ...started, state: definedIn(state) };
    turn = given(system, turn, nameOf(domain, key), newborn(system, domain, key), input);
  }
  return turn.situation;
}

const started = { type: "started", now: 0 } as const;

function definedIn(state: PlainStart["state"]) {
  return Object.fromEntries(Object.entries(state).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])));
}

/** Gives the name of an instance: `Worker/default`. */
function nameOf(domain: string, key: string): string {
  return `${domain}/${key}`;
}

/** Gives the domain of an instance by its name: names of domains have no slash. */
export function domainOf(name: string): string {
  return name.slice(0, name.indexOf("/"));
}

/** Gives the machine of an instance's domain. */
export function machineOf({ machines }: PlainSystem, name: string): Machine {
  const machine = machines.get(domainOf(name));
  if (machine === undefined) throw new Error(`there is no domain of ${name}`);
  return machine;
}

function newborn(system: PlainSystem, domain: string, key: string): Instance {
  return createInstance(machineOf(system, nameOf(domain, key)), key, "");
}

/** What became of a situation so far. */
interface Turn {
  readonly situation: Situation;
  readonly changes: boolean;
  /** How often somebody went on at once whose broadcasts reached nobody. */
  readonly unheard?: number;
}

/**
 * More than this in a row goes round in circles: once it is known that it matters how often it was where it is, it is slowed down there,
 * and all is searched anew.
 */
const maxUnheard = 100;

/** Gives an input to an instance, and lets it go on where what it has sent reaches nobody. */
function given(system: PlainSystem, turn: Turn, name: string, instance: Instance, input: Input): Turn {
  const reaction = react(machineOf(system, name), instance, input);
  system.recurrence.note(domainOf(name), instance.state, input, reaction);
  const reached = system.recurrence.kept(domainOf(name), reaction.instance.reached);
  const changes = turn.changes || hasChanged(instance, reaction);
  const hasSent = reaction.instance.post.outgoing.length > 0;
  const alive = [...new Set([...Object.keys(turn.situation), name])].sort();
  const after = addressed(system, { ...reaction.instance, reached }, alive);
  const { unheard = 0 } = turn;
  const next = { situation: { ...turn.situation, [name]: after }, changes, unheard: unheard + 1 };
  const goesOn = hasSent && after.post.outgoing.length === 0 && unheard < maxUnheard;
  return goesOn ? given(system, next, name, after, { type: "delivered", now: 0 }) : next;
}

/** Says whether a reaction gave some field another value, if only until the next commit. */
function hasChanged({ state }: Instance, { instance, events, handled }: Reaction): boolean {
  const differs = (values: Readonly<Record<string, unknown>>) =>
    Object.entries(values).some(([field, value]) => value !== state[field]);
  return (
    differs(instance.state) ||
    differs(handled ?? {}) ||
    events.some((event) => event.type === "committed" && differs(event.state))
  );
}

/** Makes each event that an instance broadcasts a message to all who listen. */
function addressed({ machines }: PlainSystem, instance: Instance, alive: readonly string[]): Instance {
  const { outgoing } = instance.post;
  const listeners = (event: string) => alive.filter((name) => machines.get(domainOf(name))?.mail?.listensTo(event));
  const letters = outgoing.flatMap((envelope): Envelope[] =>
    envelope.to !== null
      ? [envelope]
      : listeners(envelope.name).map((name) => {
          const domain = domainOf(name);
          return { ...envelope, to: { domain, key: name.slice(domain.length + 1) }, isEvent: true };
        }),
  );
  return { ...instance, post: { ...instance.post, outgoing: letters } };
}

/** Gives all moves from a situation. */
export function movesFrom(system: PlainSystem, situation: Situation): Move[] {
  if (system.delivery === "at any time") return movesIn(system, situation);
  return movesIn(system, situation).flatMap((move) => {
    const isOver = Object.keys(move.after).every((name) => deliveryFrom(system, move.after, name).length === 0);
    const after = isOver ? ofAll(move.after, renewed) : move.after;
    // A duration that begins anew does not end meanwhile: as little as if it had ended there.
    const labels = move.by === "quiet" ? [move.label, ...restarted(situation, move.after)] : [move.label];
    return labels.map((label) => ({ ...move, label, after }));
  });
}

/** Gives the durations that ran and that a move has begun anew, as the moves are called that end them. */
function restarted(before: Situation, after: Situation): string[] {
  return Object.entries(after).flatMap(([name, { since }]) =>
    (before[name]?.since ?? []).flatMap((began, clock) => {
      const hasRun = began !== null && since[clock] === 0;
      return hasRun ? [`clock ${clock} of ${name}`] : [];
    }),
  );
}

function ofAll(situation: Situation, changed: (instance: Instance) => Instance): Situation {
  return Object.fromEntries(Object.entries(situation).map(([name, instance]) => [name, changed(instance)]));
}

function movesIn(system: PlainSystem, situation: Situation): Move[] {
  const names = Object.keys(situation);
  const deliveries = names.flatMap((name) => deliveryFrom(system, situation, name));
  if (system.delivery === "at once" && deliveries.length > 0) {
    return system.endless.has(textOf(situation)) ? [...deliveries, ...othersIn(system, ofAll(situation, renewed))] : deliveries;
  }
  return [...othersIn(system, situation), ...deliveries];
}

/** Gives the moves that are no deliveries. */
function othersIn(system: PlainSystem, situation: Situation): Move[] {
  const names = Object.keys(situation);
  const held = freshIn(textOf(situation));
  const unborn = system.anonymous.filter((name) => !names.includes(name) && !isInstead(system, name, names));
  return [
    ...[...names, ...unborn].flatMap((name) => fromOutside(system, situation, name, held)),
    ...names.flatMap((name) => outcomesIn(system, situation, name, held)),
    ...names.flatMap((name) => crashIn(system, situation, name)),
    ...names.flatMap((name) => wakesIn(system, situation, name)),
  ];
}

/** Whether another instance came to life instead of one of a domain of which nobody says what it is called. */
function isInstead({ anonymous }: PlainSystem, name: string, alive: readonly string[]): boolean {
  const isAlike = (other: string) => domainOf(other) === domainOf(name);
  return anonymous.filter(isAlike).length > 1 && alive.some(isAlike);
}

/** A move that one input makes, whatever its instance waits for is over as it comes. */
function givenAt(
  system: PlainSystem,
  situation: Situation,
  name: string,
  instance: Instance,
  input: Input,
  kind: Pick<Move, "label" | "by">,
): Move[] {
  const from = (instance: Instance) => (system.delivery === "at once" ? aged(instance) : instance);
  return momentsOf(machineOf(system, name), instance, input, later).map((moment) => {
    const turn = given(system, { situation: ofAll(situation, from), changes: false }, name, from(moment), input);
    return { ...kind, isDelivery: false, isLate: moment !== instance, after: turn.situation, changes: turn.changes };
  });
}

function fromOutside(system: PlainSystem, situation: Situation, name: string, held: readonly string[]): Move[] {
  const domain = domainOf(name);
  const instance = situation[name] ?? newborn(system, domain, name.slice(domain.length + 1));
  const { environment } = system;
  const observations = environment.observationsOf(domain, held).flatMap((facts) => {
    const input: Input = { type: "observation", now: 0, facts };
    return givenAt(system, situation, name, instance, input, { label: `observe ${name}`, by: "world" });
  });
  // A full mailbox refuses what comes from outside.
  const messages = instance.post.inbox.length >= mailbox ? [] : environment.messagesTo(domain, held);
  const sent = messages.flatMap(({ name: message, args }) => {
    const input: Input = { type: "message", now: 0, from: null, name: message, args, isEvent: false, isHigh: false };
    return givenAt(system, situation, name, instance, input, { label: `send ${name}`, by: "world" });
  });
  return [...observations, ...sent];
}

function outcomesIn(system: PlainSystem, situation: Situation, name: string, held: readonly string[]): Move[] {
  const instance = situation[name];
  if (instance === undefined) return [];
  return instance.activations.flatMap((activation) => {
    const effect = activation.intents[activation.next]?.effect ?? "";
    const outcomes = outcomesOf(activation).flatMap((outcome) =>
      system.environment.payloadsOf(domainOf(name), effect, outcome, held).map((payload) => [outcome, payload] as const),
    );
    return outcomes.flatMap(([outcome, payload]) => {
      const { number, next: intent, attempt } = activation;
      const about = { activation: number, intent, attempt, outcome };
      const said = outcome === "done" ? { reason: "", value: payload } : { reason: String(payload ?? "") };
      const input: Input = { type: "outcome", now: 0, ...about, ...said };
      const by = outcome === "done" ? "quiet" : "failure";
      const label = `${outcome} ${name} ${activation.transition}`;
      return givenAt(system, situation, name, instance, input, { label, by });
    });
  });
}

/** Gives what the end of a process makes of an instance that is taken over: all that is in flight is unknown at once. */
function crashIn(system: PlainSystem, situation: Situation, name: string): Move[] {
  const instance = situation[name];
  // Of one attempt that comes to the same as that it is unknown.
  if (instance === undefined) return [];
  const inFlight = instance.activations.filter(({ mode }) => mode === "in flight");
  if (inFlight.length < 2 && instance.faults.length === 0) return [];
  const input: Input = { type: "recovered", now: 0 };
  // Neither what faulted nor what was reached is written down.
  const written = { ...instance, faults: [], reached: [] };
  return givenAt(system, situation, name, written, input, { label: `recover ${name}`, by: "failure" });
}

/** Gives what the attempt of an activation may come to. One that may have happened can still be answered late. */
function outcomesOf({ mode }: Activation): readonly Outcome[] {
  switch (mode) {
    case "in flight":
      return ["done", "failed", "unknown"];
    case "carried":
      return ["done"];
    case "waiting":
      return [];
  }
}

/** Gives what time alone brings about. */
function wakesIn(system: PlainSystem, situation: Situation, name: string): Move[] {
  const instance = situation[name];
  if (instance === undefined) return [];
  return wakesOf(machineOf(system, name), instance).flatMap(([label, changed]) => {
    const kind = { label: `${label} of ${name}`, by: "quiet" } as const;
    return givenAt(system, situation, name, { ...instance, ...changed }, { type: "timer", now: 0 }, kind);
  });
}

/** Gives the delivery of the first message of an instance for which there is room. */
function deliveryFrom(system: PlainSystem, situation: Situation, name: string): Move[] {
  const sender = situation[name];
  const envelope = sender?.post.outgoing.find((each) => hasRoom(situation, each));
  if (sender === undefined || envelope === undefined) return [];
  const left = withoutEnvelope(sender, envelope);
  const target = addresseeOf(envelope);
  const lightened = { ...situation, [name]: left };
  const receiver = lightened[target] ?? newborn(system, domainOf(target), envelope.to?.key ?? "");
  const { name: message, args, isHigh, isEvent = false } = envelope;
  const input: Input = { type: "message", now: 0, from: name, name: message, args, isEvent, isHigh };
  const due = system.delivery === "at once" ? soon : later;
  return momentsOf(machineOf(system, target), receiver, input, due).map((moment) => {
    const taken = given(system, { situation: lightened, changes: false }, target, moment, input);
    const after = taken.situation[name] ?? left;
    const isDone = after.post.outgoing.length === 0;
    const turn = isDone ? given(system, taken, name, after, { type: "delivered", now: 0 }) : taken;
    const kind = { label: `deliver ${name}`, by: "quiet", isDelivery: true, isLate: moment !== receiver } as const;
    return { ...kind, after: turn.situation, changes: turn.changes };
  });
}

function withoutEnvelope(instance: Instance, envelope: Envelope): Instance {
  return { ...instance, post: { ...instance.post, outgoing: instance.post.outgoing.filter((other) => other !== envelope) } };
}

function addresseeOf({ to }: Envelope): string {
  return nameOf(to?.domain ?? "", to?.key ?? "");
}

function hasRoom(situation: Situation, envelope: Envelope): boolean {
  return (situation[addresseeOf(envelope)]?.post.inbox.length ?? 0) < mailbox;
}

/** Says whether somebody waits for room in a mailbox, or whether one is full to which the outside may send more. */
export function isCrowded({ environment }: PlainSystem, situation: Situation): boolean {
  return Object.entries(situation).some(
    ([name, { post }]) =>
      post.outgoing.some((envelope) => !hasRoom(situation, envelope)) ||
      (post.inbox.length >= mailbox && environment.messagesTo(domainOf(name), []).length > 0),
  );
}
