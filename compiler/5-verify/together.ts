import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { Value } from "../../runtime-lib/kernel/value.js";
import type { Domain, Parameter } from "../2-check/program.js";
import type { Source } from "../diagnostics/diagnostic.js";
import { defaultKey } from "../language/default.js";
import type { Progress } from "./graph.js";
import { type InputOptions, inputsOf } from "./inputs.js";
import type { Report } from "./report.js";
import { Situations } from "./situations.js";
import { type MemberDomain, type Message, type StartOf, SystemModel } from "./system-model.js";
import { SystemReport, systemGaveUp } from "./system-report.js";

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
    const search = new Situations(new SystemModel(members, mailbox, null), system.starts);
    const stopped = yield* search.explore(options.limit ?? maxTogether);
    const { domains, source } = system;
    if (stopped === null) return [new SystemReport(search, { domains, members, source, mailbox, messages: null }).report()];
    if (stopped !== "too large") return [systemGaveUp(domains, stopped, search)];
  }
  const reports: Report[] = [];
  for (const member of members) {
    const { domain, inputs } = member;
    const messages = messagesTo(member);
    const starts = system.starts.filter((start) => start.domain === domain.name).slice(0, 1);
    const first = starts.length > 0 ? starts : [{ domain: domain.name, key: defaultKey, state: {} }];
    const search = new Situations(new SystemModel([member], mailbox, messages), first);
    const stopped = inputs.obstacle ?? (yield* search.explore(maxTogether));
    reports.push(
      stopped === null
        ? new SystemReport(search, { domains: [domain], members: [member], source: system.source, mailbox, messages }).report()
        : systemGaveUp([domain], stopped === "too large" ? "it gets into too many situations" : stopped, search),
    );
  }
  return reports;
}

function memberOf(domain: Domain, { definitions }: SystemMembers, options: InputOptions): MemberDomain {
  const definition = definitions[domain.name];
  if (definition === undefined) throw new Error(`${domain.name} was not loaded`);
  return { domain, definition, inputs: inputsOf(domain, options) };
}

/** Everything that a domain may be sent: each message with each choice of values that it may tell apart. */
function messagesTo({ domain, inputs }: MemberDomain): Message[] {
  const constants = [...new Set(inputs.fields.flatMap(({ values }) => values))];
  const messages = [
    ...domain.receivers.map(({ name, parameters, kind }) => ({ name, parameters, isEvent: kind === "event" })),
    ...domain.transitions.map(({ name, parameters }) => ({ name, parameters: parameters ?? [], isEvent: false })),
  ];
  return messages.flatMap(({ name, parameters, isEvent }) =>
    parameters
      .reduce<Value[][]>((all, one) => all.flatMap((args) => valuesOf(one, constants).map((value) => [...args, value])), [[]])
      .map((args) => ({ name, args, isEvent })),
  );
}

function valuesOf({ type, members }: Parameter, constants: readonly Value[]): Value[] {
  if (members !== undefined) return [...members];
  if (type === "bool") return [false, true];
  const known = constants.filter((value) => typeof value === (type === "int" ? "number" : "string"));
  return [...new Set<Value>(type === "int" ? [-1, 0, 1, 2, ...known] : ["", "other", ...known])];
}
