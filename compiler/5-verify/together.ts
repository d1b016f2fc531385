import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { Value } from "../../runtime-lib/kernel/value.js";
import type { Domain } from "../2-check/program.js";
import { bodiesOf, sendsIn } from "../2-check/traverse.js";
import type { Source } from "../diagnostics/diagnostic.js";
import { at } from "../language/at.js";
import { defaultKey } from "../language/default.js";
import { type InputOptions, inputsOf, literalsOf } from "./environment/inputs.js";
import { argumentName } from "./environment/payload.js";
import type { Report } from "./report/report.js";
import type { Progress } from "./search/graph.js";
import { Situations } from "./system/situations.js";
import { type MemberDomain, type Message, type Outside, type StartOf, SystemModel } from "./system/system-model.js";
import { SystemReport, systemGaveUp } from "./system/system-report.js";

/** So many messages are followed in a mailbox. */
const mailbox = 3;

/** More situations than this are not explored together. */
const maxTogether = 50_000;

/** A system: its domains, with their definitions, and what it starts with. */
export interface SystemMembers {
  readonly domains: readonly Domain[];
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly starts: readonly StartOf[];
  readonly source: Source;
}

/**
 * Explores the domains of a system together, with a bound on mailboxes; or, where that is too large, each alone against others
 * that may send it anything it takes. Pauses and gives up as `verifying` does.
 * @param options with `limit`, how many situations are explored together at most
 */
export function* verifyingTogether(
  system: SystemMembers,
  options: InputOptions & { readonly limit?: number } = {},
): Generator<Progress, Report[], string | null> {
  const members = system.domains.map((domain) => memberOf(domain, system, options));
  const obstacle = members.map(({ inputs }) => inputs.obstacle).find((each) => each !== null) ?? null;
  if (obstacle === null) {
    const outside = outsideOf(system, members, options);
    const search = new Situations(new SystemModel(members, mailbox, outside), system.starts);
    const stopped = yield* search.explore(options.limit ?? maxTogether);
    const { domains, source } = system;
    if (stopped === null) return [new SystemReport(search, { domains, members, source, mailbox, outside }).report()];
    if (stopped !== "too large") return [systemGaveUp(domains, stopped, search)];
  }
  const reports: Report[] = [];
  for (const member of members) reports.push(yield* verifyingAlone(member, system));
  return reports;
}

function* verifyingAlone(member: MemberDomain, system: SystemMembers): Generator<Progress, Report, string | null> {
  const { domain, inputs } = member;
  const outside: Outside = { messages: new Map([[domain.name, messagesTo(member, () => true)]]), isAlone: true, unborn: [] };
  const starts = system.starts.filter((start) => start.domain === domain.name);
  const reports: Report[] = [];
  // What an instance is started with may make a difference.
  for (const start of starts.length > 0 ? starts : [{ domain: domain.name, key: defaultKey, state: {} }]) {
    const search = new Situations(new SystemModel([member], mailbox, outside), [start]);
    const stopped = inputs.obstacle ?? (yield* search.explore(maxTogether));
    reports.push(
      stopped === null
        ? new SystemReport(search, { domains: [domain], members: [member], source: system.source, mailbox, outside }).report()
        : systemGaveUp([domain], stopped === "too large" ? "it gets into too many situations" : stopped, search),
    );
  }
  return worstOf(reports);
}

/** Gives the first report that says the least good. */
function worstOf(reports: readonly Report[]): Report {
  const order: readonly Report["verdict"][] = ["refuted", "gave up", "proved up to a bound", "proved"];
  const sorted = [...reports].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  return at(sorted, 0);
}

function memberOf(domain: Domain, { definitions, domains }: SystemMembers, options: InputOptions): MemberDomain {
  const definition = definitions[domain.name];
  if (definition === undefined) throw new Error(`${domain.name} was not loaded`);
  const foreign = domains.filter((other) => other !== domain).flatMap(literalsOf);
  return { domain, definition, inputs: inputsOf(domain, { ...options, foreign }) };
}

/** What comes from outside of a system: messages that none of its domains sends (all of them, in a hostile world), and new instances. */
function outsideOf(
  { domains, starts }: SystemMembers,
  members: readonly MemberDomain[],
  { hostile = false }: InputOptions,
): Outside {
  const sent = new Set(
    domains.flatMap((domain) =>
      bodiesOf(domain).flatMap(({ statements }) =>
        sendsIn(statements).flatMap((send) => (send.kind === "send" ? [`${send.target} ${send.message}`] : [])),
      ),
    ),
  );
  const messages = members.map((member) => {
    const { name } = member.domain;
    // What goals run by themselves is run by a host in a hostile world only.
    const own = messagesTo(
      member,
      ({ kind, message, isForGoals }) => kind === "message" && (hostile || !(isForGoals || sent.has(`${name} ${message}`))),
    );
    return [name, own] as const;
  });
  const unborn = domains.map(({ name }) => name).filter((name) => starts.every(({ domain }) => domain !== name));
  return { messages: new Map(messages), isAlone: false, unborn };
}

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
    .flatMap(({ name, parameters, kind }) =>
      parameters
        .map((parameter) => inputs.payloads.get(argumentName(name, parameter.name)) ?? [])
        .reduce<Value[][]>((all, values) => all.flatMap((args) => values.map((value) => [...args, value])), [[]])
        .map((args) => ({ name, args, isEvent: kind === "event" })),
    );
}
