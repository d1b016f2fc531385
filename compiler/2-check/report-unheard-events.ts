import type * as ast from "../1-parse/ast.js";
import type { Parsed } from "../1-parse/parse.js";
import { walk } from "../1-parse/walk.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { broadcastEvent } from "./send.js";

/** Reports events that are broadcast and that nobody listens to, and the other way round, in all files together. */
export function reportUnheardEvents(parsed: Parsed, files: readonly Parsed[], findings: Findings): void {
  const heard = new Set(files.flatMap(({ file }) => file.domains.flatMap(heardIn)).map(({ text }) => text));
  const sent = new Set(files.flatMap(({ file }) => file.domains.flatMap(broadcastIn)).map(({ text }) => text));
  for (const domain of parsed.file.domains) {
    for (const { text, span } of broadcastIn(domain)) {
      if (!heard.has(text)) findings.report("VED4013", span, { name: text }, { fix: suggest(text, heard, span) });
    }
    for (const { text, span } of heardIn(domain)) {
      if (!sent.has(text)) findings.report("VED4014", span, { name: text }, { fix: suggest(text, sent, span) });
    }
  }
}

function heardIn({ receivers }: ast.DomainNode): ast.Name[] {
  return receivers.flatMap(({ message }) => ("kind" in message ? message.name : []));
}

function broadcastIn(domain: ast.DomainNode): ast.Name[] {
  return [...walk(domain)].flatMap(({ node }) => (node.kind === "emit" ? (broadcastEvent(node)?.name ?? []) : []));
}
