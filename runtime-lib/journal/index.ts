// `vedc/journal`: the journals, and what it takes to make one of one's own.
export type { Journal } from "../host/journal.js";
export { type ConformanceCase, storeConformance } from "./conformance.js";
export { fileJournal, JournalError, journalOver } from "./file/journal.js";
export type { Changes, Image, KeptActivation } from "./image.js";
export { memoryJournal, memoryStore } from "./memory.js";
export type { JournalRecord, RecordedCommit, RecordedInput, RecordedOutcome, Store, StoreOwner } from "./store.js";
