import type { Journal, JournalOwner, Revived } from "../host/journal.js";
import type { Machine } from "../kernel/machine.js";
import { effectsAhead, type Image, revive, withChanges } from "./image.js";
import { recordOf, snapshotOf } from "./record.js";
import type { JournalRecord, Store } from "./store.js";

/** A journal that keeps its records in a store. */
export function journalOver(store: Store): Journal {
  let machine: Machine | null = null;
  return {
    async open(owner) {
      machine = owner.machine;
      const images = new Map<string, Image>();
      const epoch = await store.open({
        epoch: owner.epoch,
        replay: (record) => replay(owner.machine, images, record),
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
    append(before, reaction, input) {
      const record = machine === null ? null : recordOf(machine, before, reaction, input);
      return record === null ? null : store.append(record);
    },
    close: () => store.close(),
  };
}

function replay({ domain: own }: Machine, images: Map<string, Image>, { domain, key, changes }: JournalRecord): void {
  if (domain !== own) throw new TypeError(`the journal is one of ${domain}, not of ${own}`);
  images.set(key, withChanges(images.get(key), changes));
}

/** The instances of this moment, as records that are made when they are asked for: there may be many. */
function snapshots(owner: JournalOwner): Iterable<JournalRecord> {
  const [instances, now] = [[...owner.instances()], owner.now()];
  return (function* () {
    for (const instance of instances) yield snapshotOf(owner.machine, instance, now);
  })();
}

/** Makes the images instances of this program, and sees to it that whatever they have yet to do can be done. */
function takeOver({ machine, canCarryOut }: JournalOwner, epoch: string, images: ReadonlyMap<string, Image>): Revived[] {
  const retyped: string[] = [];
  const revived: Revived[] = [];
  for (const [key, image] of images) {
    const own = revive(machine, key, epoch, image);
    if ("instance" in own) revived.push(own);
    else retyped.push(`${key}: ${own.join(", ")}`);
  }
  if (retyped.length > 0) throw new TypeError(`${machine.domain} cannot take over its journal; ${shortened(retyped)}`);
  const ahead = new Set(revived.flatMap(({ instance }) => effectsAhead(instance)));
  const missing = [...ahead].filter((effect) => !canCarryOut(effect));
  if (missing.length === 0) return revived;
  const wayOut = "give `legacyEffects` a function for each, or settle them with `vedc resolve`";
  throw new TypeError(
    `${machine.domain} cannot start: pending activations have yet to carry out ${missing.join(", ")}; ${wayOut}`,
  );
}

function shortened(all: readonly string[]): string {
  const most = 5;
  return all.length <= most ? all.join("; ") : `${all.slice(0, most).join("; ")}; and ${all.length - most} more`;
}
