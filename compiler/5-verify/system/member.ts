import type { Address } from "../../../runtime-lib/kernel/compiled.js";
import type { Input } from "../../../runtime-lib/kernel/event.js";
import { type Activation, createInstance, type Instance, none } from "../../../runtime-lib/kernel/instance.js";
import { addressed, maxInARow, nameOf, withoutEnvelope } from "../../../runtime-lib/kernel/mail.js";
import { type Reaction, react } from "../../../runtime-lib/kernel/react.js";
import type { State, Value } from "../../../runtime-lib/kernel/value.js";
import type { Memory } from "./memory.js";
import { began, later, type Part } from "./part.js";
import { heldIn } from "./symmetry.js";

/** An instance of a system: there is one object for all that are alike. */
export interface Member {
  readonly id: number;
  /** `Domain/key`. */
  readonly name: string;
  readonly part: Part;
  readonly instance: Instance;
  /** The strings that it holds, and what it is called by, that perhaps no domain knows. */
  readonly held: readonly string[];
  /** What inputs make of it, as far as was asked. */
  readonly reactions: Map<string, Reacted>;
  /** What it is once a message has arrived, by the message's number, as far as was asked. */
  readonly relieved: Map<number, Member>;
  /** What it is once its broadcasts are addressed, by who listens to them, as far as was asked. */
  readonly addressed: Map<string, Member>;
}

/** What an input makes of an instance. */
export interface Reacted {
  readonly member: Member;
  readonly commits: number;
  /** Whether something committed that is a change. */
  readonly isChange: boolean;
  /** Whether something began or committed, or it matters in another way what is over a little later. */
  readonly isActive: boolean;
  /** What has to hold for some time, was running before, and begins anew. */
  readonly restarted: readonly string[];
}

/** The instances that were met, each once, and what becomes of them: the kernel is asked once for each. */
export class Members {
  readonly #memory: Memory;
  readonly #byText = new Map<string, Member>();
  readonly #all: Member[] = [];

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Gives a member by its number. */
  byId(id: number): Member {
    // Only numbers that were given away are asked for.
    return this.#all[id] as Member;
  }

  /** Gives an instance that has not come to life. */
  unborn(part: Part, key: string): Member {
    const { machine } = part;
    return this.of(nameOf({ domain: machine.domain, key }), part, createInstance(machine, key, ""));
  }

