// The seed's chaos scenario and its four takeaways, each under its own words.
import { describe, expect, it } from "vitest";
import { quiet } from "../testing/clock.js";
import { startFailover } from "../testing/failover.js";

const done = () => undefined;
const down = () => {
  throw new Error("503 Service Unavailable");
};

describe("the chaos scenario", () => {
  it("Normal Operations: goal Reality A is met, and the domain sleeps", async () => {
    const { routing, clock, dns, pager } = await startFailover();
    expect(routing.status).toEqual({
      phase: "resting",
      goals: { RoutingStable: { holds: true, reality: "A" } },
      activations: [],
      faults: [],
    });
    await clock.advance(24 * 3_600_000);
    expect(dns.calls).toHaveLength(0);
    expect(pager.calls).toHaveLength(0);
    expect(clock.pending).toEqual([]);
  });

  it("The Crash: the observation updates the state", async () => {
    const { routing } = await startFailover();
    await routing.observe({ primary_status: "failed" });
    expect(routing.state).toEqual({ primary_status: "failed", active_route: "primary", alert_sent: false });
  });

  it("The Degradation: the goal is broken, and both transitions are valid", async () => {
    const { routing, DatabaseRouting } = await startFailover();
    await routing.observe({ primary_status: "failed" });
    expect(routing.status.goals).toEqual({ RoutingStable: { holds: false, reality: null } });
    const { ExecuteFailover, TriggerPagerDuty, AutoRestore } = DatabaseRouting.transitions;
    expect(ExecuteFailover?.enabled(routing.state)).toBe(true);
    expect(TriggerPagerDuty?.enabled(routing.state)).toBe(true);
    expect(AutoRestore?.enabled(routing.state)).toBe(false);
  });

  it("Parallel Execution: both intents are in flight at once, and the state is updated as each succeeds", async () => {
    const { routing, dns, pager } = await startFailover();
    await routing.observe({ primary_status: "failed" });
    expect(routing.status.activations.map(({ transition, mode }) => [transition, mode])).toEqual([
      ["ExecuteFailover", "in flight"],
      ["TriggerPagerDuty", "in flight"],
    ]);
    expect([dns.last.args, pager.last.args]).toEqual([["replica"], ["Primary DB Down"]]);
    pager.last.resolve();
    await quiet();
    expect(routing.state).toEqual({ primary_status: "failed", active_route: "primary", alert_sent: true });
    dns.last.resolve();
    await quiet();
    expect(routing.state).toEqual({ primary_status: "failed", active_route: "replica", alert_sent: true });
  });

  it("Safe Fallback: it matches Reality B and goes back to sleep", async () => {
    const { routing, dns, pager, clock } = await startFailover();
    dns.behave = done;
    pager.behave = done;
    await routing.observe({ primary_status: "failed" });
    const { phase, goals, activations } = await routing.settled();
    expect({ phase, goals, activations }).toEqual({
      phase: "resting",
      goals: { RoutingStable: { holds: true, reality: "B" } },
      activations: [],
    });
    await clock.advance(2 * 3_600_000);
    expect([dns.calls.length, pager.calls.length, clock.pending]).toEqual([1, 1, []]);
  });

  it("The Auto-Recovery: Reality B is broken, AutoRestore routes back, and it returns to Reality A", async () => {
    const { routing, dns, pager, clock } = await startFailover();
    dns.behave = done;
    pager.behave = done;
    await routing.observe({ primary_status: "failed" });
    await routing.settled();
    await clock.advance(2 * 3_600_000);
    await routing.observe({ primary_status: "healthy" });
    expect((await routing.settled()).goals.RoutingStable).toEqual({ holds: true, reality: "A" });
    expect(routing.state).toEqual({ primary_status: "healthy", active_route: "primary", alert_sent: false });
    expect(dns.calls.map(({ args }) => args)).toEqual([["replica"], ["primary"]]);
  });
});

