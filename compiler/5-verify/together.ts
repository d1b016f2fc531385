import type { Definition } from "../../runtime-lib/kernel/definition.js";
import { defaultMailbox, smallMailbox } from "../../runtime-lib/kernel/mail.js";
import { asksForKey } from "../2-check/own-key.js";
import type { Domain } from "../2-check/program.js";
import type { Source } from "../diagnostics/diagnostic.js";
import { at } from "../language/at.js";
import { type InputOptions, inputsOf, literalsOf } from "./environment/inputs.js";
import { comparesGiven, holdersIn, joinsKeysOf, sendsGiven, sendsJoined } from "./environment/strings.js";
import { judging, type SearchOptions } from "./judge.js";
import type { Report, VerifyFinding } from "./report/report.js";
import type { Steps } from "./search/steps.js";
import { type Outside, outsideAlone, outsideOf, writtenFor, writtenKeysOf } from "./system/outside.js";
import type { MemberDomain } from "./system/part.js";
import type { StartOf } from "./system/system-model.js";
import { SystemSubject } from "./system/system-subject.js";

/** So many messages are followed in a mailbox. */
const mailbox = smallMailbox;

/** More situations than this are not explored with mailboxes as large as those of a host. */
const maxWithMoreRoom = 20_000;

/** More situations than this are not explored together. */
const maxTogether = 200_000;

/** A system: its domains, with their definitions and where they are written, and what it starts with. */
export interface SystemMembers {
  readonly domains: readonly { readonly domain: Domain; readonly source: Source }[];
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly starts: readonly StartOf[];
  /** Whether a `system` says so; else each domain is started once. */
  readonly isSystem: boolean;
}

/** How a system is explored. */
export interface TogetherOptions extends InputOptions, SearchOptions {
  /** More situations than this are not explored together, but each domain alone. */
  readonly limit?: number;
}

/**
 * Explores the domains of a system together, with a bound on mailboxes; or, where that is too large, each alone against others
 * that may send it anything it takes. Pauses and gives up as `judging` does.
 */
export function* verifyingTogether(system: SystemMembers, options: TogetherOptions = {}): Steps<Report[]> {
  const members = system.domains.map((each) => memberOf(each, system, options));
  const started = system.starts.map(({ domain }) => domain);
  const outside = outsideOf(members, started, options.hostile ?? false);
  if (members.every(({ inputs }) => inputs.obstacle === null) && outside.obstacle === null) {
    const subject = new SystemSubject(members, system.starts, mailbox, outside);
    const report = yield* unlessTooLarge(judging(subject, options), options.limit ?? maxTogether);
    if (report !== null)
      return [subject.hasWaited ? ((yield* withMoreRoom(members, system, outside, options)) ?? report) : report];
  }
  const reports: Report[] = [];
  for (const member of members) {
    const known = outside.messages.get(member.domain.name) ?? [];
    const all = system.domains.map(({ domain }) => domain);
    // What others send with written values is sent with these.
    const written = member.domain.receivers.filter(({ name }) => writtenFor(member.domain.name, name, all) !== null);
    const free = [...known.map(({ name }) => name), ...written.map(({ name }) => name)];
    reports.push(yield* verifyingAlone(member, system, free, options));
  }
  return reports;
}

/** Looks again with mailboxes as large as those of a host. Gives null where that is too large, or nothing is known then. */
function* withMoreRoom(
  members: readonly MemberDomain[],
  { starts }: SystemMembers,
  outside: Outside,
  options: TogetherOptions,
): Steps<Report | null> {
  const larger = judging(new SystemSubject(members, starts, defaultMailbox, outside), options);
  const report = yield* unlessTooLarge(larger, maxWithMoreRoom);
  return report?.verdict === "gave up" ? null : report;
}

/** Gives what a search comes to; null where it meets more situations than a limit. */
function* unlessTooLarge<R>(steps: Steps<R>, limit: number): Steps<R | null> {
  for (let next = steps.next(null); ; ) {
    if (next.done === true) return next.value;
    if (next.value.nodes > limit) return null;
    next = steps.next(yield next.value);
  }
}

