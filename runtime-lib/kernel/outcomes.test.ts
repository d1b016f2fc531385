// What an adapter's answer means, and that there is no half-finished state.
import { describe, expect, it } from "vitest";
import { OutcomeUnknown } from "../errors.js";
import { quiet } from "../testing/clock.js";
import { startProgram } from "../testing/start.js";

const two = `domain Two {
  state { wanted: bool, done: bool }
  goal G { predicate done == wanted }
  transition Both { step { if wanted && !done { emit First("1") emit Second("2") done = true } } }
}`;

const one = `domain One {
  state { wanted: bool, done: bool, unit: string = "a" }
  goal G { predicate done == wanted }
  transition Do { step { if wanted && !done { emit Act(unit) done = true } } }
}`;

const withCode = (code: string, cause?: unknown) => Object.assign(new Error(code, { cause }), { code });
const named = (name: string) => Object.assign(new Error(name), { name });

describe("an activation with two intents", () => {
  it("dispatches them one after the other and commits after the last", async () => {
    const { running, adapters } = await startProgram(two, ["First", "Second"]);
    await running.observe({ wanted: true });
    expect([adapters.First.calls.length, adapters.Second.calls.length]).toEqual([1, 0]);
    adapters.First.last.resolve();
    await quiet();
    expect([running.state.done, adapters.Second.calls.length]).toEqual([false, 1]);
    adapters.Second.last.resolve();
    await quiet();
    expect(running.state.done).toBe(true);
    expect([adapters.First.last.call.key, adapters.Second.last.call.key]).toEqual(["Two/default/e/1/0", "Two/default/e/1/1"]);
  });

  it("whose second fails keeps its first and is carried through, even when all goals hold meanwhile", async () => {
    const { running, adapters, clock } = await startProgram(two, ["First", "Second"]);
    await running.observe({ wanted: true });
    adapters.First.last.resolve();
    await quiet();
    adapters.Second.behave = () => {
      throw new Error("down");
    };
    adapters.Second.last.reject(new Error("down"));
    await quiet();
    expect(running.status.activations).toMatchObject([{ mode: "carried", key: "Two/default/e/1/1", attempt: 1 }]);
    await running.observe({ wanted: false });
    expect([running.status.goals.G?.holds, running.status.phase]).toEqual([true, "working"]);
    await clock.advance(600_000);
    expect(adapters.First.calls).toHaveLength(1);
    adapters.Second.behave = () => "done";
    await clock.advance(60_000);
    expect(running.state.done).toBe(true);
    expect(new Set(adapters.Second.calls.map(({ call }) => call.key)).size).toBe(1);
  });
});

describe("an outcome that says nothing is repeated under the same key and never abandoned:", () => {
  it.each([
    ["OutcomeUnknown", new OutcomeUnknown("no answer")],
    [
      "OutcomeUnknown of another artifact",
      Object.defineProperty(new Error("x"), Symbol.for("ved.OutcomeUnknown"), { value: true }),
    ],
    ["ECONNRESET", withCode("ECONNRESET")],
    ["EPIPE", withCode("EPIPE")],
    ["ETIMEDOUT", withCode("ETIMEDOUT")],
    ["UND_ERR_SOCKET", withCode("UND_ERR_SOCKET")],
    ["an AbortError", named("AbortError")],
    ["a client's time-out", named("TimeoutError")],
    ["a broken connection as the cause of the cause", withCode("X", withCode("Y", withCode("ECONNRESET")))],
  ])("%s", async (_, thrown) => {
    const { running, adapters, clock, of } = await startProgram(one, ["Act"]);
    await running.observe({ wanted: true });
    adapters.Act.last.reject(thrown);
    await quiet();
    expect(of("unknown")).toHaveLength(1);
    await running.observe({ wanted: false });
    expect(running.status.activations).toMatchObject([{ mode: "carried" }]);
    await clock.advance(1000);
    expect(adapters.Act.calls.map(({ call }) => call.key)).toEqual(["One/default/e/1/0", "One/default/e/1/0"]);
    adapters.Act.last.reject(new Error("a later throw settles its own attempt only"));
    await quiet();
    expect(running.status.activations).toMatchObject([{ mode: "carried", attempt: 2 }]);
    await clock.advance(2000);
    adapters.Act.last.resolve();
    await quiet();
    expect(running.state.done).toBe(true);
  });

  it("a time-out, which aborts the signal and ignores what is thrown then", async () => {
    const { running, adapters, clock, of } = await startProgram(one, ["Act"], {
      retry: { jitter: 0, effects: { Act: { timeout: 5000 } } },
    });
    await running.observe({ wanted: true });
    const { signal } = adapters.Act.last.call;
    await clock.advance(4999);
    expect(signal.aborted).toBe(false);
    await clock.advance(1);
    expect(signal.aborted).toBe(true);
    adapters.Act.calls[0]?.reject(signal.reason);
    await quiet();
    expect(of("unknown").map(({ reason }) => reason)).toEqual(["no answer within 5000 ms"]);
    expect(of("failed")).toEqual([]);
    expect(running.status.activations).toMatchObject([{ mode: "carried", nextAt: clock.now() + 1000 }]);
  });

  it("but not with `timeout: 0`, which means none", async () => {
    const { running, clock } = await startProgram(one, ["Act"], { retry: { timeout: 0 } });
    await running.observe({ wanted: true });
    await clock.advance(10 * 24 * 3_600_000);
    expect(running.status.activations).toMatchObject([{ mode: "in flight", attempt: 1 }]);
    expect(clock.pending).toEqual([]);
  });
});

