import type { Activation, Backoff, Instance } from "../../../runtime-lib/kernel/instance.js";
import { listed } from "../report/summary.js";
import { subsetsOf } from "../search/subsets.js";
import type { Member } from "./member.js";
import { type MemberMove, move, timer } from "./member-move.js";
import { later } from "./part.js";

// What an instance waits for, and only time brings: it is over some day, or several things at once, or is found to be over by an input
// that comes before its timer has rung.

/** Something that only time ends. */
export interface Wait {
  /** What a cue calls it: the field of a duration, or a transition; null: the instance is slowed down. */
  readonly name: string | null;
  /** What is so when it is over. */
  readonly when: string;
  /** The move that is its end. */
  readonly move: MemberMove;
  /** The instance once it is over. */
  over(instance: Instance): Instance;
}

/** What an instance waits for. */
export function waitsOf(member: Member): Wait[] {
  const { instance } = member;
  const { activations, backoffs, heldUntil } = instance;
  return [
    ...activations.filter(({ dueAt }) => dueAt !== null && dueAt !== 0).map((activation) => dueOf(member, activation)),
    // An activation that waits backs off until the same time.
    ...backoffs.filter((own) => !activations.some((activation) => isOf(own, activation))).map((own) => backoffOf(member, own)),
    ...(heldUntil === null ? [] : [slowDownOf(member)]),
    ...runningIn(member).map((index) => durationOf(member, index)),
  ];
}

/** Whether an instance waits for something that only time ends. */
export function isWaiting(member: Member): boolean {
  return waitsOf(member).length > 0;
}

function waitOf(
  { instance }: Member,
  given: Pick<Wait, "name" | "when" | "over"> & Pick<MemberMove, "key" | "text" | "cue"> & { readonly end?: string },
): Wait {
  const { name, when, over, ...told } = given;
  return { name, when, over, move: move({ ...told, isQuiet: true, from: over(instance), input: timer }) };
}

/** The time comes to try an activation again. */
function dueOf(member: Member, activation: Activation): Wait {
  const { transition } = activation;
  return waitOf(member, {
    ...trying(member, transition),
    key: `${member.name} due ${transition}`,
    over: (instance) => ({
      ...instance,
      activations: instance.activations.map((other) => (other.transition === transition ? { ...other, dueAt: 0 } : other)),
      backoffs: instance.backoffs.filter((backoff) => !isOf(backoff, activation)),
    }),
  });
}

/** A transition no longer backs off, or has cooled down. */
function backoffOf(member: Member, backoff: Backoff): Wait {
  const { transition, intents } = backoff;
  const text = JSON.stringify(intents);
  const isSame = (other: Backoff) => other.transition === transition && JSON.stringify(other.intents) === text;
  return waitOf(member, {
    ...trying(member, transition),
    key: `${member.name} over ${transition} ${text}`,
    over: (instance) => ({ ...instance, backoffs: instance.backoffs.filter((other) => !isSame(other)) }),
  });
}

function trying({ name }: Member, transition: string) {
  const when = `the time comes to try ${transition} again`;
  const end = `${transition} of ${name} is tried again`;
  return { name: transition, when, text: `${name}: ${when}`, cue: { kind: "retry", transition }, end } as const;
}

function isOf(backoff: Backoff, { transition, intents }: Activation): boolean {
  return backoff.transition === transition && JSON.stringify(backoff.intents) === JSON.stringify(intents);
}

/** An instance that went round in circles goes on. */
function slowDownOf(member: Member): Wait {
  return waitOf(member, {
    name: null,
    when: "it may go on",
    key: `${member.name} resume`,
    text: `${member.name}: after a while it goes on`,
    cue: { kind: "resume" },
    over: (instance) => ({ ...instance, heldUntil: null }),
  });
}

/** Says what is fair of a duration: that it comes true some day, unless it begins anew meanwhile. */
export function elapseLabel(member: string, duration: string): string {
  return `${member} elapse ${duration}`;
}

/** What has to hold for some time, and has not for long enough yet, by their numbers. */
function runningIn({ instance: { state, since }, part }: Member): number[] {
  const all = part.machine.durations?.all ?? [];
  return all.flatMap(({ name }, index) => (state[name] !== true && (since[index] ?? null) !== null ? [index] : []));
}

/** What has to hold for some time has held for long enough. */
function durationOf(member: Member, index: number): Wait {
  const duration = member.part.machine.durations?.all[index]?.name ?? "";
  return waitOf(member, {
    name: duration,
    when: `\`${duration}\` has held for long enough`,
    key: elapseLabel(member.name, duration),
    text: `${member.name}: \`${duration}\` comes true`,
    cue: { kind: "elapse", duration },
    end: `\`${duration}\` of ${member.name} comes true`,
    over: (instance) => ({
      ...instance,
      since: instance.since.map((began, other) => (other === index && began !== null ? -later : began)),
    }),
  });
}

/** For how many different things an instance waits. */
export function waitCount(member: Member): number {
  return new Set(waitsOf(member).map(({ name }) => name)).size;
}

/** The same move at a moment when some more of what its instance waits for is over, though nobody has looked. */
export function overdueVariantsOf(member: Member, own: MemberMove): MemberMove[] {
  return subsetsOf(groupsOf(waitsOf(member), own)).map((set) => {
    const waits = set.flat();
    return {
      ...own,
      key: `${own.key} just when ${waits.map((wait) => wait.move.key).join()}`,
      text: `${own.text}, just when ${listed([...new Set(waits.map(({ when }) => when))])}`,
      cue: { ...own.cue, overdue: [...new Set(waits.flatMap(({ name }) => name ?? []))] },
      from: waits.reduce((instance, wait) => wait.over(instance), own.from),
    };
  });
}

/** Waits that a move does not end itself, those of one transition together: it may want one thing only at a time. */
function groupsOf(waits: readonly Wait[], own: MemberMove): Wait[][] {
  const groups = new Map<string | null, Wait[]>();
  for (const wait of waits) groups.set(wait.name, [...(groups.get(wait.name) ?? []), wait]);
  return [...groups.values()].filter((group) => group.every((wait) => wait.move.key !== own.key));
}

/** The same move at a moment when all is over that anybody waits for. @param names what cues call that */
export function lateVariantOf(own: MemberMove, names: readonly string[]): MemberMove {
  return {
    ...own,
    key: `${own.key}, late`,
    text: `${own.text}, just when all is over that anybody waits for`,
    cue: { ...own.cue, overdue: names },
    isLate: true,
  };
}

/** An instance at a moment when all is over that it waits for. */
export function overdue(member: Member, instance: Instance): Instance {
  return waitsOf(member).reduce((after, wait) => wait.over(after), instance);
}
