// `cond for 30s`: since when a condition has held is durable, and wakes a resting instance exactly when it is due.
import { describe, expect, it } from "vitest";
import { quiet } from "../testing/clock.js";
import { lives } from "../testing/lives.js";
import { startProgram } from "../testing/start.js";

const failover = (after: string) => `domain Routing {
  state { primary: "up" | "down", route: "primary" | "replica" }
  goal Routed { predicate primary == "up" || route == "replica" }
  transition FailOver { step { if primary == "down" for ${after} { emit Switch() route = "replica" } } }
}`;

const kept = (after: string) => `primary == "down" for ${after}`;

describe("a duration", () => {
  it("is over exactly when it is due", async () => {
    const { running, adapters, clock } = await startProgram(failover("30s"), ["Switch"]);
    await running.observe({ primary: "down" });
    expect(running.status.phase).toBe("working");
    expect(clock.pending).toEqual([clock.now() + 30_000]);
    await clock.advance(29_999);
    // It is looked at again, as something else has changed.
    await running.observe({ route: "replica" });
    await running.observe({ route: "primary" });
    expect(adapters.Switch.calls).toHaveLength(0);
    await clock.advance(1);
    expect(adapters.Switch.calls).toHaveLength(1);
  });

  it("begins anew whenever its condition falls", async () => {
    const { running, adapters, clock } = await startProgram(failover("30s"), ["Switch"]);
    await running.observe({ primary: "down" });
    await clock.advance(20_000);
    await running.observe({ primary: "up" });
    expect(clock.pending).toEqual([]);
    await running.observe({ primary: "down" });
    await clock.advance(29_999);
    expect(adapters.Switch.calls).toHaveLength(0);
    await clock.advance(1);
    expect(adapters.Switch.calls).toHaveLength(1);
  });

  it("wakes an instance that rests", async () => {
    const text = `domain Pager {
      state { incident: bool, acknowledged: bool, escalated: bool }
      goal Handled { predicate !incident || acknowledged || escalated || !(incident for 15m) }
      transition Escalate { step { if incident for 15m && !acknowledged { emit Call() escalated = true } } }
    }`;
    const { running, adapters, clock } = await startProgram(text, ["Call"]);
    await running.observe({ incident: true });
    expect(running.status).toMatchObject({ phase: "resting", goals: { Handled: { reality: "D" } } });
    await clock.advance(15 * 60_000);
    expect(adapters.Call.calls).toHaveLength(1);
    adapters.Call.last.resolve();
    await quiet();
    expect(running.status.phase).toBe("resting");
    expect(clock.pending).toEqual([]);
  });

  it("may stand inside another", async () => {
    const text = `domain D {
      state { up: bool = true, alarmed: bool }
      goal G { predicate alarmed || !((!up for 10s) for 20s) }
      transition Alarm { step { if (!up for 10s) for 20s { alarmed = true } } }
    }`;
    const { running, clock } = await startProgram(text, []);
    await running.observe({ up: false });
    await clock.advance(29_999);
    expect(running.state.alarmed).toBe(false);
    await clock.advance(1);
    expect(running.state.alarmed).toBe(true);
  });

  it("is kept by the runtime alone", async () => {
    const { running } = await startProgram(failover("30s"), ["Switch"]);
    expect(running.state).toEqual({ primary: "up", route: "primary", [kept("30s")]: false });
    await expect(running.observe({ [kept("30s")]: true })).rejects.toThrow(`${kept("30s")} is kept by the runtime`);
  });
});

describe("after a crash", () => {
  it("a duration goes on, and ends when it would have ended", async () => {
    const { start, adapter, clock } = lives();
    const { running } = await start(failover("30s"), ["Switch"]);
    await running.observe({ primary: "down" });
    await clock.advance(20_000);
    await running.stop();
    const again = await start(failover("30s"), ["Switch"]);
    await clock.advance(9_999);
    expect(adapter("Switch").calls).toHaveLength(0);
    await clock.advance(1);
    expect(adapter("Switch").calls).toHaveLength(1);
    expect(again.running.state[kept("30s")]).toBe(true);
  });

  it("one that was over while nobody ran is over at once", async () => {
    const { start, adapter, clock } = lives();
    const { running } = await start(failover("30s"), ["Switch"]);
    await running.observe({ primary: "down" });
    await running.stop();
    await clock.advance(40_000);
    await start(failover("30s"), ["Switch"]);
    expect(adapter("Switch").calls).toHaveLength(1);
  });

  it("a new version that keeps the condition keeps its clock, however it is spelt and however long it takes", async () => {
    const { start, adapter, clock } = lives();
    const { running } = await start(failover("30s"), ["Switch"]);
    await running.observe({ primary: "down" });
    await clock.advance(20_000);
    await running.stop();
    await start(failover("1m").replace('primary == "down" for', '((primary)  ==  "down") for'), ["Switch"]);
    await clock.advance(39_999);
    expect(adapter("Switch").calls).toHaveLength(0);
    await clock.advance(1);
    expect(adapter("Switch").calls).toHaveLength(1);
  });
});

describe("a clock that is set back", () => {
  it("lets no duration end early, nor hours late, and is reported", async () => {
    const { running, adapters, clock, of } = await startProgram(failover("30s"), ["Switch"]);
    await running.observe({ primary: "down" });
    await clock.advance(20_000);
    clock.setBack(600_000);
    await clock.advance(10_000);
    // Nobody can tell how long it has held: it begins anew.
    expect(of("clockWentBack")).toMatchObject([{ by: 600_000 - 30_000 }]);
    expect(adapters.Switch.calls).toHaveLength(0);
    await clock.advance(29_999);
    expect(adapters.Switch.calls).toHaveLength(0);
    await clock.advance(1);
    expect(adapters.Switch.calls).toHaveLength(1);
  });

  it("does not undo what is over", async () => {
    const { running, adapters, clock } = await startProgram(failover("30s"), ["Switch"]);
    await running.observe({ primary: "down" });
    await clock.advance(30_000);
    clock.setBack(600_000);
    adapters.Switch.last.reject(new Error("503"));
    await quiet();
    expect(running.state[kept("30s")]).toBe(true);
    expect(running.status.activations[0]?.mode).toBe("waiting");
  });

  it("makes no retry wait for hours", async () => {
    const { running, adapters, clock, of } = await startProgram(failover("0s"), ["Switch"]);
    await running.observe({ primary: "down" });
    adapters.Switch.last.reject(new Error("503"));
    await quiet();
    clock.setBack(600_000);
    await clock.advance(1000);
    expect(of("clockWentBack")).toHaveLength(1);
    await clock.advance(60_000);
    expect(adapters.Switch.calls).toHaveLength(2);
  });
});
