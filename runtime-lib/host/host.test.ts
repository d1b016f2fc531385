import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadDomains } from "../../compiler/testing/load.js";
import { memoryJournal } from "../journal/memory.js";
import { ManualAdapter } from "../testing/adapter.js";
import { quiet, TestClock } from "../testing/clock.js";
import type { HostOptions } from "./open.js";

async function hostFailover(options: Partial<HostOptions<object>> = {}) {
  const { DatabaseRouting } = await loadDomains(readFileSync("fixtures/failover.ved", "utf8"));
  if (DatabaseRouting === undefined) throw new Error("the fixture declares DatabaseRouting");
  const [dns, pager, clock] = [new ManualAdapter(), new ManualAdapter(), new TestClock()];
  const effects = { Network: { UpdateDNS: dns.adapter }, Alerts: { PageEngineers: pager.adapter } };
  const open = () => DatabaseRouting.host({ effects, clock, epoch: "e", retry: { jitter: 0 }, ...options });
  return { host: await open(), open, dns, pager, clock };
}

const failed = { primary_status: "failed" };

describe("a host", () => {
  it("brings an instance to life when it is first observed, also with what is there already", async () => {
    const { host } = await hostFailover();
    expect([...host.keys()]).toEqual([]);
    const orders = host.instance("orders");
    expect(orders.status.phase).toBe("resting");
    expect(orders.state.active_route).toBe("primary");
    expect([...host.keys()]).toEqual([]);
    await orders.observe({ primary_status: "healthy" });
    expect([...host.keys()]).toEqual(["orders"]);
  });

  it("does not bring an instance to life by an observation that is refused", async () => {
    const { host } = await hostFailover();
    await expect(host.instance("orders").observe({ nonsense: 1 } as object)).rejects.toThrow("has no field nonsense");
    expect([...host.keys()]).toEqual([]);
  });

  it("runs instances independently, each with keys of its own", async () => {
    const { host, dns, pager } = await hostFailover();
    pager.behave = () => undefined;
    await host.instance("a").observe(failed);
    await host.instance("b/c").observe(failed);
    expect(dns.calls.map(({ call }) => call.key)).toEqual(["DatabaseRouting/a/e/1/0", "DatabaseRouting/b/c/e/1/0"]);
    dns.calls[1]?.resolve();
    expect((await host.instance("b/c").settled()).goals.RoutingStable?.reality).toBe("B");
    expect(host.instance("a").status.phase).toBe("working");
  });

  it("sets no timer while its instances rest, and one for all of them else", async () => {
    const { host, dns, pager, clock } = await hostFailover();
    dns.behave = () => undefined;
    pager.behave = () => undefined;
    for (let index = 0; index < 50; index += 1) await host.instance(`i${index}`).observe(failed);
    expect(clock.pending).toEqual([]);
    pager.behave = () => {
      throw new Error("503");
    };
    for (let index = 50; index < 100; index += 1) await host.instance(`i${index}`).observe(failed);
    expect(clock.pending).toHaveLength(1);
    pager.behave = () => undefined;
    await clock.advance(1000);
    expect([...host.keys()].every((key) => host.instance(key).status.phase === "resting")).toBe(true);
    expect(clock.pending).toEqual([]);
  });

  it("keeps all of them in one journal", async () => {
    const { host, open, dns, pager } = await hostFailover({ journal: memoryJournal() });
    dns.behave = () => undefined;
    pager.behave = () => undefined;
    for (const key of ["a", "b", "c"]) await host.instance(key).observe(failed);
    await host.instance("c").settled();
    await host.stop();
    const again = await open();
    expect([...again.keys()]).toEqual(["a", "b", "c"]);
    expect(again.instance("b").state).toEqual({ primary_status: "failed", active_route: "replica", alert_sent: true });
  });

  it("has settled once none of its instances is at work, not even one that another has woken meanwhile", async () => {
    const { host, dns, pager } = await hostFailover({
      onEvent: (event) =>
        event.type === "rested" && event.instance === "b" && void host.instance("a").observe({ alert_sent: false }),
    });
    await host.settled();
    dns.behave = () => undefined;
    for (const key of ["a", "b"]) await host.instance(key).observe(failed);
    let hasSettled = false;
    const settled = host.settled().then(() => {
      hasSettled = true;
    });
    for (const call of pager.calls.slice(0, 2)) call.resolve();
    await quiet();
    expect([host.instance("b").status.phase, host.instance("a").status.phase, hasSettled]).toEqual(["resting", "working", false]);
    pager.last.resolve();
    await settled;
    expect(host.instance("a").status.phase).toBe("resting");
  });

  it("stops waiting for its instances when the signal says so, and at once when it is stopped", async () => {
    const { host } = await hostFailover();
    await expect(host.settled({ signal: AbortSignal.abort("early") })).rejects.toBe("early");
    await host.instance("a").observe(failed);
    const controller = new AbortController();
    const settled = host.settled({ signal: controller.signal });
    controller.abort("enough");
    await expect(settled).rejects.toBe("enough");
    const stopped = host.settled();
    await host.stop();
    await stopped;
  });

  it("calls an instance `default` that is given no key", async () => {
    const { host } = await hostFailover();
    expect(host.instance().key).toBe("default");
    await host.instance().observe(failed);
    expect([...host.keys()]).toEqual(["default"]);
  });

  it("stops all of them at once", async () => {
    const { host, dns } = await hostFailover();
    const settled = Promise.all(
      ["a", "b"].map(async (key) => {
        await host.instance(key).observe(failed);
        return host.instance(key).settled();
      }),
    );
    await quiet();
    await host.stop();
    expect((await settled).map(({ phase }) => phase)).toEqual(["stopped", "stopped"]);
    expect(dns.calls.every(({ call }) => call.signal.aborted)).toBe(true);
    await expect(host.instance("a").observe(failed)).rejects.toThrow("DatabaseRouting/a is stopped");
  });
});

