// A new process, and a new version of the program, goes on with what a journal holds.
import { describe, expect, it } from "vitest";
import { loadDomains } from "../../compiler/testing/load.js";
import { journalOver } from "../journal/journal.js";
import { memoryStore } from "../journal/memory.js";
import { quiet, TestClock } from "../testing/clock.js";
import { lives } from "../testing/lives.js";

const first = `domain Deploy {
  state { wanted: int, built: int, live: int, note: string = "none" }
  goal Live { predicate live == wanted }
  transition Build { step { if built != wanted { emit Build(wanted) built = wanted note = "built" } } }
  transition Ship { step { if built == wanted && live != wanted { emit Ship(wanted) live = wanted } } }
}`;

// A stop leaves in the journal what a crash leaves: nothing of the attempts that it cuts off.
describe("after the process has ended", () => {
  it("an attempt without an outcome is tried again under the same key, and its activation carried through", async () => {
    const { start, adapter, clock } = lives();
    const { running } = await start(first, ["Build", "Ship"]);
    await running.observe({ wanted: 1 });
    const { key } = adapter("Build").last.call;
    await running.stop();
    const again = await start(first, ["Build", "Ship"]);
    expect(again.running.status.activations[0]).toMatchObject({ transition: "Build", mode: "carried", attempt: 1 });
    // It may have happened: it is not abandoned, also when nobody wants it any more.
    await again.running.observe({ wanted: 0 });
    await clock.advance(1000);
    expect(adapter("Build").last.call).toMatchObject({ key, attempt: 2 });
    adapter("Build").last.resolve();
    await quiet();
    expect(again.running.state).toMatchObject({ built: 1, wanted: 0, live: 0 });
  });

  it("calls become unknown in the order in which they began, whichever was tried first", async () => {
    const { start, adapter, clock } = lives();
    const program = `domain D {
      state { a: bool, b: bool, last: string }
      goal G { predicate a && b }
      transition A { step { if !a { emit First() a = true } } }
      transition B { step { if !b { emit Second() b = true } } }
      on First unknown { last = "first" }
      on Second unknown { last = "second" }
    }`;
    const { running } = await start(program, ["First", "Second"]);
    await running.observe({ last: "" });
    adapter("First").last.reject(new Error("503"));
    await quiet();
    await clock.advance(1000);
    expect(adapter("First").last.call.attempt).toBe(2);
    await running.stop();
    // The second attempt of the first one began after the only attempt of the second one.
    const again = await start(program, ["First", "Second"]);
    expect(again.running.state.last).toBe("first");
  });

  it("what rests, rests; and what waits, waits for the time that it was to wait for", async () => {
    const { start, adapter, clock } = lives();
    const { running } = await start(first, ["Build", "Ship"]);
    await running.observe({ wanted: 1 });
    adapter("Build").last.reject(new Error("503"));
    await quiet();
    const due = running.status.activations[0]?.nextAt;
    await running.stop();
    const again = await start(first, ["Build", "Ship"]);
    expect(again.running.status.activations[0]).toMatchObject({ mode: "waiting", nextAt: due });
    const calls = adapter("Build").calls.length;
    await clock.advance(999);
    expect(adapter("Build").calls.length).toBe(calls);
    await clock.advance(1);
    expect(adapter("Build").calls.length).toBe(calls + 1);
  });
});

