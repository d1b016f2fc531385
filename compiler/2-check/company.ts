import type { Parsed } from "../1-parse/parse.js";
import { allEvents, type Events, eventsOf } from "./events.js";
import { importedPaths } from "./imports.js";
import { sentBy } from "./messages.js";

/** What matters to a file of all that belong together, beside what it imports. */
export interface Company {
  /** The events of all. */
  readonly events: Events;
  /** The paths of those that others import, as they are resolved. */
  readonly imported: ReadonlySet<string>;
  /** The messages that files may send to domains of others, as `Worker.Work`. */
  readonly messages: ReadonlySet<string>;
}

/** Gives what matters of files that belong together. */
export function companyOf(files: readonly Parsed[]): Company {
  return {
    events: allEvents(files.map(eventsOf)),
    imported: new Set(files.flatMap(importedPaths)),
    messages: new Set(files.flatMap(sentBy)),
  };
}
