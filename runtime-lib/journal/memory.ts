import type { Journal } from "../host/journal.js";
import { withChanges } from "./image.js";
import { journalOver } from "./journal.js";
import type { JournalRecord, Store } from "./store.js";

/** A journal that outlasts a host, but not the process: for tests. */
export function memoryJournal(): Journal {
  return journalOver(memoryStore());
}

/** The store of a journal in memory; the pattern for one of one's own. */
export function memoryStore(): Store {
  const kept = new Map<string, JournalRecord>();
  let epoch: string | null = null;
  let isOpen = false;
  return {
    async open(owner) {
      if (isOpen) throw new Error("the journal is in use");
      for (const record of kept.values()) owner.replay(record);
      isOpen = true;
      epoch ??= owner.epoch;
      return epoch;
    },
    async append(record) {
      if (!isOpen) throw new Error("the journal is closed");
      const id = JSON.stringify([record.domain, record.key]);
      const copy = structuredClone(record);
      kept.set(id, { ...copy, changes: withChanges(kept.get(id)?.changes, copy.changes) });
    },
    async close() {
      isOpen = false;
    },
  };
}
