import { describe, expect, it } from "vitest";
import { ObservationError } from "../errors.js";
import { quiet } from "../testing/clock.js";
import { startFailover } from "../testing/failover.js";
import { startProgram } from "../testing/start.js";

const counting = `domain Counting {
  state { go: bool, n: int }
  goal G { predicate !go || n >= 3 }
  transition Count { step { if go && n < 3 { n += 1 } } }
}`;

describe("observe", () => {
  it.each<[string, unknown, string]>([
    ["an unknown field", { primary: "failed" }, "DatabaseRouting has no field primary"],
    ["a wrong type", { alert_sent: "yes" }, 'alert_sent is a bool, not "yes"'],
    ["undefined as a value", { alert_sent: undefined }, "alert_sent is a bool, not undefined"],
    ["null as a value", { primary_status: null }, "primary_status is a string, not null"],
    ["an inherited name", { toString: "x" }, "DatabaseRouting has no field toString"],
    ["__proto__ as a field", JSON.parse('{"__proto__": "x"}'), "DatabaseRouting has no field __proto__"],
    ["a symbol", { [Symbol("s")]: 1 }, "DatabaseRouting has no field Symbol(s)"],
    ["no object", "failed", 'an observation is a plain object, not "failed"'],
    ["null", null, "an observation is a plain object, not null"],
    ["an array", [], "an observation is a plain object, not an array"],
    ["an instance of a class", new Date(), "an observation is a plain object, not an object"],
    [
      "a getter that throws",
      Object.defineProperty({}, "primary_status", {
        enumerable: true,
        get: () => {
          throw new Error("no");
        },
      }),
      "the observation cannot be read",
    ],
  ])("refuses %s and applies nothing", async (_, facts, message) => {
    const { routing, types } = await startFailover();
    const before = routing.state;
    await expect(routing.observe(facts as object)).rejects.toThrow(ObservationError);
    await expect(routing.observe(facts as object)).rejects.toThrow(message);
    expect(routing.state).toBe(before);
    expect(types().filter((type) => type === "refused")).toHaveLength(2);
  });

  it("applies nothing of an observation that is wrong in part", async () => {
    const { routing } = await startFailover();
    await expect(routing.observe({ primary_status: "failed", nonsense: 1 })).rejects.toThrow(ObservationError);
    expect(routing.state.primary_status).toBe("healthy");
  });

  it.each([0.5, Number.NaN, Infinity, 2 ** 53])("refuses %s as an int", async (n) => {
    const { running } = await startProgram(counting, []);
    await expect(running.observe({ n })).rejects.toThrow("n is an int");
  });

  it("makes negative zero a zero", async () => {
    const { running } = await startProgram(counting, []);
    await running.observe({ n: 1 });
    await running.observe({ n: -0 });
    expect(Object.is(running.state.n, 0)).toBe(true);
  });

  it("that changes nothing wakes nothing", async () => {
    const { running, of } = await startProgram(
      `domain D { state { x: int } goal Never { predicate x > 1 } transition T { step { if x > 5 { x = 1 } } } }`,
      [],
    );
    expect(of("stuck")).toHaveLength(1);
    await running.observe({ x: 0 });
    expect(of("stuck")).toHaveLength(1);
  });

  it("from inside a listener or an adapter waits its turn, as it was when it was made", async () => {
    const { routing, dns, pager } = await startFailover();
    const facts = { primary_status: "healthy" };
    dns.behave = ({ args, call }) => {
      if (args[0] !== "replica") return;
      void call.observe(facts);
      facts.primary_status = "changed later";
    };
    pager.behave = () => undefined;
    await routing.observe({ primary_status: "failed" });
    await routing.settled();
    expect(routing.state).toEqual({ primary_status: "healthy", active_route: "primary", alert_sent: false });
  });

  it("from an adapter that does not wait for the answer does not bring the process down", async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listener);
    const { routing, dns } = await startFailover();
    dns.behave = ({ call }) => void call.observe({ nonsense: true });
    await routing.observe({ primary_status: "failed" });
    await quiet();
    process.off("unhandledRejection", listener);
    expect(unhandled).toEqual([]);
  });
});

