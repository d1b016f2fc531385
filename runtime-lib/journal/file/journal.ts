// What `vedc build` writes as journal.js.
import { resolve } from "node:path";
import type { Journal } from "../../host/journal.js";
import { journalOver } from "../journal.js";
import { Log } from "../log.js";
import { fileDisk } from "./disk.js";

export { JournalError } from "../error.js";
export { journalOver } from "../journal.js";
export type { JournalRecord, Store, StoreOwner } from "../store.js";

/**
 * Makes a journal in a folder of its own, which is made when it is not there: an append-only log, of which each record is on
 * stable storage before it has consequences. One host at a time may have it open.
 */
export function fileJournal(folder: string): Journal {
  return journalOver(new Log(fileDisk(resolve(folder))));
}
