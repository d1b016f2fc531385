import type { EffectCall } from "../host/call.js";
import { bare } from "../journal/image.js";
import { fold, type Images } from "../journal/images.js";
import type { JournalRecord, Store } from "../journal/store.js";
import { noPost } from "../kernel/instance.js";
import { ReferenceModel, type Rules } from "./reference-model.js";
import { isSame } from "./same.js";
import { Violation } from "./violation.js";

/** Whom an oracle reports to. */
export interface Reporter {
  /** Hears of a broken promise. */
  blame(error: unknown): void;
  /** Hears that a write failed. */
  failed(): void;
}

/** A record with its position in the reference model. */
interface Numbered extends JournalRecord {
  readonly serial: number;
}

/**
 * An oracle that watches what goes into a store, what is said and done because of it, and what comes back: whatever was
 * acknowledged or dispatched must be there after a crash, and what is there must be all up to some record.
 */
export class Oracle {
  readonly #rules: ReadonlyMap<string, Rules>;
  readonly #reporter: Reporter;
  model: ReferenceModel;
  /** How many records are on stable storage, as far as the host knows. */
  #flushed = 0;
  /** The latest write that the store was asked for, and how many records there are with it. */
  #write = { promise: Promise.resolve(), records: 0 };
  /** How many records must be on stable storage, for what the host said or did. */
  #owed = { records: 0, because: "" };

  constructor(rules: ReadonlyMap<string, Rules>, reporter: Reporter) {
    this.#rules = rules;
    this.#reporter = reporter;
    this.model = new ReferenceModel(rules);
  }

  /** Forgets what is owed, as the journal was thrown away. */
  forget(): void {
    this.model = new ReferenceModel(this.#rules);
    this.#flushed = 0;
    this.#owed = { records: 0, because: "" };
  }

  /** Notes that the host said or did something that rests on so many records. */
  owe(records: number, because: string): void {
    if (records > this.#owed.records) this.#owed = { records, because };
  }

  /** Sees that an attempt which is being made is on stable storage. */
  seeDispatch(effect: string, { key, instance, activation, attempt }: EffectCall): void {
    const name = `${domainIn(key)}/${instance}`;
    const record = this.model.recordOf(name, activation, Number(key.split("/").at(-1)), attempt);
    if (record !== undefined && record <= this.#flushed) this.owe(record, `attempt ${attempt} of ${effect} was dispatched`);
    else
      this.#reporter.blame(
        new Violation(`attempt ${attempt} of ${effect} was dispatched before its record was on stable storage`),
      );
  }

  /** Watches a store as long as its process lives. */
  watch(store: Store, isAlive: () => boolean): Store {
    return {
      open: async (owner) => {
        const images: Images = new Map();
        let kept = 0;
        const epoch = await store.open({
          ...owner,
          replay: (record) => {
            // What comes back was given a number below.
            const { serial, ...plain } = record as Numbered;
            kept = Math.max(kept, serial);
            fold(images, plain);
            owner.replay(plain);
          },
          snapshot: () => [...owner.snapshot()].map((record) => ({ ...record, serial: this.model.length })),
        });
        if (isAlive()) this.#compare(kept, images);
        return epoch;
      },
      append: (record) => (isAlive() ? this.#append(store, record, isAlive) : new Promise(() => {})),
      close: () => store.close(),
    };
  }

  #append(store: Store, record: JournalRecord, isAlive: () => boolean): Promise<void> {
    try {
      this.model.enter(record);
    } catch (error) {
      this.#reporter.blame(error);
    }
    const numbered: Numbered = { ...record, serial: this.model.length };
    const flush = store.append(numbered);
    this.#note(flush, isAlive);
    return flush;
  }

  /** Notes what is on stable storage, before the host hears of it. */
  #note(promise: Promise<void>, isAlive: () => boolean): void {
    if (promise === this.#write.promise) {
      this.#write.records = this.model.length;
      return;
    }
    const write = { promise, records: this.model.length };
    this.#write = write;
    promise.then(
      () => {
        if (isAlive()) this.#flushed = Math.max(this.#flushed, write.records);
      },
      () => {
        if (isAlive()) this.#reporter.failed();
      },
    );
  }

  /** Checks that what came back is all up to some record, and that record not before what was promised. */
  #compare(kept: number, images: Images): void {
    const { records, because } = this.#owed;
    if (kept < records) this.#reporter.blame(new Violation(`${because}, and the journal has lost that`));
    if (kept < this.model.length) this.model = this.model.upTo(kept);
    this.#flushed = kept;
    this.#owed = { records: kept, because: "it was there at the start" };
    for (const [name, image] of this.model.images()) {
      const isBack = isSame({ ...bare, ...noPost, ...images.get(name)?.image }, { ...bare, ...noPost, ...image });
      if (!isBack) this.#reporter.blame(new Violation(`${name} came back as it never was`));
    }
  }
}

/** Gives the domain in an idempotency key. */
export function domainIn(key: string): string {
  return key.slice(0, key.indexOf("/"));
}
