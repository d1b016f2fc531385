import type * as ast from "../1-parse/ast.js";
import type { Parsed } from "../1-parse/parse.js";
import { walk } from "../1-parse/walk.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { broadcastEvent } from "./send.js";

/** Reports events that are broadcast and that nobody listens to, and the other way round, in all files together. */
export function reportUnheardEvents(parsed: Parsed, files: readonly Parsed[], findings: Findings): void {
  const { heard, sent } = eventsIn(files);
  for (const domain of parsed.file.domains) {
    for (const { text, span } of broadcastIn(domain)) {
      if (!heard.has(text)) findings.report("VED4013", span, { name: text }, { fix: suggest(text, heard, span) });
    }
    for (const { text, span } of heardIn(domain)) {
      if (!sent.has(text)) findings.report("VED4014", span, { name: text }, { fix: suggest(text, sent, span) });
    }
  }
}

/** The names of events in some files. */
interface Events {
  readonly heard: ReadonlySet<string>;
  readonly sent: ReadonlySet<string>;
}

/** The files of a compilation are the same for each of them. */
const known = new WeakMap<readonly Parsed[], Events>();

function eventsIn(files: readonly Parsed[]): Events {
  let events = known.get(files);
  if (events === undefined) {
    const domains = files.flatMap(({ file }) => file.domains);
    const namesOf = (each: (domain: ast.DomainNode) => ast.Name[]) => new Set(domains.flatMap(each).map(({ text }) => text));
    events = { heard: namesOf(heardIn), sent: namesOf(broadcastIn) };
    known.set(files, events);
  }
  return events;
}

function heardIn({ receivers }: ast.DomainNode): ast.Name[] {
  return receivers.flatMap(({ message }) => ("kind" in message ? message.name : []));
}

function broadcastIn(domain: ast.DomainNode): ast.Name[] {
  return [...walk(domain)].flatMap(({ node }) => (node.kind === "emit" ? (broadcastEvent(node)?.name ?? []) : []));
}
