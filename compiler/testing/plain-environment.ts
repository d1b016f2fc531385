// What the outside may do to the domains of a program, read off the checked program by a walk of its own: which fields it observes,
// which messages it sends, what adapters answer, and the values of all of these.
import type { State, Value } from "../../runtime-lib/kernel/value.js";
import type { Assign, Call, Domain, Literal, Outcome, Parameter, Send } from "../2-check/program.js";
import type { TypeRef } from "../language/type.js";

/** A message from outside. */
export interface OutsideMessage {
  readonly name: string;
  readonly args: readonly Value[];
}

/** What a program starts, as it is loaded. */
export interface PlainStart {
  readonly domain: string;
  readonly key: string;
  readonly state: Partial<State>;
}

/**
 * What the outside may do; `held` are the strings that the program does not know and that are held somewhere at the moment: the
 * outside says one of those, or new ones, or what the program knows.
 */
export interface Environment {
  observationsOf(domain: string, held: readonly string[]): readonly State[];
  messagesTo(domain: string, held: readonly string[]): readonly OutsideMessage[];
  /** Gives what an instance may be called that nobody has started. */
  keysOf(domain: string): readonly string[];
  /** Gives what an attempt may come to say: one undefined where no handler asks. */
  payloadsOf(domain: string, effect: string, outcome: Outcome, held: readonly string[]): readonly (Value | undefined)[];
}

/** The mark of a string that no program knows: it is followed by a number. */
export const freshMark = "~";

/** Works out what the outside of a program may do. */
export function environmentOf(domains: readonly Domain[], starts: readonly PlainStart[]): Environment {
  const known = knownValues(domains, starts);
  const byName = new Map(domains.map((domain) => [domain.name, opennessOf(domain, domains)]));
  const named = (name: string) => {
    const openness = byName.get(name);
    if (openness === undefined) throw new Error(`there is no domain ${name}`);
    return openness;
  };
  const combined = (slots: readonly TypeRef[], held: readonly string[]) => combinationsOf(slots, valuesFor(slots, held, known));
  return {
    observationsOf(name, held) {
      const { fields } = named(name);
      if (fields.length === 0) return [];
      return combined(fields, held).map((values) =>
        Object.fromEntries(fields.map((field, index) => [field.name, values[index] ?? 0])),
      );
    },
    messagesTo(name, held) {
      return named(name).messages.flatMap((message) =>
        combined(message.parameters, held).map((args) => ({ name: message.name, args })),
      );
    },
    keysOf(name) {
      return asksForKey(named(name).domain) ? known.strings.filter((key) => key !== "") : ["default"];
    },
    payloadsOf(name, effect, outcome, held) {
      const handler = named(name).domain.handlers.find((each) => each.effect === effect && each.outcome === outcome);
      const parameter = handler?.parameter ?? null;
      return parameter === null ? [undefined] : combined([parameter], held).flat();
    },
  };
}

/** What of a domain the outside may set and send. */
function opennessOf(domain: Domain, domains: readonly Domain[]) {
  return { domain, fields: observedFields(domain), messages: openMessages(domain, domains) };
}

interface KnownValues {
  readonly strings: readonly string[];
  readonly ints: readonly number[];
}

/** What the kernel says of an attempt that the end of a process has cut off. */
const cutOff = "the process ended before an answer came";

/** Gives every value that stands somewhere in a program, or that the kernel says itself. */
function knownValues(domains: readonly Domain[], starts: readonly PlainStart[]): KnownValues {
  const slots: readonly TypeRef[] = domains.flatMap(({ fields, receivers, transitions }) => [
    ...fields,
    ...receivers.flatMap(({ parameters }) => parameters),
    ...transitions.flatMap(({ parameters }) => parameters ?? []),
  ]);
  const isAsked = domains.some(asksForKey);
  // Where nobody asks what it is called, a key is compared with nothing.
  const keys = new Set<unknown>(isAsked ? [] : nodesOf<Send>(domains, "send").map(({ key }) => key));
  const all = [
    ...(isAsked ? [...starts.map(({ key }) => key), unheardOf] : []),
    ...nodesOf<Literal>(domains, "literal").flatMap((literal) => (keys.has(literal) ? [] : [literal.value])),
    ...domains.flatMap(({ fields }) => fields.map(({ initial }) => initial)),
    ...starts.flatMap(({ state }) => Object.values(state).flatMap((value) => value ?? [])),
    ...slots.flatMap(({ members = [] }) => members),
    ...(domains.some(isToldWhy) ? [cutOff] : []),
    ...(nodesOf<Call>(domains, "call").some(isTextOfBool) ? ["false", "true"] : []),
  ];
  return {
    strings: [...new Set(all.filter((value) => typeof value === "string"))].sort(),
    ints: [...new Set(all.filter((value) => typeof value === "number"))].sort((a, b) => a - b),
  };
}

