import type * as ast from "../1-parse/ast.js";
import { originOf, type Parsed } from "../1-parse/parse.js";
import { walk } from "../1-parse/walk.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { moved } from "../diagnostics/moved.js";
import { suggest } from "../diagnostics/suggest.js";
import { broadcastEvent } from "./send.js";

/** Reports events that are broadcast and that nobody listens to, and the other way round, in all files together. */
export function reportUnheardEvents(parsed: Parsed, files: readonly Parsed[], findings: Findings): void {
  const { heard, sent } = eventsIn(files);
  for (const domain of parsed.file.domains) {
    const { node, by } = originOf(domain, parsed);
    const own = eventsOf(node);
    for (const { text, span } of moved(own.sent, by)) {
      if (!heard.has(text)) findings.report("VED4013", span, { name: text }, { fix: suggest(text, heard, span) });
    }
    for (const { text, span } of moved(own.heard, by)) {
      if (!sent.has(text)) findings.report("VED4014", span, { name: text }, { fix: suggest(text, sent, span) });
    }
  }
}

/** The names of events in some files. */
interface AllEvents {
  readonly heard: ReadonlySet<string>;
  readonly sent: ReadonlySet<string>;
}

/** The files of a compilation are the same for each of them. */
const knownOfFiles = new WeakMap<readonly Parsed[], AllEvents>();

function eventsIn(files: readonly Parsed[]): AllEvents {
  const known = knownOfFiles.get(files);
  if (known !== undefined) return known;
  const each = files.flatMap((parsed) => parsed.file.domains.map((domain) => eventsOf(originOf(domain, parsed).node)));
  const textsOf = (names: readonly ast.Name[]) => names.map(({ text }) => text);
  const events = {
    heard: new Set(each.flatMap(({ heard }) => textsOf(heard))),
    sent: new Set(each.flatMap(({ sent }) => textsOf(sent))),
  };
  knownOfFiles.set(files, events);
  return events;
}

/** The events of a domain, where it was first read. */
interface Events {
  readonly heard: readonly ast.Name[];
  readonly sent: readonly ast.Name[];
}

const knownOfDomains = new WeakMap<ast.DomainNode, Events>();

function eventsOf(domain: ast.DomainNode): Events {
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