describe("a new version of the program", () => {
  it("gives a new field its default, and keeps what older fields hold, also where their default has changed", async () => {
    const { start } = lives();
    const { running } = await start(first, ["Build", "Ship"]);
    expect(running.state.note).toBe("none");
    await running.stop();
    const next = first.replace('note: string = "none"', 'note: string = "nothing" region: string = "eu"');
    const again = await start(next, ["Build", "Ship"]);
    expect(again.running.state).toMatchObject({ note: "none", region: "eu", wanted: 0 });
  });

  it("carries a pending activation through whose transition is gone, and its transitions wait for it", async () => {
    const { start, adapter, clock } = lives();
    const { running } = await start(first, ["Build", "Ship"]);
    await running.observe({ wanted: 1 });
    await running.stop();
    // Build is called Compile now; it reads what the pending activation writes, and uses its effect.
    const again = await start(first.replace("transition Build", "transition Compile"), ["Build", "Ship"]);
    expect(again.running.status.activations).toMatchObject([{ transition: "Build", blocks: ["Compile", "Ship"] }]);
    await clock.advance(1000);
    expect(adapter("Build").calls).toHaveLength(2);
    adapter("Build").last.resolve();
    await quiet();
    expect(again.running.state).toMatchObject({ built: 1, note: "built" });
    expect(again.running.status.activations).toMatchObject([{ transition: "Ship" }]);
  });

  it("abandons an activation of which nothing has happened and whose transition is gone", async () => {
    const { start, adapter } = lives();
    const { running } = await start(first, ["Build", "Ship"]);
    await running.observe({ wanted: 1 });
    adapter("Build").last.reject(new Error("503"));
    await quiet();
    await running.stop();
    const again = await start(first.replace("transition Build", "transition Compile"), ["Build", "Ship"]);
    expect(again.events.find(({ type }) => type === "abandoned")).toMatchObject({
      transition: "Build",
      reason: "no longer wanted",
    });
  });

  it("drops a pending write to a field that is gone, and says so", async () => {
    const { start, adapter, clock } = lives();
    const { running } = await start(first, ["Build", "Ship"]);
    await running.observe({ wanted: 1 });
    await running.stop();
    const without = first.replace(', note: string = "none"', "").replace(' note = "built"', "");
    const again = await start(without, ["Build", "Ship"]);
    expect(again.events.find(({ type }) => type === "dropped")).toMatchObject({
      transition: "Build",
      activation: 1,
      fields: ["note"],
    });
    await clock.advance(1000);
    adapter("Build").last.resolve();
    await quiet();
    expect(again.running.state).toEqual({ wanted: 1, built: 1, live: 0 });
  });

  it("is refused where a field has another type, with the field's name, and the journal is free again", async () => {
    const { start } = lives();
    const { running } = await start(first, ["Build", "Ship"]);
    await running.stop();
    const retyped = first.replace('note: string = "none"', "note: int").replace('note = "built"', "note = 1");
    await expect(start(retyped, ["Build", "Ship"])).rejects.toThrow(
      "Deploy cannot take over its journal; default: note was a string and is an int",
    );
    await start(first, ["Build", "Ship"]);
  });

  it("is refused where nobody carries out what is pending, until there is an adapter for it", async () => {
    const { start, adapter, clock } = lives();
    const { running } = await start(first, ["Build", "Ship"]);
    await running.observe({ wanted: 1 });
    await running.stop();
    const renamed = first.replace("emit Build(", "emit Make(");
    await expect(start(renamed, ["Make", "Ship"])).rejects.toThrow(
      "Deploy cannot start: pending activations have yet to carry out Build; give `legacyEffects` a function for each, or settle them with `vedc resolve`",
    );
    const again = await start(renamed, ["Make", "Ship"], ["Build"]);
    await clock.advance(1000);
    expect(adapter("Build").last.call.attempt).toBe(2);
    adapter("Build").last.resolve();
    await quiet();
    expect(again.running.state.built).toBe(1);
  });

  it("is refused over the journal of another domain", async () => {
    const { start } = lives();
    const { running } = await start(first, ["Build", "Ship"]);
    await running.stop();
    await expect(start(first.replace("domain Deploy", "domain Ship"), ["Build", "Ship"])).rejects.toThrow(
      "the journal is one of Deploy, not of Ship",
    );
  });
});

it("writes nothing down about instances that merely rest on", async () => {
  const { Deploy } = await loadDomains(first);
  if (Deploy === undefined) throw new Error("the program declares Deploy");
  const store = memoryStore();
  let appended = 0;
  const counting = journalOver({
    open: (owner) => store.open(owner),
    append: (record) => {
      appended += 1;
      return store.append(record);
    },
    close: () => store.close(),
  });
  const open = () => Deploy.host({ effects: { Build() {}, Ship() {} }, journal: counting, clock: new TestClock() });
  const host = await open();
  for (const key of ["a", "b"]) await host.instance(key).observe({ note: "x" });
  await host.stop();
  expect(appended).toBe(2);
  const again = await open();
  expect([again.instance("a").status.phase, again.instance("a").status.goals.Live]).toEqual([
    "resting",
    { holds: true, reality: "A" },
  ]);
  await again.stop();
  expect(appended).toBe(2);
});

it("keeps the epoch of the journal over all lives", async () => {
  const { start, adapter } = lives();
  const { running } = await start(first, ["Build", "Ship"]);
  await running.observe({ wanted: 1 });
  await running.stop();
  await (await start(first, ["Build", "Ship"])).running.observe({ wanted: 2 });
  expect(adapter("Build").last.call.key).toMatch(/^Deploy\/default\/e\//);
});
