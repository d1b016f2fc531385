import type { JournalOwner } from "../host/journal.js";
import { journalOver } from "../journal/journal.js";
import { Log } from "../journal/log.js";
import type { Instance } from "../kernel/instance.js";
import type { Machine } from "../kernel/rules.js";
import { Choices } from "../simulate/choices.js";
import { SimulatedDisk } from "../simulate/disk.js";
import type { Life } from "./kernel-world.js";
import { pump } from "./log.js";

/** Makes a life that is written to a log on a simulated disk, with a snapshot every now and then. */
export async function loggedLife(machine: Machine): Promise<Life> {
  const disk = new SimulatedDisk();
  let instance: Instance | null = null;
  const owner: JournalOwner = {
    machines: [machine],
    epoch: "e",
    canCarryOut: () => true,
    instances: () => [instance === null ? [] : [instance]],
    now: () => 0,
    resolve: async () => {},
  };
  let journal = journalOver(new Log(disk, 2000));
  await pump(disk, journal.open(owner));
  return {
    async note(before, reaction, input) {
      ({ instance } = reaction);
      const flush = journal.append(machine, before, reaction, input);
      if (flush !== null) await pump(disk, flush);
    },
    async crash(before, reaction, input, seed) {
      const choices = new Choices(seed);
      ({ instance } = reaction);
      journal.append(machine, before, reaction, input)?.catch(() => {});
      for (let steps = choices.below(4); steps > 0; steps -= 1) {
        disk.step();
        await Promise.resolve();
      }
      disk.crash(choices);
      journal = journalOver(new Log(disk, 2000));
      const { revived } = await pump(disk, journal.open(owner));
      const [back] = revived;
      if (back === undefined) throw new Error("the instance is gone");
      ({ instance } = back);
      return back.instance;
    },
  };
}
