// The promises of the kernel about messages, under arbitrary interleavings of facts, messages, outcomes and timers, over programs that talk;
// and the same where all of it goes through a log on a disk that a crash tears.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, it } from "vitest";
import { compile } from "../../compiler/index.js";
import { smallTalk } from "../../compiler/testing/arbitrary-domain.js";
import { talkingProgram } from "../../compiler/testing/arbitrary-program.js";
import { mailLibrary } from "../testing/mail-library.js";
import { busyTalk, mailSetting } from "../testing/mail-programs.js";
import { deliversItsMessages, mailCrash, mailStep } from "../testing/mail-world.js";

describe.each([
  ["in memory", false, mailStep, 100],
  ["over a log on a simulated disk", true, fc.oneof({ weight: 6, arbitrary: mailStep }, mailCrash), 40],
] as const)("%s no message is lost, run twice or out of turn, and nothing is left undone", (_, isLogged, steps, numRuns) => {
  const check = async (text: string, runs: number, maxLength = 40) => {
    for (const mailbox of [1, 2]) {
      const setting = await mailSetting(text, { library: mailLibrary, mailbox, isLogged });
      const property = fc.asyncProperty(fc.array(steps, { maxLength, size: "max" }), (some) =>
        deliversItsMessages(setting, some),
      );
      await fc.assert(property, { numRuns: runs });
    }
  };

  it.each(["fixtures/warehouse.ved", "fixtures/verify/systems/lost-message.ved", "fixtures/verify/systems/mailbox.ved"])(
    "in %s",
    (path) => check(readFileSync(path, "utf8"), numRuns),
  );

  it("in a program with every kind of message", () => check(busyTalk, numRuns));

  it("in small generated programs", async () => {
    const texts = fc.sample(smallTalk, { numRuns: 30, seed: 5 }).filter((text) => compile({ path: "", text }).program !== null);
    for (const text of texts) await check(text, Math.ceil(numRuns / 10));
  });

  it("in generated programs", async () => {
    for (const text of fc.sample(talkingProgram(3), { numRuns: 8, seed: 7 })) await check(text, Math.ceil(numRuns / 20), 20);
  });
});
