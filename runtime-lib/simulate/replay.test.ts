import { expect, it } from "vitest";
import { loadSystem } from "../../compiler/4-bundle/load.js";
import { loadDomains, programOf } from "../../compiler/testing/load.js";
import { replay, type SimulatedDomain, type SimulatedSystem, Unplayable } from "./index.js";

const service = `domain Service {
  state { up: bool = true, paged: bool }
  goal Fine { predicate up || paged }
  transition Page { step { if !up && !paged { emit Alerts.Page() paged = true } } }
}`;

async function serviceIn(text: string): Promise<SimulatedDomain> {
  return (await loadDomains(text)).Service as unknown as SimulatedDomain;
}

it("says what came of a story until it could not be played", async () => {
  const story = replay(await serviceIn(service), [
    { kind: "observe", facts: { up: false } },
    { kind: "done", transition: "Page" },
    { kind: "done", transition: "Page" },
  ]);
  await expect(story).rejects.toThrow(Unplayable);
  await expect(story).rejects.toMatchObject({
    message: "Page calls nothing here",
    replayed: { played: [{ phase: "working" }, { phase: "resting", state: { up: false, paged: true } }] },
  });
});

it("lets the delay after a failure pass at once where a story says so", async () => {
  const down = { kind: "observe", facts: { up: false } } as const;
  const up = { kind: "observe", facts: { up: true } } as const;
  const phaseWith = async (isDelayOver: boolean) => {
    const failed = { kind: "failed", transition: "Page", isDelayOver } as const;
    const { timeline } = await replay(await serviceIn(service), [down, up, failed, down]);
    return timeline.filter(({ text }) => text.includes("calls Alerts.Page()")).map(({ at }) => at);
  };
  expect(await phaseWith(true)).toEqual([0, 1000]);
  expect(await phaseWith(false)).toEqual([0]);
});

it("tells of a system how each instance stands, and who waits for room in a mailbox", async () => {
  const program = programOf(`
    system Main { start Boss start Worker }
    domain Boss {
      state { go: bool, sent: bool }
      goal Sent { predicate !go || sent }
      transition Send { step { if go && !sent { send Worker Work send Worker Work send Worker Work sent = true } } }
    }
    domain Worker { state { n: int } transition Work() { step { emit Tool.Use() n += 1 } } }`);
  const system = (await loadSystem(program, [program])) as unknown as SimulatedSystem;
  const cue = { kind: "observe", facts: { go: true }, of: { domain: "Boss", key: "default" } } as const;
  const standings = async (mailbox: number) => (await replay(system, [cue], { mailbox })).played.at(-1)?.instances;
  expect(await standings(1)).toEqual({ "Boss/default": "waiting for room", "Worker/default": "working" });
  expect(await standings(3)).toEqual({ "Boss/default": "resting", "Worker/default": "working" });
});

it("waits for no call where messages go round without an end", async () => {
  const program = programOf(`
    system Main { start A start B }
    domain A {
      state { on: bool, sent: bool }
      goal Sent { predicate !on || sent }
      transition Begin { step { if on && !sent { send B Ping sent = true } } }
      on Pong { send B Ping }
    }
    domain B { state { n: int } on Ping { send A Pong } }`);
  const system = (await loadSystem(program, [program])) as unknown as SimulatedSystem;
  const of = { domain: "A", key: "default" };
  const story = replay(system, [
    { kind: "observe", facts: { on: true }, of },
    { kind: "retry", transition: "Begin", of },
    { kind: "done", transition: "Begin", of },
  ]);
  const error = await story.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ message: "Begin calls nothing here" });
  expect((error as Unplayable).replayed.timeline.length).toBeLessThan(50_000);
});