describe("state and status", () => {
  it("are plain and frozen, and stay what they were", async () => {
    const { routing } = await startFailover();
    const { state } = routing;
    expect(Object.isFrozen(state)).toBe(true);
    expect(Object.getPrototypeOf(state)).toBe(Object.prototype);
    await routing.observe({ primary_status: "failed" });
    expect(state.primary_status).toBe("healthy");
  });

  it("shows an activation with its key, intent, attempt, mode, next time and whom it holds up", async () => {
    const { routing, dns, clock } = await startFailover();
    await routing.observe({ primary_status: "failed" });
    expect(routing.status.activations[0]).toEqual({
      transition: "ExecuteFailover",
      key: "DatabaseRouting/orders-db/k3f9a1/1/0",
      intent: { effect: "Network.UpdateDNS", args: ["replica"] },
      attempt: 1,
      mode: "in flight",
      nextAt: null,
      blocks: ["AutoRestore"],
    });
    dns.last.reject(new Error("down"));
    await quiet();
    expect(routing.status.activations[0]).toMatchObject({ mode: "waiting", nextAt: clock.now() + 1000, blocks: [] });
  });
});

describe("settled", () => {
  it("resolves at once at rest, and later with the status of then", async () => {
    const { routing, dns, pager } = await startFailover();
    expect((await routing.settled()).phase).toBe("resting");
    await routing.observe({ primary_status: "failed" });
    const settled = routing.settled();
    dns.last.resolve();
    pager.last.resolve();
    expect((await settled).goals.RoutingStable?.reality).toBe("B");
  });

  it("rejects with the reason of its signal, before and while it waits", async () => {
    const { routing } = await startFailover();
    await routing.observe({ primary_status: "failed" });
    await expect(routing.settled({ signal: AbortSignal.abort("early") })).rejects.toBe("early");
    const controller = new AbortController();
    const settled = routing.settled({ signal: controller.signal });
    controller.abort("enough");
    await expect(settled).rejects.toBe("enough");
  });

  it("says stuck, with what is unmet, and that an observation ends it", async () => {
    const { running, of } = await startProgram(counting, []);
    await running.observe({ go: true, n: 1 });
    expect(running.state.n).toBe(3);
    const { running: other, of: ofOther } = await startProgram(
      `domain D { state { s: string = "ok" } goal G { predicate s == "ok" } transition T { step { if s == "bad" { s = "ok" } } } }`,
      [],
    );
    await other.observe({ s: "strange" });
    expect((await other.settled()).phase).toBe("stuck");
    expect(ofOther("stuck")).toMatchObject([{ unmet: ["G"], state: { s: "strange" } }]);
    await other.observe({ s: "bad" });
    expect((await other.settled()).phase).toBe("resting");
    expect(of("stuck")).toEqual([]);
  });
});

describe("timers", () => {
  it("are one for everything: time-outs, retries, whatever is due first", async () => {
    const { routing, dns, clock } = await startFailover();
    await routing.observe({ primary_status: "failed" });
    expect(clock.pending).toEqual([clock.now() + 30_000]);
    dns.last.reject(new Error("down"));
    await quiet();
    expect(clock.pending).toEqual([clock.now() + 1000]);
  });

  it("are set at once when nothing is in flight, so that a clock may ring several in one go", async () => {
    const timers: { at: number; fn: () => void }[] = [];
    let now = 0;
    const setTimer = (at: number, fn: () => void) => {
      const timer = { at, fn };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    };
    let tries = 0;
    const fail = () => {
      tries += 1;
      throw new Error("down");
    };
    const { routing } = await startFailover({
      clock: { now: () => now, setTimer },
      effects: { Network: { UpdateDNS: fail }, Alerts: { PageEngineers() {} } },
    });
    await routing.observe({ primary_status: "failed" });
    for (let next = timers.shift(); next !== undefined && next.at <= 15_000; next = timers.shift()) {
      now = next.at;
      next.fn();
    }
    expect([now, tries]).toEqual([15_000, 5]);
  });

  it("are not set for an adapter that answers at once", async () => {
    let timers = 0;
    const { routing } = await startFailover({
      clock: {
        now: () => 0,
        setTimer: () => {
          timers += 1;
          return () => {};
        },
      },
      effects: { Network: { async UpdateDNS() {} }, Alerts: { async PageEngineers() {} } },
    });
    await routing.observe({ primary_status: "failed" });
    await routing.settled();
    expect(timers).toBe(0);
  });
});