describe("the takeaways", () => {
  it.each([
    ["an Error", new Error("boom")],
    ["undefined", undefined],
    ["null", null],
    ["a string", "boom"],
    [
      "an object that cannot be read",
      new Proxy(
        {},
        {
          get: () => {
            throw new Error("no");
          },
          getPrototypeOf: () => {
            throw new Error("no");
          },
        },
      ),
    ],
  ])("1. Rejection of panic states: an adapter that throws %s is only a change of state", async (_, thrown) => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listener);
    const { routing, dns, pager, clock } = await startFailover();
    dns.behave = () => {
      throw thrown;
    };
    pager.behave = () => Promise.reject(thrown);
    await routing.observe({ primary_status: "failed" });
    await clock.advance(5000);
    expect(routing.status.activations.map(({ mode }) => mode)).toEqual(["waiting", "waiting"]);
    dns.behave = done;
    pager.behave = done;
    await clock.advance(60_000);
    expect((await routing.settled()).goals.RoutingStable?.reality).toBe("B");
    process.off("unhandledRejection", listener);
    expect(unhandled).toEqual([]);
  });

  it("2. Codified graceful degradation: running off the replica is rest only once the engineers are paged", async () => {
    const { routing, dns, pager } = await startFailover();
    dns.behave = done;
    await routing.observe({ primary_status: "failed" });
    await quiet();
    expect([routing.state.active_route, routing.status.phase]).toEqual(["replica", "working"]);
    pager.last.resolve();
    await quiet();
    expect([routing.status.phase, routing.status.goals.RoutingStable?.reality]).toEqual(["resting", "B"]);
  });

  it("3. Independent recovery actions: a pager that is down for long never delays DNS", async () => {
    const { routing, dns, pager, clock } = await startFailover();
    dns.behave = done;
    pager.behave = down;
    const began = clock.now();
    await routing.observe({ primary_status: "failed" });
    expect(routing.state.active_route).toBe("replica");
    expect(clock.now()).toBe(began);
    await clock.advance(3_600_000);
    expect(routing.state.alert_sent).toBe(false);
    expect(pager.calls.length).toBeGreaterThan(60);
    expect(new Set(pager.calls.map(({ call }) => call.key)).size).toBe(1);
    pager.behave = done;
    await clock.advance(60_000);
    expect((await routing.settled()).goals.RoutingStable?.reality).toBe("B");
  });

  it("3. Independent recovery actions: DNS that is down does not delay the page either", async () => {
    const { routing, dns, pager } = await startFailover();
    dns.behave = down;
    pager.behave = done;
    await routing.observe({ primary_status: "failed" });
    expect(routing.state).toEqual({ primary_status: "failed", active_route: "primary", alert_sent: true });
  });

  it("4. Self-healing is free: no human, and a page no longer wanted is not sent", async () => {
    const { routing, dns, pager, clock, types } = await startFailover();
    dns.behave = done;
    pager.behave = down;
    await routing.observe({ primary_status: "failed" });
    await clock.advance(10_000);
    const pages = pager.calls.length;
    pager.behave = done;
    await routing.observe({ primary_status: "healthy" });
    expect((await routing.settled()).goals.RoutingStable?.reality).toBe("A");
    expect(types()).toContain("abandoned");
    await clock.advance(3_600_000);
    expect(pager.calls.length).toBe(pages);
    expect(clock.pending).toEqual([]);
  });
});

describe("a pager that hangs", () => {
  it("lets failover and restore go on, repeats the page under its key, and keeps what AutoRestore wrote", async () => {
    const { routing, dns, pager, clock, events } = await startFailover();
    dns.behave = done;
    await routing.observe({ primary_status: "failed" });
    await quiet();
    expect(routing.state.active_route).toBe("replica");
    await clock.advance(30_000);
    expect(events.filter(({ type }) => type === "unknown")).toHaveLength(1);
    expect(pager.calls[0]?.call.signal.aborted).toBe(true);
    await routing.observe({ primary_status: "healthy" });
    await quiet();
    expect(routing.state).toEqual({ primary_status: "healthy", active_route: "primary", alert_sent: false });
    expect(routing.status.phase).toBe("working");
    await clock.advance(1000);
    expect(pager.calls).toHaveLength(2);
    expect(pager.calls[1]?.call.key).toBe(pager.calls[0]?.call.key);
    expect(pager.calls.map(({ call }) => call.attempt)).toEqual([1, 2]);
    pager.calls[0]?.resolve();
    await quiet();
    expect(routing.state).toEqual({ primary_status: "healthy", active_route: "primary", alert_sent: false });
    expect(routing.status.phase).toBe("resting");
    expect(pager.calls[1]?.call.signal.aborted).toBe(true);
    expect(events.findLast(({ type }) => type === "committed")).toMatchObject({
      transition: "TriggerPagerDuty",
      dropped: ["alert_sent"],
    });
  });

  it("ignores a late throw, and counts a late success", async () => {
    const { routing, dns, pager, clock } = await startFailover();
    dns.behave = done;
    await routing.observe({ primary_status: "failed" });
    await clock.advance(31_000);
    expect(pager.calls).toHaveLength(2);
    pager.calls[0]?.reject(new Error("too late"));
    await quiet();
    expect(routing.status.activations[0]).toMatchObject({ mode: "in flight", attempt: 2 });
    await clock.advance(30_000);
    pager.calls[1]?.resolve();
    await quiet();
    expect(routing.status.goals.RoutingStable?.reality).toBe("B");
  });
});
