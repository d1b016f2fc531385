import type * as ast from "../1-parse/ast.js";
import { originOf, type Parsed } from "../1-parse/parse.js";
import { walk } from "../1-parse/walk.js";
import { broadcastEvent } from "./send.js";

/** The names of events, of one file or of several; each in the order in which it stands there. */
export interface Events {
  /** Those that somebody listens to. */
  readonly heard: readonly string[];
  /** Those that somebody broadcasts. */
  readonly sent: readonly string[];
}

/** Gives the events of a file. */
export function eventsOf(parsed: Parsed): Events {
  const each = parsed.file.domains.map((domain) => eventsIn(originOf(domain, parsed).node));
  const textsOf = (names: readonly ast.Name[]) => names.map(({ text }) => text);
  return { heard: each.flatMap(({ heard }) => textsOf(heard)), sent: each.flatMap(({ sent }) => textsOf(sent)) };
}

/** Gives the events of all files together, each once. */
export function allEvents(events: readonly Events[]): Events {
  return {
    heard: [...new Set(events.flatMap(({ heard }) => heard))],
    sent: [...new Set(events.flatMap(({ sent }) => sent))],
  };
}

/** Where events are named in a domain. */
interface EventNames {
  readonly heard: readonly ast.Name[];
  readonly sent: readonly ast.Name[];
}

const knownOfDomains = new WeakMap<ast.DomainNode, EventNames>();

/** Gives where a domain listens to events and broadcasts them. @param domain as it was first read */
export function eventsIn(domain: ast.DomainNode): EventNames {
  const known = knownOfDomains.get(domain);
  if (known !== undefined) return known;
  const events = { heard: heardIn(domain), sent: broadcastIn(domain) };
  knownOfDomains.set(domain, events);
  return events;
}

function heardIn({ receivers }: ast.DomainNode): ast.Name[] {
  return receivers.flatMap(({ message }) => ("kind" in message ? message.name : []));
}

function broadcastIn(domain: ast.DomainNode): ast.Name[] {
  return [...walk(domain)].flatMap(({ node }) => (node.kind === "emit" ? (broadcastEvent(node)?.name ?? []) : []));
}