it("ends quietly when an adapter stops it while the outcome of another one waits in the mailbox", async () => {
  const unhandled: unknown[] = [];
  const listener = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", listener);
  const { host, dns, pager } = await hostFailover();
  dns.behave = () => undefined;
  pager.behave = () => void host.stop();
  await host.instance("a").observe(failed);
  await quiet();
  process.off("unhandledRejection", listener);
  expect([unhandled, host.instance("a").status.phase]).toEqual([[], "stopped"]);
});

describe("concurrency", () => {
  const keys = ["a", "b", "c", "d", "e"];

  it("lets so many calls of an effect through at once, in the order in which the instances came", async () => {
    const { host, dns, pager } = await hostFailover({ concurrency: { "Network.UpdateDNS": 2 } });
    for (const key of keys) await host.instance(key).observe(failed);
    expect([dns.calls.length, pager.calls.length]).toEqual([2, 5]);
    dns.calls[0]?.resolve();
    await quiet();
    dns.calls[1]?.reject(new Error("503"));
    await quiet();
    expect(dns.calls.map(({ call }) => call.instance)).toEqual(["a", "b", "c", "d"]);
  });

  it("is given back by a call that is given up, and counts its time from when it is made", async () => {
    const { host, dns, pager, clock } = await hostFailover({ concurrency: 1 });
    pager.behave = () => undefined;
    for (const key of keys) await host.instance(key).observe(failed);
    await clock.advance(30_000);
    expect(dns.calls.map(({ call }) => call.instance)).toEqual(["a", "b"]);
    expect(dns.calls.map(({ call }) => call.signal.aborted)).toEqual([true, false]);
    await clock.advance(29_000);
    expect(dns.calls[1]?.call.signal.aborted).toBe(false);
  });

  it("does not make a call that was settled while it waited", async () => {
    const { host, dns, pager } = await hostFailover({ concurrency: { "Alerts.PageEngineers": 1 } });
    dns.behave = () => undefined;
    await host.instance("a").observe(failed);
    await host.instance("b").observe(failed);
    await host.instance("b").resolve("DatabaseRouting/b/e/2/0", "happened");
    pager.last.resolve();
    await quiet();
    expect(pager.calls).toHaveLength(1);
    await host.instance("c").observe(failed);
    expect(pager.last.call.instance).toBe("c");
  });

  it.each([
    [
      { "Network.Update": 1 },
      "concurrency: there is no effect Network.Update; its effects: Network.UpdateDNS, Alerts.PageEngineers",
    ],
    [{ "Network.UpdateDNS": 0 }, "concurrency of Network.UpdateDNS is a whole number from 1 on, not 0"],
    [0.5, "concurrency of Network.UpdateDNS is a whole number from 1 on, not 0.5"],
  ])("refuses %j", async (concurrency, message) => {
    await expect(hostFailover({ concurrency: concurrency as never })).rejects.toThrow(message);
  });
});
