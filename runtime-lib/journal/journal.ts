import type { Journal, JournalOwner, Revived } from "../host/journal.js";
import type { Machine } from "../kernel/rules.js";
import { effectsAhead, revive } from "./image.js";
import { fold, type Images } from "./images.js";
import { recordOf, snapshotOf } from "./record.js";
import type { JournalRecord, Store } from "./store.js";

/** Makes a journal that keeps its records in a store. */
export function journalOver(store: Store): Journal {
  return {
    async open(owner) {
      const images: Images = new Map();
      const epoch = await store.open({
        epoch: owner.epoch,
        replay: (record) => replay(owner.machines, images, record),
        snapshot: () => snapshots(owner),
        resolve: (request) => owner.resolve(request),
      });
      try {
        return { epoch, revived: takeOver(owner, epoch, images) };
      } catch (error) {
        await store.close();
        throw error;
      }
    },
    append(machine, before, reaction, input, taken) {
      const record = recordOf(machine, before, reaction, input, taken);
      return record === null ? null : store.append(record);
    },
    close: () => store.close(),
  };
}

function replay(machines: readonly Machine[], images: Images, record: JournalRecord): void {
  if (machines.every(({ domain }) => domain !== record.domain)) {
    throw new TypeError(`the journal is one of ${record.domain}, not of ${namesOf(machines)}`);
  }
  fold(images, record);
}

function namesOf(machines: readonly Machine[]): string {
  return machines.map(({ domain }) => domain).join(", ");
}

/** Gives the instances of this moment as records that are made when they are asked for: there may be many. */
function snapshots(owner: JournalOwner): Iterable<JournalRecord> {
  const instances = owner.instances().map((some) => [...some]);
  const now = owner.now();
  return (function* () {
    for (const [index, machine] of owner.machines.entries()) {
      for (const instance of instances[index] ?? []) yield snapshotOf(machine, instance, now);
    }
  })();
}

/** Makes the images instances of this program, and sees to it that whatever they have yet to do can be done. */
function takeOver({ machines, canCarryOut }: JournalOwner, epoch: string, images: Images): Revived[] {
  const retyped: string[] = [];
  const revived: Revived[] = [];
  for (const { domain, key, image } of images.values()) {
    const machine = machines.find((other) => other.domain === domain);
    // Of other domains nothing was let in.
    if (machine === undefined) continue;
    const own = revive(machine, key, epoch, image);
    if ("instance" in own) revived.push(own);
    else retyped.push(`${machines.length > 1 ? `${domain}/` : ""}${key}: ${own.join(", ")}`);
  }
  if (retyped.length > 0) throw new TypeError(`${namesOf(machines)} cannot take over its journal; ${shortened(retyped)}`);
  const ahead = revived.flatMap(({ domain, instance }) => effectsAhead(instance).map((effect) => ({ domain, effect })));
  const missing = ahead.filter(({ domain, effect }) => !canCarryOut(domain, effect)).map(({ effect }) => effect);
  if (missing.length === 0) return revived;
  const wayOut = "give `legacyEffects` a function for each, or settle them with `vedc resolve`";
  const list = [...new Set(missing)].join(", ");
  throw new TypeError(`${namesOf(machines)} cannot start: pending activations have yet to carry out ${list}; ${wayOut}`);
}

function shortened(all: readonly string[]): string {
  const maxShown = 5;
  return all.length <= maxShown ? all.join("; ") : `${all.slice(0, maxShown).join("; ")}; and ${all.length - maxShown} more`;
}