  /** Gives the member that an instance is, without what is only a matter of when. */
  of(name: string, part: Part, instance: Instance): Member {
    const plain = timeless({ ...instance, reached: this.#memory.kept(part, instance.reached) }, part);
    const text = `${name}\n${JSON.stringify(plain)}`;
    let member = this.#byText.get(text);
    if (member === undefined) {
      const asked = { reactions: new Map(), relieved: new Map(), addressed: new Map() };
      member = { id: this.#all.length, name, part, instance: plain, held: heldIn(text), ...asked };
      this.#byText.set(text, member);
      this.#all.push(member);
    }
    return member;
  }

  /**
   * Says what an input makes of a member.
   * @param from gives the instance at the time of the input, where it is not known yet what comes of it @param key the same for the same input
   */
  react(member: Member, from: () => Instance, input: Input, key: string): Reacted {
    let reacted = member.reactions.get(key);
    if (reacted === undefined) {
      reacted = this.#reacted(member, react(member.part.machine, from(), input), input.type === "observation");
      member.reactions.set(key, reacted);
    }
    return reacted;
  }

  #reacted({ name, part, instance: before }: Member, reaction: Reaction, isObserved: boolean): Reacted {
    const { attempts, commits, handled } = reaction;
    const count = commits.length + (handled === null ? 0 : 1);
    const counts = commits.some(({ writes }) => Object.keys(writes).some((field) => Object.hasOwn(part.counters, field)));
    if (!counts) this.#memory.note(part, before, reaction, isObserved);
    // What has counted something is in a state that it never was in before.
    const instance = counts ? { ...reaction.instance, reached: none } : reaction.instance;
    const member = this.of(name, part, instance);
    const isChange =
      counts ||
      isChanging(before.state, [handled ?? {}, ...commits.map(madeBy)]) ||
      JSON.stringify(member.instance.state) !== JSON.stringify(before.state);
    // Who rests in between forgets whose turn it is.
    const isReset = before.cursor !== 0 && (instance.phase === "resting" || instance.phase === "stuck");
    const isActive = isReset || attempts.length > 0 || commits.length > 0;
    return { member, commits: count, isChange, isActive, restarted: restartedIn(before, instance, part) };
  }

  /** Gives a member without one of the messages that it has sent. */
  without(member: Member, envelope: number): Member {
    let relieved = member.relieved.get(envelope);
    if (relieved === undefined) {
      relieved = this.of(member.name, member.part, withoutEnvelope(member.instance, envelope));
      member.relieved.set(envelope, relieved);
    }
    return relieved;
  }

  /** Gives a member whose broadcasts are messages to each of those who listen. */
  addressed(member: Member, listeners: (event: string) => readonly Address[]): Member {
    const { name, part, instance } = member;
    const broadcasts = instance.post.outgoing.flatMap(({ to, name: event }) => (to === null ? [event] : []));
    if (broadcasts.length === 0) return member;
    const key = JSON.stringify(broadcasts.map(listeners));
    let sender = member.addressed.get(key);
    if (sender === undefined) {
      sender = this.of(name, part, addressed(instance, listeners));
      member.addressed.set(key, sender);
    }
    return sender;
  }
}

/** What has to hold for some time, runs before and after, and began in between. */
function restartedIn(before: Instance, after: Instance, { machine: { durations } }: Part): readonly string[] {
  return (durations?.all ?? []).flatMap(({ name }, index) => {
    const isRunning = ({ state, since }: Instance) => state[name] !== true && (since[index] ?? null) !== null;
    return isRunning(before) && isRunning(after) && after.since[index] !== began ? [name] : [];
  });
}

/** The instance without what is only a matter of when, and what nothing depends on. */
export function timeless(instance: Instance, { counters, cursors, steppers }: Part): Instance {
  const state = { ...instance.state, ...counters };
  const byOrder = [...instance.activations].sort((a, b) => a.order - b.order);
  const activations = [...instance.activations]
    .sort((a, b) => (a.transition < b.transition ? -1 : 1))
    .map((activation, index) => ({
      ...activation,
      writes: uncounted(activation.writes, counters),
      number: index + 1,
      order: byOrder.indexOf(activation) + 1,
      attempt: 1,
      dueAt: activation.dueAt === null ? null : activation.dueAt > 0 ? later : 0,
      overtaken: [...new Set(activation.overtaken)].sort(),
      observed: none,
    }));
  const backoffs = instance.backoffs
    .filter(({ until }) => until > 0)
    .map(({ transition, intents }) => ({ transition, intents, failures: 1, fruitless: 0, until: later, forgottenAt: later + 1 }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const { inbox, outgoing, inARow } = instance.post;
  return {
    ...instance,
    state,
    activations,
    backoffs,
    number: activations.length,
    order: activations.length,
    since: instance.since.map((since) => (since === null ? null : began)),
    expected: instance.expected.map(({ effect }) => ({ effect, until: later })),
    cursor: cursors?.[instance.cursor] ?? instance.cursor,
    post: {
      inbox: inbox.map((message, index) => ({ ...message, number: index + 1 })),
      outgoing: outgoing.map((envelope, index) => ({ ...envelope, number: index + 1 })),
      messageNumber: Math.max(inbox.length, outgoing.length),
      inARow: Math.min(inARow, maxInARow),
    },
    faults: faultsIn(instance, state, steppers),
    oscillations: 0,
    heldUntil: instance.heldUntil === null ? null : later,
    wakeAt: null,
    random: 0,
    phase: "working",
    realities: instance.realities.length === 0 ? none : alive,
  };
}

/** Writes without how far they count: that they do remains, as they write something else than there is. */
function uncounted(writes: Partial<State>, counters: State): Partial<State> {
  const counted = Object.keys(writes).filter((field) => Object.hasOwn(counters, field));
  if (counted.length === 0) return writes;
  return { ...writes, ...Object.fromEntries(counted.map((field) => [field, otherThan(counters[field])])) };
}

function otherThan(value: Value | undefined): Value {
  return typeof value === "string" ? `${value}+` : value === 0 ? 1 : 0;
}

/** The faults of later steps, of which a state knows nothing: that a first step faults it says by itself. */
function faultsIn({ faults }: Instance, state: State, steppers: ReadonlySet<string>): Instance["faults"] {
  const names = faults.flatMap(({ kind, name }) => (kind === "transition" && steppers.has(name) ? [name] : []));
  return names.length === 0 ? none : names.sort().map((name) => ({ kind: "transition", name, reason: "", state }));
}

/** Which realities hold follows from the state; that it has come to life does not. */
const alive = ["?"];

/** What of an activation's writes nobody else has written since. */
function madeBy({ writes, overtaken }: Activation): Partial<State> {
  return Object.fromEntries(Object.entries(writes).filter(([field]) => !overtaken.includes(field)));
}

/** Whether any of what is written, one after the other, changes anything: what comes later may change it back. */
function isChanging(before: State, writes: readonly Partial<State>[]): boolean {
  let state = before;
  return writes.some((written) => {
    const changes = Object.entries(written).some(([field, value]) => state[field] !== value);
    // A field that is written has a value.
    state = { ...state, ...written } as State;
    return changes;
  });
}

/** Whether something that a member has sent has yet to arrive. */
export function isSending({ instance }: Member): boolean {
  return instance.post.outgoing.length > 0;
}
