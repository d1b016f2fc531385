// The promises about messages can fail: each bug, planted into a copy of the library, breaks one of them within so many runs.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { libraryWith } from "../testing/library-with.js";
import { mailLibraryIn } from "../testing/mail-library.js";
import { busyTalk, eventTalk, mailSetting } from "../testing/mail-programs.js";
import { deliversItsMessages, mailCrash, mailStep } from "../testing/mail-world.js";
import { messageBugs } from "../testing/message-bugs.js";

const texts = {
  events: eventTalk,
  "lost-message": readFileSync("fixtures/verify/systems/lost-message.ved", "utf8"),
  crowded: busyTalk,
};

/** Says whether the promises are kept in so many runs of each kind: in memory and over a log, with small mailboxes and smaller ones. */
async function areKept(folder: string, program: keyof typeof texts, numRuns: number): Promise<boolean> {
  const library = await mailLibraryIn(folder);
  for (const mailbox of [2, 1]) {
    for (const isLogged of [false, true]) {
      const setting = await mailSetting(texts[program], { library, mailbox, isLogged });
      const steps = fc.array(isLogged ? fc.oneof({ weight: 6, arbitrary: mailStep }, mailCrash) : mailStep, {
        maxLength: 40,
        size: "max",
      });
      const property = fc.asyncProperty(steps, (some) => deliversItsMessages(setting, some));
      // Always the same runs, not made any shorter.
      const { failed } = await fc.check(property, { numRuns, seed: 1, endOnFailure: true });
      if (failed) return false;
    }
  }
  return true;
}

describe("the promises about messages", () => {
  it.each(["crowded", "events", "lost-message"] as const)(
    "are kept where nothing is planted, in the program %s",
    async (program) => {
      expect(await areKept(resolve("lib/runtime-lib"), program, 100)).toBe(true);
    },
  );

  it.each(messageBugs)("are broken where $bug, within $within runs of each kind", async (bug) => {
    expect(await areKept(libraryWith(bug), bug.program, bug.within)).toBe(false);
  });
});