describe("stop", () => {
  it("aborts adapters, clears timers, rejects observations and settles whoever waits", async () => {
    const { routing, dns, pager, clock, types } = await startFailover();
    await routing.observe({ primary_status: "failed" });
    dns.last.reject(new Error("down"));
    await quiet();
    const settled = routing.settled();
    const { signal } = pager.last.call;
    await routing.stop();
    await routing.stop();
    await quiet();
    expect([signal.aborted, (await settled).phase, routing.status.phase]).toEqual([true, "stopped", "stopped"]);
    expect(clock.pending).toEqual([]);
    await expect(routing.observe({ primary_status: "healthy" })).rejects.toThrow(ObservationError);
    pager.last.resolve();
    await clock.advance(600_000);
    expect([dns.calls.length, pager.calls.length]).toEqual([1, 1]);
    expect(types().filter((type) => type === "stopped")).toHaveLength(1);
  });
});

describe("start", () => {
  it("lists every missing adapter in one error", async () => {
    const { DatabaseRouting } = await startFailover();
    const message = "DatabaseRouting cannot start: `effects` has no function for Network.UpdateDNS, Alerts.PageEngineers";
    await expect(DatabaseRouting.start({ effects: { Network: {}, Alerts: { Page: () => {} } } })).rejects.toThrow(message);
  });

  it("does not take what every object has for an adapter, and calls methods on their object", async () => {
    const program = `domain D { state { go: bool } goal G { predicate !go } transition T { step { if go { emit toString() emit Box.call(a: 1, b: "x") go = false } } } }`;
    const { domain } = await startProgram(program, [], { effects: { toString: () => {}, Box: { call: () => {} } } });
    await expect(domain.start({ effects: { Box: () => {} } })).rejects.toThrow("toString, Box.call");
    class Box {
      readonly seen: unknown[] = [];
      call(args: unknown) {
        this.seen.push(args);
      }
    }
    const box = new Box();
    const running = await domain.start({ effects: { toString: () => {}, Box: box } });
    await running.observe({ go: true });
    expect(box.seen).toEqual([{ a: 1, b: "x" }]);
    await running.stop();
  });

  it.each([
    [{ retry: { initial: -1 } }, "retry.initial is a number from 0"],
    [{ retry: { jitter: 2 } }, "retry.jitter is a number from 0 to 1, not 2"],
    [{ retry: { effects: { Nope: {} } } }, "there is no effect Nope"],
    [{ key: "" }, "key is a string and not empty"],
    [{ epoch: "a/b" }, "epoch is a string without a slash"],
  ])("refuses %j", async (options, message) => {
    await expect(startFailover(options as object)).rejects.toThrow(message);
  });

  it("draws another epoch for each life", async () => {
    const epochs = new Set<string>();
    for (let life = 0; life < 20; life += 1) {
      const { routing, dns } = await startFailover({ epoch: undefined as never });
      await routing.observe({ primary_status: "failed" });
      epochs.add(dns.last.call.key.split("/")[2] ?? "");
      await routing.stop();
    }
    expect(epochs.size).toBe(20);
  });

  it("works on at once when the initial state is no rest", async () => {
    const { running } = await startProgram(
      `domain D { state { n: int } goal G { predicate n == 2 } transition T { step { if n < 2 { n += 1 } } } }`,
      [],
    );
    expect(running.state.n).toBe(2);
  });
});

describe("a listener", () => {
  it("that throws changes nothing", async () => {
    const { routing, dns, pager } = await startFailover({
      onEvent: () => {
        throw new Error("no");
      },
    });
    dns.behave = () => undefined;
    pager.behave = () => undefined;
    await routing.observe({ primary_status: "failed" });
    expect((await routing.settled()).goals.RoutingStable?.reality).toBe("B");
  });

  it("is told everything in order, each with the instance and the time", async () => {
    const { routing, dns, pager, events, types, clock } = await startFailover();
    dns.behave = () => undefined;
    pager.behave = () => undefined;
    await routing.observe({ primary_status: "failed" });
    expect(types()).toEqual([
      "rested",
      "observed",
      "started",
      "dispatched",
      "started",
      "dispatched",
      "done",
      "committed",
      "done",
      "committed",
      "rested",
    ]);
    expect(
      events.every(({ domain, instance, at }) => domain === "DatabaseRouting" && instance === "orders-db" && at === clock.now()),
    ).toBe(true);
  });
});
