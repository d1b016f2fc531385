import type * as ast from "../1-parse/ast.js";
import type { Parsed } from "../1-parse/parse.js";
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
export function eventsOf({ file: { domains } }: Parsed): Events {
  const namesOf = (each: (domain: ast.DomainNode) => ast.Name[]) => domains.flatMap(each).map(({ text }) => text);
  return { heard: namesOf(heardIn), sent: namesOf(broadcastIn) };
}

/** Gives the events of all files together, each once. */
export function allEvents(events: readonly Events[]): Events {
  return {
    heard: [...new Set(events.flatMap(({ heard }) => heard))],
    sent: [...new Set(events.flatMap(({ sent }) => sent))],
  };
}

/** Gives where a domain listens to events. */
export function heardIn({ receivers }: ast.DomainNode): ast.Name[] {
  return receivers.flatMap(({ message }) => ("kind" in message ? message.name : []));
}

/** Gives where a domain broadcasts events. */
export function broadcastIn(domain: ast.DomainNode): ast.Name[] {
  return [...walk(domain)].flatMap(({ node }) => (node.kind === "emit" ? (broadcastEvent(node)?.name ?? []) : []));
}
