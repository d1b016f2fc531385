import type { Definition } from "../../../runtime-lib/kernel/definition.js";
import { Durations } from "../../../runtime-lib/kernel/durations.js";
import type { Input, KernelEvent, Outcome } from "../../../runtime-lib/kernel/event.js";
import { type Activation, type Backoff, createInstance, type Instance, none } from "../../../runtime-lib/kernel/instance.js";
import { prepare } from "../../../runtime-lib/kernel/machine.js";
import { Mail } from "../../../runtime-lib/kernel/mail.js";
import type { Machine } from "../../../runtime-lib/kernel/rules.js";
import type { State, Value } from "../../../runtime-lib/kernel/value.js";
import { assignments } from "../../../runtime-lib/words.js";
import type { Domain } from "../../2-check/program.js";
import { defaultKey } from "../../language/default.js";
import { countersOf } from "../environment/flow.js";
import type { Inputs } from "../environment/inputs.js";
import { type Observations, observationsOf } from "../environment/observations.js";
import { payloadName } from "../environment/payload.js";
import { type Member, SystemTurn } from "./system-turn.js";

/** One stride of time: whatever has to be waited for takes as long, and passes when that is the move. */
const later = 1;

/** A domain of a system, with what may be observed of it. */
export interface MemberDomain {
  readonly domain: Domain;
  readonly definition: Definition;
  readonly inputs: Inputs;
}

/** An instance that a system starts with, and its fields that begin with another value than their default. */
export interface StartOf {
  readonly domain: string;
  readonly key: string;
  readonly state: Partial<State>;
}

/** A message that others may send. */
export interface Message {
  readonly name: string;
  readonly args: readonly Value[];
  readonly isEvent: boolean;
}

/** Something that may happen to a system. */
export interface SystemMove {
  /** The same for moves that are the same in different situations. */
  readonly label: string;
  readonly text: string;
  /** Whether it remains when the world is quiet and effects succeed in the end. */
  readonly isQuiet: boolean;
  /** Whether it comes from outside by itself: an observation, or a message of others. */
  readonly isNews?: boolean;
  /** Whether it is a message of others, of whom nothing else is known. */
  readonly isMessage: boolean;
  readonly member: string;
  readonly from: Instance;
  readonly input: Input;
}

/** What a move made of a system. */
export interface Played {
  readonly members: readonly Member[];
  readonly commits: number;
  readonly events: readonly KernelEvent[];
  /** Whether somebody had to wait for room in a mailbox. */
  readonly hasWaited: boolean;
  /** Whether its deliveries never end. */
  readonly isEndless: boolean;
}

/** Who may send what from outside, and who may come to life. */
export interface Outside {
  /** The messages that may come from outside, by domain. */
  readonly messages: ReadonlyMap<string, readonly Message[]>;
  /** Whether a domain is looked at alone: then the others are outside, and what is awaited of them may come. */
  readonly isAlone: boolean;
  /** The domains of which no instance is started: one comes to life once something is observed of it or it is sent something. */
  readonly unborn: readonly string[];
}

/** Sends that go to nobody: where a domain is looked at alone, whom they are for is not there. */
class SilentMail extends Mail {
  override post(): void {}
}

/**
 * The instances of domains that talk, driven as the host drives them: what a reaction sends is delivered at once, in the order in
 * which it was sent, as far as mailboxes have room.
 */
export class SystemModel {
  readonly #machines = new Map<string, Machine>();
  readonly #verbose = new Map<string, Machine>();
  readonly #members: ReadonlyMap<string, MemberDomain>;
  readonly #counters: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #mailbox: number;
  readonly #outside: Outside;
  readonly #observations: ReadonlyMap<string, Observations>;
  readonly #byText = new Map<string, Member>();
  readonly #known = new Set<Member>();

