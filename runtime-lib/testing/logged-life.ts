import type { Instance } from "../kernel/instance.js";
import type { Machine } from "../kernel/rules.js";
import type { Life } from "./kernel-world.js";
import { LoggedLives } from "./logged-lives.js";

/** Makes a life that is written to a log on a simulated disk, with a snapshot every now and then. */
export async function loggedLife(machine: Machine): Promise<Life> {
  let instance: Instance | null = null;
  const lives = new LoggedLives([machine], () => [instance === null ? [] : [instance]]);
  await lives.open();
  return {
    async note(before, reaction, input) {
      ({ instance } = reaction);
      lives.note(machine, before, reaction, input);
      await lives.flush();
    },
    async crash(before, reaction, input, seed) {
      ({ instance } = reaction);
      lives.note(machine, before, reaction, input);
      const [back] = await lives.crash(seed);
      if (back === undefined) throw new Error("the instance is gone");
      ({ instance } = back);
      return back.instance;
    },
  };
}
