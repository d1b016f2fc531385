import type { Journal } from "../host/journal.js";
import { fold, type Images } from "./images.js";
import { journalOver } from "./journal.js";
import type { Store } from "./store.js";

/** Makes a journal that outlasts a host, but not the process: for tests. */
export function memoryJournal(): Journal {
  return journalOver(memoryStore());
}

/**
 * Makes the store of a journal in memory; the pattern for one of one's own.
 * @param images what is written there, for another store to go on with; nothing when absent
 */
export function memoryStore(images: Images = new Map()): Store {
  let epoch: string | null = null;
  let isOpen = false;
  return {
    async open(owner) {
      if (isOpen) throw new Error("the journal is in use");
      for (const { domain, key, image } of images.values()) {
        owner.replay({ domain, key, input: { type: "snapshot", now: 0 }, changes: image });
      }
      isOpen = true;
      epoch ??= owner.epoch;
      return epoch;
    },
    async append(record) {
      if (!isOpen) throw new Error("the journal is closed");
      fold(images, structuredClone(record));
    },
    async close() {
      isOpen = false;
    },
  };
}