/** Says whether a call makes a text of a bool. */
function isTextOfBool({ type, arguments: given }: Call): boolean {
  return type === "string" && given.some((value) => value.type === "bool");
}

/** Says whether a domain asks why nobody knows what an attempt came to. */
function isToldWhy({ handlers }: Domain): boolean {
  return handlers.some(({ outcome, parameter }) => outcome === "unknown" && parameter !== null);
}

/** A key that no program knows: a host may start anybody. */
const unheardOf = "other";

/** Says whether somebody in a domain asks what it is called: the compiler puts that into the state. */
function asksForKey({ fields }: Domain): boolean {
  return fields.some(({ name }) => name === "self");
}

/** Gives the fields that only the outside sets. */
function observedFields(domain: Domain) {
  const assigned = new Set(nodesOf<Assign>(domain, "assign").map(({ field }) => field));
  return domain.fields.filter(({ name }) => !assigned.has(name) && name !== "self");
}

interface OpenMessage {
  readonly name: string;
  readonly parameters: readonly Parameter[];
}

/** Gives the messages that a domain takes and that no domain of the program sends it. */
function openMessages(domain: Domain, domains: readonly Domain[]): OpenMessage[] {
  const sent = new Set(
    nodesOf<Send>(domains, "send").flatMap(({ target, message }) => (target === domain.name ? [message] : [])),
  );
  const received = domain.receivers.filter(({ kind }) => kind === "message");
  const isReceived = (name: string) => received.some((receiver) => receiver.name === name);
  // What has no parameter list is run by goals.
  const asked = domain.transitions.flatMap(({ name, parameters }) =>
    parameters === null || isReceived(name) ? [] : [{ name, parameters }],
  );
  return [...received, ...asked].filter(({ name }) => !sent.has(name));
}

/** Gives the values that slots may be given: fresh strings are as many that all slots may differ from each other and from what is held. */
function valuesFor(slots: readonly TypeRef[], held: readonly string[], { strings, ints }: KnownValues) {
  const free = slots.filter(({ type, members }) => type === "string" && members === undefined).length;
  const fresh: string[] = [];
  for (let number = 1; fresh.length < free; number += 1) {
    const name = `${freshMark}${number}`;
    if (!held.includes(name)) fresh.push(name);
  }
  return (slot: TypeRef): readonly Value[] => {
    switch (slot.type) {
      case "bool":
        return [false, true];
      case "int":
        return intervalsOf(ints);
      case "string":
        return slot.members ?? [...strings, ...held, ...fresh];
    }
  };
}

/** Gives constants, and one number of each interval before, between and behind them. */
function intervalsOf(constants: readonly number[]): number[] {
  const [first, last] = [constants[0], constants.at(-1)];
  if (first === undefined || last === undefined) return [0];
  const between = constants.flatMap((constant) => (constants.includes(constant + 1) || constant === last ? [] : [constant + 1]));
  return [first - 1, ...constants, ...between, last + 1];
}

/** Gives every choice of one value for each slot. */
function combinationsOf(slots: readonly TypeRef[], valuesOf: (slot: TypeRef) => readonly Value[]): Value[][] {
  return slots.reduce<Value[][]>(
    (chosen, slot) => chosen.flatMap((values) => valuesOf(slot).map((value) => [...values, value])),
    [[]],
  );
}

/** Gives all nodes of a kind in a part of a program, however deep. `N` is the type of the nodes of that kind. */
function nodesOf<N extends { readonly kind: string }>(part: unknown, kind: N["kind"]): N[] {
  if (typeof part !== "object" || part === null) return [];
  const inside = Object.values(part).flatMap((value) => nodesOf<N>(value, kind));
  // In a checked program the kind says what type a node is of.
  return "kind" in part && part.kind === kind ? [part as N, ...inside] : inside;
}
