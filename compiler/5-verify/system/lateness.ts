import type { Instance } from "../../../runtime-lib/kernel/instance.js";
import type { NamedDuration } from "../../../runtime-lib/kernel/rules.js";
import type { Member } from "./member.js";
import { type MemberMove, move, timer } from "./member-move.js";
import { later } from "./part.js";

// What has to hold for some time, in situations: it comes true some day, or is found true by who looks late.

/** The same move at a moment when one of the things that an instance waits for has held for long enough, though nobody has looked. */
export function overdueVariantsOf(member: Member, own: MemberMove): MemberMove[] {
  return runningIn(member).map(([index, { name }]) => ({
    ...own,
    key: `${own.key} just when ${name}`,
    text: `${own.text}, just when \`${name}\` has held for long enough`,
    cue: { ...own.cue, overdue: [name] },
    from: { ...own.from, since: own.from.since.map((began, other) => (other === index ? -later : began)) },
  }));
}

/** The same move at a moment when all has held for long enough that has to, of whichever instance. @param durations the fields that say so */
export function lateVariantOf(own: MemberMove, durations: readonly string[]): MemberMove {
  return {
    ...own,
    key: `${own.key}, late`,
    text: `${own.text}, just when all that has to hold for some time has`,
    cue: { ...own.cue, overdue: durations },
    isLate: true,
  };
}

/** Says what is fair of a duration: that it comes true some day, unless it begins anew meanwhile. */
export function elapseLabel(member: string, duration: string): string {
  return `${member} elapse ${duration}`;
}

/** What has to hold for some time, and has not for long enough yet. */
export function runningIn({ instance, part }: Member): (readonly [index: number, duration: NamedDuration])[] {
  const all = part.machine.durations?.all ?? [];
  return [...all.entries()].filter(
    ([index, { name }]) => instance.state[name] !== true && (instance.since[index] ?? null) !== null,
  );
}

/** What has to hold for some time has held for long enough. */
export function durationsOf(member: Member): MemberMove[] {
  const { name, instance } = member;
  const running = runningIn(member);
  const each = running.map(([index, duration]) =>
    move({
      key: elapseLabel(name, duration.name),
      text: `${name}: \`${duration.name}\` comes true`,
      cue: { kind: "elapse", duration: duration.name },
      end: `\`${duration.name}\` of ${name} comes true`,
      isQuiet: true,
      from: { ...instance, since: instance.since.map((began, other) => (other === index ? -later : began)) },
      input: timer,
    }),
  );
  const [first] = running;
  return first === undefined || running.length < 2 ? each : [...each, lateFor(name, instance, first[1].name)];
}

/** All that has to hold for some time has, as somebody looks late. @param first one of these, which is fair */
function lateFor(name: string, instance: Instance, first: string): MemberMove {
  return move({
    key: `${name} elapse`,
    label: elapseLabel(name, first),
    text: `${name}: somebody looks late, and all that has to hold for some time has`,
    cue: { kind: "elapse", duration: first, isLate: true },
    isQuiet: true,
    from: overdue(instance),
    input: timer,
  });
}

/** An instance at a moment when all has held for long enough that has to. */
export function overdue(instance: Instance): Instance {
  return { ...instance, since: instance.since.map((began) => (began === null ? null : -later)) };
}

/** Whether it makes a difference to a move of one member that all has held for long enough that has to. */
export function isAnyOverdue(members: readonly Member[], member: Member): boolean {
  const own = runningIn(member).length;
  return own > 1 || members.some((other) => other !== member && runningIn(other).length > 0);
}