/** @param free what anybody may send it */
function* verifyingAlone(
  member: MemberDomain,
  system: SystemMembers,
  free: readonly string[],
  options: TogetherOptions,
): Steps<Report> {
  const { name } = member.domain;
  const all = system.domains.map(({ domain }) => domain);
  const starts = system.starts.filter((start) => start.domain === name);
  const reports: Report[] = [];
  // What an instance is started with may make a difference, and what it is called, where it asks for that.
  const { known, fresh } = member.inputs.keys;
  // Others may send to any key, but where all that they send to are written; that nobody outside brings others to life is assumed.
  const written = system.isSystem && starts.length > 0 ? writtenKeysOf(name, all) : null;
  const keys = asksForKey(member.domain) || starts.length === 0 ? (written ?? [...known, ...fresh.slice(0, 1)]) : [];
  const others = keys
    .filter((key) => starts.every((start) => start.key !== key))
    .map((key) => ({ domain: name, key, state: {} }));
  for (const start of [...starts, ...others]) {
    const report = yield* judging(
      new SystemSubject([member], [start], mailbox, outsideAlone(member, all, written !== null)),
      options,
    );
    reports.push(report.findings.some((finding) => restsOnOthers(finding, free)) ? notKnownAlone(report) : report);
  }
  return worstOf(reports);
}

/** Whether a story needs a message of others, who perhaps never send it. @param free what anybody may send */
function restsOnOthers({ story }: VerifyFinding, free: readonly string[]): boolean {
  return story?.steps.some(({ cue }) => cue.kind === "send" && !free.includes(cue.message)) === true;
}

/** A domain alone that can only get stuck by what others send. */
function notKnownAlone(report: Report): Report {
  const summary = `nothing is known of it: together with the others it is too large, and alone ${report.summary} if it is sent what follows`;
  return report.verdict === "refuted" ? { ...report, verdict: "gave up", summary } : report;
}

/** Gives the first report that says the least good. */
function worstOf(reports: readonly Report[]): Report {
  const order: readonly Report["verdict"][] = ["refuted", "gave up", "proved up to a bound", "proved"];
  const sorted = [...reports].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  return at(sorted, 0);
}

function memberOf(
  { domain, source }: SystemMembers["domains"][number],
  { definitions, domains, starts }: SystemMembers,
  options: TogetherOptions,
): MemberDomain {
  const definition = definitions[domain.name];
  if (definition === undefined) throw new Error(`${domain.name} was not loaded`);
  const others = domains.filter((other) => other.domain !== domain).map((other) => other.domain);
  const valuesOf = (some: readonly StartOf[]) =>
    some.flatMap(({ state }) => Object.values(state)).filter((value) => value !== undefined);
  // What others begin with, and what instances are called, may be sent as well.
  const keys = starts.map(({ key }) => key);
  const foreign = [...others.flatMap(literalsOf), ...valuesOf(starts.filter((start) => start.domain !== domain.name)), ...keys];
  const known = valuesOf(starts.filter((start) => start.domain === domain.name));
  // What it sends may come back to it.
  const comesBack = others.some(sendsGiven);
  const senders = comesBack ? [...others, domain] : others;
  const foreignHolders = senders.reduce((sum, other) => sum + holdersIn(other), 0);
  const inputs = inputsOf(domain, { ...options, foreign, foreignHolders, begins: known });
  const joining = senders.find(sendsJoined);
  const obstacle =
    joining !== undefined && comparesGiven(domain)
      ? `${domain.name} compares strings that are given to it, and ${joining.name} sends some that it joins`
      : asksForKey(domain) && comparesGiven(domain) && joinsKeysOf(domain, domain.name)
        ? `${domain.name} asks for keys that it joins`
        : inputs.obstacle;
  return { domain, definition, source, inputs: { ...inputs, obstacle } };
}
