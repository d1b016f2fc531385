// `on Effect failed { … }`: what became of an effect, as a change of state in the same commit as the outcome.
import { describe, expect, it } from "vitest";
import { OutcomeUnknown } from "../errors.js";
import { quiet } from "../testing/clock.js";
import { lives } from "../testing/lives.js";
import { startProgram } from "../testing/start.js";

const sending = `domain Outbox {
  state { pending: bool, dead: bool, failures: int, doubts: int, why: string }
  goal Sent { predicate !pending || dead }
  transition Send { step { if pending && failures < 3 { emit Send() pending = false } } }
  transition Bury { step { if pending && failures >= 3 { emit Bury(why) dead = true } } }
  on Send failed (reason: string) { failures += 1 why = reason }
  on Send unknown { doubts += 1 }
  on Send done { failures = 0 }
}`;

const booting = `domain Machine {
  state { wanted: bool, server: string, size: "small" | "large", n: int }
  goal Up { predicate !wanted || server != "" }
  transition Boot { step { if wanted && server == "" { emit Create() emit Tag("web") n += 1 } } }
  on Create done (id: string) { server = id }
  on Tag done (chosen: "small" | "large") { size = chosen }
}`;

describe("a handler", () => {
  it("counts failures, and a transition gives up after three", async () => {
    const { running, adapters, clock } = await startProgram(sending, ["Send", "Bury"]);
    await running.observe({ pending: true });
    for (const reason of ["one", "two", "three"]) {
      adapters.Send.last.reject(new Error(reason));
      await clock.advance(10_000);
    }
    expect(adapters.Send.calls).toHaveLength(3);
    expect(adapters.Bury.last.args).toEqual(["three"]);
    adapters.Bury.last.resolve();
    await quiet();
    expect(running.state).toMatchObject({ pending: true, dead: true, failures: 3 });
  });

  it("tells what is not known from what failed", async () => {
    const { running, adapters } = await startProgram(sending, ["Send", "Bury"]);
    await running.observe({ pending: true });
    adapters.Send.last.reject(new OutcomeUnknown("lost"));
    await quiet();
    expect(running.state).toMatchObject({ failures: 0, doubts: 1 });
    expect(running.status.activations[0]?.mode).toBe("carried");
  });

  it("runs before the commit of the outcome that it handles", async () => {
    const { running, adapters, events } = await startProgram(sending, ["Send", "Bury"]);
    await running.observe({ pending: true });
    adapters.Send.last.resolve();
    await quiet();
    expect(events.map(({ type }) => type).slice(-4)).toEqual(["done", "handled", "committed", "rested"]);
  });

  it("has what the adapter returned as its payload, of each intent in turn", async () => {
    const { running, adapters } = await startProgram(booting, ["Create", "Tag"]);
    await running.observe({ wanted: true });
    adapters.Create.last.resolve("i-17");
    await quiet();
    expect(running.state).toMatchObject({ server: "i-17", n: 0 });
    // Its activation is carried through, though the goal holds already.
    adapters.Tag.last.resolve("large");
    await quiet();
    expect(running.state).toMatchObject({ server: "i-17", size: "large", n: 1 });
    expect(running.status.phase).toBe("resting");
  });

  it.each([
    ["Create", undefined, "undefined is not a string"],
    ["Create", 5, "5 is not a string"],
  ] as const)("takes what %s returned for unknown where it is %s", async (effect, returned, message) => {
    const { running, adapters, clock, of } = await startProgram(booting, ["Create", "Tag"]);
    await running.observe({ wanted: true });
    const { key } = adapters[effect].last.call;
    adapters[effect].last.resolve(returned);
    await quiet();
    expect(of("unknown")).toMatchObject([{ reason: `what its adapter returned is wrong: ${message}` }]);
    await clock.advance(1000);
    expect(adapters[effect].last.call).toMatchObject({ key, attempt: 2 });
    adapters[effect].last.resolve("i-1");
    await quiet();
    expect(running.state.server).toBe("i-1");
  });

  it("that faults discards what it would have written, and hinders nothing", async () => {
    const text = `domain D {
      state { go: bool, n: int, done: bool }
      goal G { predicate !go || done }
      transition T { step { if go && !done { emit Act() done = true } } }
      on Act done (n_told: int) { n = 10 / n_told }
    }`;
    const { running, adapters, of } = await startProgram(text, ["Act"]);
    await running.observe({ go: true });
    adapters.Act.last.resolve(0);
    await quiet();
    expect(of("faulted")).toMatchObject([{ kind: "handler", name: "Act done", reason: "10 / 0 is a division by zero" }]);
    expect(running.state).toMatchObject({ n: 0, done: true });
    expect(running.status.phase).toBe("resting");
  });

  it("that would break an invariant is discarded as well", async () => {
    const text = `domain D {
      state { go: bool, n: int, done: bool }
      invariant Small { n < 2 }
      goal G { predicate !go || done }
      transition T { step { if go && !done { emit Act() done = true } } }
      on Act failed { n += 1 }
    }`;
    const { running, adapters, clock, of } = await startProgram(text, ["Act"]);
    await running.observe({ go: true });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      adapters.Act.last.reject(new Error("no"));
      await clock.advance(10_000);
    }
    expect(running.state.n).toBe(1);
    expect(of("faulted")).toHaveLength(2);
  });
});

describe("after a crash", () => {
  it("what handlers wrote is there, and an attempt that was cut off counts as unknown", async () => {
    const { start, adapter, clock } = lives();
    const { running } = await start(sending, ["Send", "Bury"]);
    await running.observe({ pending: true });
    adapter("Send").last.reject(new Error("one"));
    await clock.advance(1000);
    expect(running.state.failures).toBe(1);
    await running.stop();
    const again = await start(sending, ["Send", "Bury"]);
    expect(again.running.state).toMatchObject({ failures: 1, doubts: 1, why: "one" });
  });

  it("an operator says what an effect came to", async () => {
    const { start, adapter } = lives();
    const { running } = await start(booting, ["Create", "Tag"]);
    await running.observe({ wanted: true });
    const { key } = adapter("Create").last.call;
    await running.stop();
    const again = await start(booting, ["Create", "Tag"]);
    await expect(again.running.resolve(key, "happened")).rejects.toThrow("undefined is not a string");
    await again.running.resolve(key, "happened", { value: "i-9" });
    expect(again.running.state.server).toBe("i-9");
  });
});