  constructor(members: readonly MemberDomain[], mailbox: number, outside: Outside) {
    this.#members = new Map(members.map((member) => [member.domain.name, member]));
    this.#counters = new Map(members.map(({ domain }) => [domain.name, countersOf(domain)]));
    this.#observations = new Map(members.map(({ domain, inputs }) => [domain.name, observationsOf(domain, valuesOf(inputs))]));
    this.#mailbox = mailbox;
    this.#outside = outside;
    for (const { domain, definition } of members) {
      const Post = outside.isAlone ? SilentMail : Mail;
      const mail = new Post(definition.receives, definition.hears, mailbox);
      const machine = inStrides(definition, mail);
      this.#machines.set(domain.name, machine);
      this.#verbose.set(domain.name, { ...machine, publishes: true });
    }
  }

  /** How many fields of a domain that have to do with each other are observed at once at most; null: as many as there are. */
  get atOnce(): number | null {
    return [...this.#observations.values()].find(({ atOnce }) => atOnce !== null)?.atOnce ?? null;
  }

  /** Starts instances, each with a state of its own. */
  start(starts: readonly StartOf[], isVerbose = false): Played {
    const turn = new SystemTurn(this.#machinesFor(isVerbose), this.#mailbox, []);
    for (const { domain, key, state } of starts) {
      const machine = this.#machineOf(domain);
      turn.take(
        { name: `${domain}/${key}`, domain, key, instance: createInstance(machine, key, "") },
        { type: "started", now: 0, state },
      );
    }
    return this.#played(turn);
  }

  /** Makes a move. */
  play(members: readonly Member[], move: SystemMove, isVerbose = false): Played {
    const turn = new SystemTurn(this.#machinesFor(isVerbose), this.#mailbox, members);
    const member = [...members, ...this.#unborn(members)].find(({ name }) => name === move.member);
    if (member === undefined) throw new Error(`there is no ${move.member}`);
    turn.take({ ...member, instance: move.from }, move.input);
    return this.#played(turn);
  }

  #played(turn: SystemTurn): Played {
    turn.deliver((member) => JSON.stringify([member.name, this.#timeless(member)]));
    const { commits, events, hasWaited, isEndless } = turn;
    const members = turn.members.map((member) => this.#interned(member));
    return { members: members.sort((a, b) => (a.name < b.name ? -1 : 1)), commits, events, hasWaited, isEndless };
  }

  /** One object for all that are alike; what was not touched is one already. */
  #interned(member: Member): Member {
    if (this.#known.has(member)) return member;
    const plain = { ...member, instance: this.#timeless(member) };
    const text = JSON.stringify([member.name, plain.instance]);
    const known = this.#byText.get(text) ?? plain;
    this.#byText.set(text, known);
    this.#known.add(known);
    return known;
  }

  #machinesFor(isVerbose: boolean): ReadonlyMap<string, Machine> {
    return isVerbose ? this.#verbose : this.#machines;
  }

  #machineOf(domain: string): Machine {
    const machine = this.#machines.get(domain);
    if (machine === undefined) throw new Error(`there is no domain ${domain}`);
    return machine;
  }

  /** Whether an instance has nothing left to do. */
  isAtRest({ domain, instance }: Member): boolean {
    const { activations, post, state } = instance;
    if (activations.length + post.inbox.length + post.outgoing.length > 0) return false;
    return this.#machineOf(domain).goals.every(({ reality }) => holds(() => reality(state)));
  }

  /** For each goal the reality that holds. */
  realitiesOf({ domain, instance }: Member): (readonly [goal: string, reality: string | null])[] {
    return this.#machineOf(domain).goals.map(({ name, reality }) => [name, asked(() => reality(instance.state))]);
  }

  /** Whether an int of an instance is beyond the bound. */
  isBeyond({ domain, instance }: Member): boolean {
    const bound = this.#members.get(domain)?.inputs.intBound ?? 0;
    return Object.values(instance.state).some((value) => typeof value === "number" && Math.abs(value) > bound);
  }

  /** All that may happen next. */
  movesOf(members: readonly Member[]): SystemMove[] {
    const news = this.#unborn(members).flatMap((member) => this.#newsFor(member, true));
    return [...members.flatMap((member) => this.#movesOf(member)), ...news];
  }

  /** Gives the instances that may yet come to life. */
  #unborn(members: readonly Member[]): Member[] {
    const missing = this.#outside.unborn.filter((domain) => members.every((member) => member.domain !== domain));
    return missing.map((domain) => {
      const instance = createInstance(this.#machineOf(domain), defaultKey, "");
      return { name: `${domain}/${defaultKey}`, domain, key: defaultKey, instance };
    });
  }

  /** Says whether an instance takes nothing from outside any more, as its mailbox is full. */
  isFull({ domain, instance }: Member): boolean {
    return (this.#outside.messages.get(domain)?.length ?? 0) > 0 && instance.post.inbox.length >= this.#mailbox;
  }

  #movesOf(member: Member): SystemMove[] {
    const { domain, instance } = member;
    const own = this.#members.get(domain);
    if (own === undefined) return [];
    return [
      ...instance.activations.flatMap((activation) => this.#movesWith(member, own, activation)),
      ...waitsOf(member),
      ...this.#durationsOf(member),
      ...this.#newsFor(member, false),
    ];
  }

  /** What may come to an instance from outside: observations, and messages where there is room. */
  #newsFor(member: Member, isUnborn: boolean): SystemMove[] {
    const { name, domain, instance } = member;
    const head = { member: name, from: instance, isQuiet: false, isNews: true, isMessage: false };
    const observations = this.#observations.get(domain)?.all ?? [];
    const changing = observations.filter((facts) =>
      Object.entries(facts).some(([field, value]) => instance.state[field] !== value),
    );
    const messages = this.isFull(member) ? [] : (this.#outside.messages.get(domain) ?? []);
    return [
      ...(isUnborn ? observations : changing).map((facts): SystemMove => {
        const text = `${name}: observed ${assignments(facts)}`;
        return { ...head, label: text, text, input: { type: "observation", now: 0, facts } };
      }),
      ...messages.map((message): SystemMove => {
        const text = `${name} is sent ${message.name}(${message.args.map((value) => JSON.stringify(value)).join(", ")})`;
        const input: Input = { type: "message", now: 0, from: null, isHigh: false, ...message };
        return { ...head, label: text, text, isMessage: this.#outside.isAlone, input };
      }),
    ];
  }

  #movesWith({ name, instance }: Member, { inputs }: MemberDomain, activation: Activation): SystemMove[] {
    const { number, transition, next, attempt, mode, dueAt, intents } = activation;
    const effect = intents[next]?.effect ?? "";
    const head = { member: name, isMessage: false };
    const outcome = (what: Outcome, payload: Value | undefined, isQuiet: boolean): SystemMove => {
      const reason = what === "done" || payload === undefined ? "" : String(payload);
      const input: Input = {
        type: "outcome",
        now: 0,
        activation: number,
        intent: next,
        attempt,
        outcome: what,
        reason,
        value: payload,
      };
      const words = { done: "is done", failed: "fails", unknown: "may have happened" }[what];
      const text = `${name}: ${effect} ${words}${payload === undefined ? "" : ` (${JSON.stringify(payload)})`}`;
      // That an attempt is done some day is fair, and not which value it answers.
      const label = what === "done" ? `${name} done ${transition}` : `${name} ${what} ${transition} ${String(payload)}`;
      return { ...head, label, text, isQuiet, from: instance, input };
    };
    const payloadsOf = (what: Outcome) => inputs.payloads.get(payloadName({ effect, outcome: what })) ?? [undefined];
    const moves: SystemMove[] = [];
    if (mode !== "waiting") moves.push(...payloadsOf("done").map((payload) => outcome("done", payload, true)));
    if (mode === "in flight") {
      for (const what of ["failed", "unknown"] as const)
        moves.push(...payloadsOf(what).map((payload) => outcome(what, payload, false)));
    }
    if (dueAt !== null && dueAt > 0) {
      const due = instance.activations.map((other) => (other === activation ? { ...other, dueAt: 0 } : other));
      const backoffs = instance.backoffs.filter((backoff) => !isOf(backoff, activation));
      const text = `${name}: the time comes to try ${transition} again`;
      const from = { ...instance, activations: due, backoffs };
      moves.push({ ...head, label: text, text, isQuiet: true, from, input: { type: "timer", now: 0 } });
    }
    return moves;
  }

  #durationsOf({ name, domain, instance }: Member): SystemMove[] {
    const all = this.#machineOf(domain).durations?.all ?? [];
    return all.flatMap((duration, index): SystemMove[] => {
      if (instance.state[duration.name] === true || (instance.since[index] ?? null) === null) return [];
      const since = instance.since.map((began, other) => (other === index ? -later : began));
      const text = `${name}: \`${duration.name}\` comes true`;
      return [
        {
          member: name,
          isMessage: false,
          label: text,
          text,
          isQuiet: true,
          from: { ...instance, since },
          input: { type: "timer", now: 0 },
        },
      ];
    });
  }

  /** The instance without what is only a matter of when, and of what nothing depends on. */
  #timeless({ domain, instance }: Member): Instance {
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
        observed: none,
      }));
    const backoffs = instance.backoffs
      .filter(({ until }) => until > 0)
      .map(({ transition, intents }) => ({
        transition,
        intents,
        failures: 1,
        fruitless: 0,
        until: later,
        forgottenAt: later + 1,
      }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const counters = this.#counters.get(domain) ?? new Set();
    const initial = this.#machineOf(domain).initial;
    const plain = Object.entries(instance.state).map(([field, value]) => [field, counters.has(field) ? initial[field] : value]);
    return {
      ...instance,
      state: counters.size === 0 ? instance.state : (Object.fromEntries(plain) as State),
      activations,
      backoffs,
      number: activations.length,
      order: activations.length,
      post: {
        inbox: instance.post.inbox.map((message, index) => ({ ...message, number: index + 1 })),
        outgoing: instance.post.outgoing.map((envelope, index) => ({ ...envelope, number: index + 1 })),
        messageNumber: Math.max(instance.post.inbox.length, instance.post.outgoing.length),
        inARow: instance.post.inARow,
      },
      faults: none,
      reached: none,
      oscillations: 0,
      expected: none,
      heldUntil: instance.heldUntil === null ? null : later,
      wakeAt: null,
      random: 0,
      phase: "working",
      realities: ["?"],
    };
  }
}

/** What waits for time alone: a transition that backs off or cools down, an instance that goes round in circles. */
function waitsOf({ name, instance }: Member): SystemMove[] {
  const timer: Input = { type: "timer", now: 0 };
  const own = instance.backoffs.filter((backoff) => !instance.activations.some((activation) => isOf(backoff, activation)));
  const over = own.map((backoff): SystemMove => {
    const from = { ...instance, backoffs: instance.backoffs.filter((other) => other !== backoff) };
    const text = `${name}: ${backoff.transition} may run again`;
    return {
      member: name,
      isMessage: false,
      label: `${text} ${JSON.stringify(backoff.intents)}`,
      text,
      isQuiet: true,
      from,
      input: timer,
    };
  });
  if (instance.heldUntil === null) return over;
  const text = `${name} goes on after a while`;
  return [
    ...over,
    { member: name, isMessage: false, label: text, text, isQuiet: true, from: { ...instance, heldUntil: null }, input: timer },
  ];
}

/** The machine with every wait one stride long: a retry, a cooldown, a duration. */
function inStrides(definition: Definition, mail: Mail): Machine {
  const retry = { initial: later, factor: 1, max: later, jitter: 0, timeout: 0 };
  const machine = prepare(definition, { retry, publishes: false, mail });
  const all = (machine.durations?.all ?? []).map((each) => [each.name, { ...each, ms: Math.min(each.ms, later) }] as const);
  return {
    ...machine,
    durations: machine.durations && new Durations(Object.fromEntries(all)),
    transitions: machine.transitions.map((each) => (each.cooldown === undefined ? each : { ...each, cooldown: later })),
  };
}

function isOf(backoff: Backoff, { transition, intents }: Activation): boolean {
  return backoff.transition === transition && JSON.stringify(backoff.intents) === JSON.stringify(intents);
}

function holds(ask: () => unknown): boolean {
  return asked(ask) !== null;
}

function asked<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch {
    return null;
  }
}

function valuesOf({ fields }: Inputs): (readonly [string, readonly Value[]])[] {
  return fields.map(({ field, values, others }) => [field, [...values, ...others]] as const);
}
