import { originOf, type Parsed } from "../1-parse/parse.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { moved } from "../diagnostics/moved.js";
import { suggest } from "../diagnostics/suggest.js";
import { type Events, eventsIn } from "./events.js";

/**
 * Reports events that are broadcast and that nobody listens to, and the other way round.
 * @param events those of all files together
 */
export function reportUnheardEvents(parsed: Parsed, events: Events, findings: Findings): void {
  const [heard, sent] = [new Set(events.heard), new Set(events.sent)];
  for (const domain of parsed.file.domains) {
    const { node, by } = originOf(domain, parsed);
    const own = eventsIn(node);
    for (const { text, span } of moved(own.sent, by)) {
      if (!heard.has(text)) findings.report("VED4013", span, { name: text }, { fix: suggest(text, heard, span) });
    }
    for (const { text, span } of moved(own.heard, by)) {
      if (!sent.has(text)) findings.report("VED4014", span, { name: text }, { fix: suggest(text, sent, span) });
    }
  }
}