describe("a throw says that the attempt did not happen:", () => {
  it("the intent is retried with exponential backoff, up to the longest delay", async () => {
    const { running, adapters, clock, of } = await startProgram(one, ["Act"]);
    adapters.Act.behave = () => {
      throw new Error("down");
    };
    await running.observe({ wanted: true });
    await clock.advance(300_000);
    const delays = of("failed").map(({ at, retryAt }) => retryAt - at);
    expect(delays.slice(0, 9)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it("jitter shortens delays, by the same amounts for the same instance and epoch", async () => {
    const delaysOf = async (key: string) => {
      const { running, adapters, clock, of } = await startProgram(one, ["Act"], { key, retry: {} });
      adapters.Act.behave = () => {
        throw new Error("down");
      };
      await running.observe({ wanted: true });
      await clock.advance(100_000);
      return of("failed").map(({ at, retryAt }) => retryAt - at);
    };
    const [first, again, other] = [await delaysOf("a"), await delaysOf("a"), await delaysOf("b")];
    expect(first).toEqual(again);
    expect(first).not.toEqual(other);
    expect(first[0]).toBeGreaterThanOrEqual(800);
    expect(first[0]).toBeLessThanOrEqual(1000);
  });

  it("a step that no longer wants the same intents is abandoned, and what it wants now starts at once", async () => {
    const { running, adapters } = await startProgram(one, ["Act"]);
    await running.observe({ wanted: true });
    adapters.Act.last.reject(new Error("down"));
    await quiet();
    await running.observe({ unit: "b" });
    expect(adapters.Act.calls.map(({ args, call }) => [...args, call.key])).toEqual([
      ["a", "One/default/e/1/0"],
      ["b", "One/default/e/2/0"],
    ]);
  });

  it("the backoff outlives abandonment, and starts afresh after as long as the longest delay", async () => {
    const { running, adapters, clock } = await startProgram(one, ["Act"]);
    await running.observe({ wanted: true });
    adapters.Act.last.reject(new Error("down"));
    await quiet();
    await running.observe({ wanted: false });
    expect([running.status.phase, clock.pending]).toEqual(["resting", []]);
    await running.observe({ wanted: true });
    expect([running.status.phase, adapters.Act.calls.length]).toEqual(["working", 1]);
    await clock.advance(1000);
    expect(adapters.Act.calls).toHaveLength(2);
    adapters.Act.last.reject(new Error("down"));
    await quiet();
    expect(running.status.activations[0]?.nextAt).toBe(clock.now() + 2000);
    await running.observe({ wanted: false });
    await clock.advance(62_000);
    await running.observe({ wanted: true });
    expect(adapters.Act.calls).toHaveLength(3);
    adapters.Act.last.reject(new Error("down"));
    await quiet();
    expect(running.status.activations[0]?.nextAt).toBe(clock.now() + 1000);
  });
});

describe("an emit alone", () => {
  const program = `domain Wait {
    state { up: bool }
    goal Up { predicate up }
    transition Start { step { if !up { emit Act() } } }
  }`;

  it("backs off instead of hammering while the goal waits for an observation", async () => {
    const { running, adapters, clock } = await startProgram(program, ["Act"]);
    adapters.Act.behave = () => "done";
    await running.observe({ up: true });
    await running.observe({ up: false });
    await clock.advance(60_000);
    expect(adapters.Act.calls.length).toBeLessThan(9);
    expect(adapters.Act.calls.length).toBeGreaterThan(5);
    await running.observe({ up: true });
    expect([running.status.phase, clock.pending]).toEqual(["resting", []]);
  });
});
