// The simulator of systems can fail: each bug, planted into a copy of the library, is found within so many runs.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { environmentOf } from "../../compiler/2-check/environment.js";
import { loadSystem } from "../../compiler/4-bundle/load.js";
import { programOf } from "../../compiler/testing/load.js";
import { type Bug, libraryWith } from "../testing/library-with.js";
import { eventTalk } from "../testing/mail-programs.js";
import { messageBugs } from "../testing/message-bugs.js";
import type * as simulator from "./simulate.js";

const warehouse = programOf(readFileSync("fixtures/warehouse.ved", "utf8"));
const observations = { Worker: { speed: ["low", "high"] } };

/** Several messages in one commit, some of which have to wait, some of which do not. */
const crowded = programOf(`
  system Main { start Boss start Worker start Clerk }
  domain Boss {
    state { left: int = 6, wish: int }
    goal Sent { predicate left <= wish }
    transition Send {
      step {
        if left > wish {
          send Worker Work(left)
          send Worker Note(left)
          send_high("Worker", "Note", left)
          send Clerk File(left)
          send Clerk Note(left)
          left -= 1
        }
      }
    }
  }
  domain Worker {
    state { done: int, noted: int }
    transition Work(job: int) { step { emit Use(job) done += 1 send Clerk Note(job) } }
    on Note(job: int) { noted += job }
  }
  domain Clerk {
    state { noted: int, filed: int }
    transition File(job: int) { step { emit Archive.Put(job) filed += 1 } }
    on Note(job: int) { noted += job }
  }`);
const wishes = { Boss: { wish: [0, 2, 5] } };

/** What waits behind an activation that is given up: observed is what the program itself suggests, as `vedc simulate` does it. */
const lostMessage = programOf(readFileSync("fixtures/verify/systems/lost-message.ved", "utf8"));
const suggested = Object.fromEntries(lostMessage.domains.map((domain) => [domain.name, environmentOf(domain)]));

const bugs: readonly Bug[] = [
  {
    bug: "that a message was taken is not written down with the message",
    file: "journal/record.js",
    right: "taken === undefined ? {} : { taken }",
    wrong: "{}",
    within: 50,
  },
  {
    bug: "a message that was taken is not written down",
    file: "journal/journal.js",
    right: "return record === null ? null : store.append(record);",
    wrong: 'return record === null || input.type === "message" ? null : store.append(record);',
    within: 50,
  },
  {
    bug: "what was sent is not written down",
    file: "journal/image.js",
    right: '["outgoing", "delivered"],',
    wrong: "",
    within: 50,
  },
  {
    bug: "what waits in a mailbox is not written down",
    file: "journal/image.js",
    right: '["inbox", "received"],',
    wrong: "",
    within: 200,
  },
  {
    bug: "a message that is on its way is forgotten after a restart",
    file: "host/host.js",
    right: "if (slot.instance.post.outgoing.length > 0)",
    wrong: "if (false)",
    within: 500,
  },
  {
    bug: "what is sent last arrives first",
    file: "kernel/mail.js",
    right: "outgoing: [...next.post.outgoing, ...envelopes]",
    wrong: "outgoing: [...envelopes, ...next.post.outgoing].reverse()",
    within: 500,
  },
];

const programs = {
  warehouse: { program: warehouse, observations },
  crowded: { program: crowded, observations: wishes },
  events: { program: programOf(eventTalk), observations: { A: { wish: [0, 2, 5] } } },
  "lost-message": { program: lostMessage, observations: suggested },
};

/** Runs the simulator of a library in a folder. */
async function simulate(library: string, runs: number, name: keyof typeof programs) {
  const { program, observations: own } = programs[name];
  const { simulateSystem } = (await import(pathToFileURL(join(library, "simulate/simulate.js")).href)) as typeof simulator;
  const system = await loadSystem(program, [program], join(library, "index.js"));
  return simulateSystem(system, { observations: own, runs });
}

describe("the simulator of systems", () => {
  it("finds nothing where there is nothing", async () => {
    for (const name of ["warehouse", "crowded", "events", "lost-message"] as const) {
      const { failure, tally } = await simulate(resolve("lib/runtime-lib"), 1000, name);
      expect(failure).toBeNull();
      expect(tally.kills).toBeGreaterThan(1000);
    }
  });

  it.each([...bugs.map((bug) => ({ ...bug, program: "crowded" as const })), ...messageBugs])(
    "finds that $bug, within $within runs",
    async (bug) => {
      const { failure } = await simulate(libraryWith(bug), bug.within, bug.program);
      expect(failure).not.toBeNull();
    },
  );
});
