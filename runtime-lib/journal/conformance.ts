import { type Image, withChanges } from "./image.js";
import type { JournalRecord, Store, StoreOwner } from "./store.js";

/** Something that is expected of every store. */
export interface ConformanceCase {
  readonly name: string;
  /** Rejects where it does not hold. Each call of `handle` gives a store over the same place, which is empty at first. */
  run(handle: () => Store): Promise<void>;
}

/** Opens a store, and gives what it replays, folded into images, and its epoch. */
async function open(store: Store, options: Partial<StoreOwner> = {}) {
  const images = new Map<string, Image>();
  const owner: StoreOwner = {
    epoch: "first",
    replay: ({ key, changes }) => void images.set(key, withChanges(images.get(key), changes)),
    snapshot: () => [...images].map(([key, changes]) => ({ domain: "D", key, input: { type: "snapshot", now: 0 }, changes })),
    resolve: async () => {},
    ...options,
  };
  const epoch = await store.open(owner);
  const append = (record: JournalRecord) => {
    images.set(record.key, withChanges(images.get(record.key), record.changes));
    return store.append(record);
  };
  return { epoch, images, append };
}

function record(key: string, changes: Image): JournalRecord {
  return { domain: "D", key, input: { type: "started", now: 1 }, changes };
}

function expectSame(found: unknown, wanted: unknown): void {
  const [is, should] = [JSON.stringify(sorted(found)), JSON.stringify(sorted(wanted))];
  if (is !== should) throw new Error(`it gives ${is} and should give ${should}`);
}

/** Puts the properties of a value in order, so that two values can be compared as text. */
function sorted(value: unknown): unknown {
  if (value instanceof Map) return sorted([...value]);
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => [name, sorted(own)]);
}

async function expectRejection(promise: Promise<unknown>, what: string): Promise<void> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error(`${what} is not refused`);
}

/**
 * What is expected of a store. Any test runner runs it:
 *
 *     for (const { name, run } of storeConformance) test(name, () => run(() => myStore(folder)));
 */
export const storeConformance: readonly ConformanceCase[] = [
  {
    name: "keeps the epoch that it was created with",
    async run(handle) {
      const store = handle();
      expectSame((await open(store, { epoch: "first" })).epoch, "first");
      await store.close();
      expectSame((await open(handle(), { epoch: "second" })).epoch, "first");
    },
  },
  {
    name: "gives back what was appended, later changes over earlier ones",
    async run(handle) {
      const store = handle();
      const { append, images } = await open(store);
      await append(record("a", { state: { n: 1, s: "x" }, phase: "working", number: 1 }));
      await append(record("b", { state: { n: 2 } }));
      await append(record("a", { state: { n: 3 }, phase: "resting" }));
      await store.close();
      expectSame((await open(handle())).images, images);
    },
  },
  {
    name: "keeps what was appended at once and not waited for, when it is closed",
    async run(handle) {
      const store = handle();
      const { append, images } = await open(store);
      const all = Array.from({ length: 200 }, (_, n) => append(record(`i${n % 7}`, { state: { n } })));
      await Promise.all([...all, store.close()]);
      expectSame((await open(handle())).images, images);
    },
  },
  {
    name: "keeps keys and values of every kind",
    async run(handle) {
      const store = handle();
      const { append, images } = await open(store);
      const keys = ["", "a/b", "__proto__", "line\nbreak", "\u{1F600}", "\u0000", "constructor", '"', "x".repeat(1000)];
      for (const key of keys) await append(record(key, { state: { text: key, n: Number.MAX_SAFE_INTEGER, b: false } }));
      await store.close();
      expectSame((await open(handle())).images, images);
    },
  },
  {
    name: "goes on after it was opened again, again and again",
    async run(handle) {
      let wanted = new Map<string, Image>();
      for (let life = 0; life < 5; life += 1) {
        const store = handle();
        const { append, images } = await open(store);
        expectSame(images, wanted);
        await append(record("a", { state: { life } }));
        await append(record(`b${life}`, { state: { life } }));
        wanted = images;
        await store.close();
      }
    },
  },
  {
    name: "lets in one owner at a time",
    async run(handle) {
      const store = handle();
      await open(store);
      await expectRejection(open(handle()), "a second owner");
      await store.close();
      await open(handle());
    },
  },
  {
    name: "fails to open with what its owner throws, and may be opened again",
    async run(handle) {
      const store = handle();
      const { append } = await open(store);
      await append(record("a", { state: { n: 1 } }));
      await store.close();
      const replay = () => {
        throw new Error("not mine");
      };
      await expectRejection(open(handle(), { replay }), "what the owner does not understand");
      expectSame((await open(handle())).images, new Map([["a", { state: { n: 1 } }]]));
    },
  },
  {
    name: "refuses records while it is closed",
    async run(handle) {
      const store = handle();
      await open(store);
      await store.close();
      await expectRejection(store.append(record("a", { state: { n: 1 } })), "a record");
    },
  },
  {
    name: "keeps a record as it was when it was appended",
    async run(handle) {
      const store = handle();
      await open(store);
      const state = { n: 1 };
      const kept = store.append(record("a", { state }));
      state.n = 2;
      await kept;
      await store.close();
      expectSame((await open(handle())).images, new Map([["a", { state: { n: 1 } }]]));
    },
  },
];
