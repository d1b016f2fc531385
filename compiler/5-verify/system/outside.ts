import type { Value } from "../../../runtime-lib/kernel/value.js";
import type { Domain } from "../../2-check/program.js";
import { bodiesOf, sendsIn } from "../../2-check/traverse.js";
import { defaultKey } from "../../language/default.js";
import { argumentName } from "../environment/payload.js";
import type { Message } from "./moves.js";
import type { MemberDomain } from "./part.js";

/** Who may send what from outside, and who may come to life. */
export interface Outside {
  /** The messages that may come from outside, by domain. */
  readonly messages: ReadonlyMap<string, readonly Message[]>;
  /** Whether a domain is looked at alone: then the others are outside, and what is awaited of them may come. */
  readonly isAlone: boolean;
  /** The domains of which no instance is started: one comes to life once something is observed of it or it is sent something. */
  readonly unborn: readonly string[];
  /** Whether instances are called only as those that a system starts, and those that others are known to send to. */
  readonly areKeysKnown: boolean;
  /** Why what is sent cannot be listed, as a clause; null: it can. */
  readonly obstacle: string | null;
}

/**
 * Gives what comes from outside of a system: messages that none of its domains sends and that goals do not run by themselves (all of
 * them, in a hostile world), and new instances.
 * @param started the domains of which an instance is started
 */
export function outsideOf(members: readonly MemberDomain[], started: readonly string[], isHostile: boolean): Outside {
  const domains = members.map(({ domain }) => domain);
  const sent = new Set(domains.flatMap(sentBy));
  const messages = members.map((member) => {
    const { name } = member.domain;
    const isFree = ({ kind, message, isForGoals }: Taken) =>
      kind === "message" && (isHostile || !(isForGoals || sent.has(`${name} ${message}`)));
    return [name, messagesTo(member, isFree)] as const;
  });
  const unborn = domains.map(({ name }) => name).filter((name) => !started.includes(name));
  return { messages: new Map(messages), isAlone: false, unborn, areKeysKnown: true, obstacle: obstacleOf(members) };
}

/**
 * Gives what comes from outside of a domain that is looked at alone: anything that it takes; of what others send with written values,
 * only these.
 * @param areKeysKnown whether only those of its instances are looked at that a system starts or somebody is known to send to
 */
export function outsideAlone(member: MemberDomain, domains: readonly Domain[], areKeysKnown: boolean): Outside {
  const { name } = member.domain;
  const written = new Map(
    member.domain.receivers.flatMap((receiver) => {
      const args = writtenFor(name, receiver.name, domains);
      return args === null ? [] : [[receiver.name, args] as const];
    }),
  );
  const others = messagesTo(member, ({ message }) => !written.has(message));
  const known = [...written].flatMap(([message, all]) => all.map((args) => ({ name: message, args, isEvent: false })));
  const messages = new Map([[name, [...known, ...others]]]);
  return { messages, isAlone: true, unborn: [], areKeysKnown, obstacle: obstacleOf([member]) };
}

/** The values with which domains send a message, where all are written as they are; null: some are worked out, or nobody sends it. */
export function writtenFor(target: string, message: string, domains: readonly Domain[]): readonly (readonly Value[])[] | null {
  const sends = sendsTo(target, domains).filter((send) => send.message === message);
  const written = sends.map((send) => send.arguments.flatMap((value) => (value.kind === "literal" ? [value.value] : [])));
  return sends.length > 0 && sends.every((send, index) => send.arguments.length === written[index]?.length) ? written : null;
}

/** The keys of the instances that domains send something to, where all are written as they are; null: some are worked out. */
export function writtenKeysOf(target: string, domains: readonly Domain[]): readonly string[] | null {
  const keys = sendsTo(target, domains).map(({ key }) =>
    key === null ? defaultKey : key.kind === "literal" ? String(key.value) : null,
  );
  const written = keys.filter((key) => key !== null);
  return written.length < keys.length ? null : [...new Set(written)];
}

function sendsTo(target: string, domains: readonly Domain[]) {
  return domains
    .flatMap((domain) => bodiesOf(domain).flatMap(({ statements }) => sendsIn(statements)))
    .flatMap((send) => (send.kind === "send" && send.target === target ? [send] : []));
}

/** The messages that a domain sends, each behind the domain that it is for. */
function sentBy(domain: Domain): string[] {
  const sends = bodiesOf(domain).flatMap(({ statements }) => sendsIn(statements));
  return sends.flatMap((send) => (send.kind === "send" ? [`${send.target} ${send.message}`] : []));
}

/** More choices of arguments for a message than this are not tried. */
const maxArguments = 2000;

/** Something that a domain takes. */
interface Taken {
  readonly kind: "message" | "event";
  readonly message: string;
  /** Whether it is a transition that also runs when a goal asks for it. */
  readonly isForGoals: boolean;
}

/** Everything that a domain may be sent: each message with each choice of values that it may tell apart. */
function messagesTo({ domain, inputs }: MemberDomain, isWanted: (taken: Taken) => boolean): Message[] {
  const messages = [
    ...domain.receivers.map(({ name, parameters, kind }) => ({ name, parameters, kind, isForGoals: false })),
    ...domain.transitions.map(({ name, parameters }) => {
      return { name, parameters: parameters ?? [], kind: "message" as const, isForGoals: parameters === null };
    }),
  ];
  return messages
    .filter(({ name, kind, isForGoals }) => isWanted({ kind, message: name, isForGoals }))
    .flatMap(({ name, parameters, kind }) => {
      const values = parameters.map((parameter) => inputs.payloads.get(argumentName(name, parameter.name)) ?? []);
      // See `obstacleOf`.
      if (countOf(values) > maxArguments) return [];
      const choices = values.reduce<Value[][]>((all, each) => all.flatMap((args) => each.map((value) => [...args, value])), [[]]);
      return choices.map((args) => ({ name, args, isEvent: kind === "event" }));
    });
}

function countOf(values: readonly (readonly Value[])[]): number {
  return values.reduce((product, { length }) => product * length, 1);
}

/** Says which message may be given too many different arguments. */
function obstacleOf(members: readonly MemberDomain[]): string | null {
  for (const { domain, inputs } of members) {
    for (const { name, parameters } of [...domain.receivers, ...domain.transitions]) {
      const values = (parameters ?? []).map((parameter) => inputs.payloads.get(argumentName(name, parameter.name)) ?? []);
      if (countOf(values) > maxArguments) return `\`${name}\` of ${domain.name} may be sent with too many different arguments`;
    }
  }
  return null;
}
