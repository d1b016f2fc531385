import type { Parsed } from "../1-parse/parse.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { broadcastIn, type Events, heardIn } from "./events.js";

/**
 * Reports events that are broadcast and that nobody listens to, and the other way round.
 * @param events those of all files together
 */
export function reportUnheardEvents(parsed: Parsed, events: Events, findings: Findings): void {
  const [heard, sent] = [new Set(events.heard), new Set(events.sent)];
  for (const domain of parsed.file.domains) {
    for (const { text, span } of broadcastIn(domain)) {
      if (!heard.has(text)) findings.report("VED4013", span, { name: text }, { fix: suggest(text, heard, span) });
    }
    for (const { text, span } of heardIn(domain)) {
      if (!sent.has(text)) findings.report("VED4014", span, { name: text }, { fix: suggest(text, sent, span) });
    }
  }
}
