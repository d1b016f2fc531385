// A service as those meet it who only have HTTP: real requests on loopback, a journal in memory, adapters under control.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { memoryJournal } from "../../runtime-lib/journal/memory.js";
import { TestClock } from "../../runtime-lib/testing/clock.js";
import { RecentEvents } from "./recent-events.js";
import { startTestService, until } from "./testing/service.js";

const source = readFileSync("fixtures/failover.ved", "utf8");
const seed = "DatabaseRouting/default";

/** Effects that are under control: each call waits until the test says what it comes to. */
function controlled() {
  const calls: { effect: string; args: readonly unknown[]; key: string; end: (error?: Error) => void }[] = [];
  const effect = (name: string) => ({
    run: (...all: readonly unknown[]) =>
      new Promise<void>((resolve, reject) => {
        const call = all.at(-1) as { key: string };
        calls.push({
          effect: name,
          args: all.slice(0, -1),
          key: call.key,
          end: (error) => (error === undefined ? resolve() : reject(error)),
        });
      }),
  });
  return { calls, effects: { "Network.UpdateDNS": effect("dns"), "Alerts.PageEngineers": effect("page") } };
}

const recent = { domain: "DatabaseRouting", key: "default", at: 0, type: "observed", text: "", event: {} };

const instantly = { "Network.UpdateDNS": { run: () => {} }, "Alerts.PageEngineers": { run: () => {} } };

it("plays the seed's scenario over HTTP: both in parallel, one failing without blocking the other, and back", async () => {
  const { calls, effects } = controlled();
  const clock = new TestClock();
  const { json, observe } = await startTestService({ source, config: { effects }, clock });
  expect(await json(`/api/instances/${seed}`)).toMatchObject({ standing: "resting", goals: { RoutingStable: { reality: "A" } } });
  const answer = await observe(seed, { primary_status: "failed" });
  expect([answer.status, await answer.json()]).toMatchObject([200, { standing: "working", state: { primary_status: "failed" } }]);
  expect(calls.map(({ effect }) => effect)).toEqual(["dns", "page"]);
  calls[1]?.end(new Error("503 Service Unavailable"));
  calls[0]?.end();
  const degraded = await until(async () => {
    const view = (await json(`/api/instances/${seed}`)) as { standing: string };
    return view.standing === "waiting" ? view : null;
  });
  expect(degraded).toMatchObject({
    state: { active_route: "replica", alert_sent: false },
    activations: [{ transition: "TriggerPagerDuty", attempt: 1, mode: "waiting", nextAt: expect.any(Number) }],
  });
  await clock.advance(1000);
  calls[2]?.end();
  await until(async () => ((await json(`/api/instances/${seed}`)) as { standing: string }).standing === "resting");
  expect(calls[2]?.key).toBe(calls[1]?.key);
  expect(await json(`/api/instances/${seed}`)).toMatchObject({ goals: { RoutingStable: { reality: "B" } } });
  await observe(seed, { primary_status: "healthy" });
  calls[3]?.end();
  await until(async () => ((await json(`/api/instances/${seed}`)) as { standing: string }).standing === "resting");
  const restored = (await json(`/api/instances/${seed}`)) as { history: { text: string }[] };
  expect(restored).toMatchObject({ goals: { RoutingStable: { reality: "A" } }, state: { alert_sent: false } });
  expect(restored.history.at(-1)?.text).toBe("rests in RoutingStable A");
});

it("lists instances in pages, in order, and finds them by key, standing and reality", async () => {
  const { json, observe } = await startTestService({ source, config: { effects: instantly, instances: [] } });
  for (const key of ["c", "a", "b", "db/1", "ü x"])
    await observe(`DatabaseRouting/${encodeURIComponent(key)}`, { primary_status: key === "b" ? "failed" : "healthy" });
  const keys = async (query: string) => {
    const page = (await json(`/api/instances?${query}`)) as { instances: { key: string }[]; total: number; next: string | null };
    return [page.instances.map(({ key }) => key), page.total, page.next];
  };
  expect(await keys("")).toEqual([["a", "b", "c", "db/1", "ü x"], 5, null]);
  expect(await keys("limit=2")).toEqual([["a", "b"], 5, "DatabaseRouting/b"]);
  expect(await keys("limit=2&after=DatabaseRouting/b")).toEqual([["c", "db/1"], 5, "DatabaseRouting/db/1"]);
  expect(await keys("limit=2&offset=4")).toEqual([["ü x"], 5, null]);
  expect(await keys("search=DB")).toEqual([["db/1"], 1, null]);
  expect(await keys("reality=RoutingStable:B")).toEqual([["b"], 1, null]);
  expect(await keys("standing=stuck")).toEqual([[], 0, null]);
  expect(await json("/api/counts")).toMatchObject({
    domains: [{ instances: 5, standings: { resting: 5, working: 0 }, goals: { RoutingStable: { A: 4, B: 1 } } }],
  });
  expect(await json(`/api/instances/DatabaseRouting/${encodeURIComponent("db/1")}`)).toMatchObject({ key: "db/1" });
});

it("says where each state is on the chart that it draws", async () => {
  const { get, json, observe } = await startTestService({ source, config: { effects: instantly } });
  await observe(seed, { primary_status: "failed" });
  const { node } = (await json(`/api/instances/${seed}`)) as { node: string };
  const svg = await (await get("/api/domains/DatabaseRouting/chart.svg")).text();
  expect(svg).toContain(`id="${node}" class="node rest"`);
  await observe(seed, { primary_status: "on fire" });
  const { node: unknown } = (await json(`/api/instances/${seed}`)) as { node: string };
  expect(svg).toContain(`id="${unknown}" class="node wait"`);
});

it("streams what happens, and what a reader has missed", async () => {
  const { get, json, observe } = await startTestService({ source, config: { effects: instantly } });
  const { number } = (await json("/api/counts")) as { number: number };
  await observe(seed, { primary_status: "failed" });
  const reader = (await get(`/api/events?since=${number - 1}&key=default`)).body
    ?.pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";
  const readUntil = async (wanted: string) => {
    while (!text.includes(wanted)) text += (await reader?.read())?.value ?? expect.fail("the stream ended");
  };
  await readUntil("rests in RoutingStable B");
  const [, first = ""] = /id: (\d+)\nevent: rested\ndata: \{"number":\1,.*"text":"rests in RoutingStable A"/.exec(text) ?? [];
  await observe(seed, { primary_status: "healthy" });
  await readUntil("AutoRestore commits");
  await reader?.cancel();
  const begins = async (since: string) => {
    const again = (await get("/api/events", { "last-event-id": since })).body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = "";
    while (!seen.includes("\n\n", 20)) seen += (await again?.read())?.value ?? expect.fail("the stream ended");
    await again?.cancel();
    return /event: (\w+)/.exec(seen)?.[1];
  };
  expect([await begins(first), await begins(String(Number.MAX_SAFE_INTEGER))]).toEqual(["observed", "gap"]);
});

it("tells a reader that comes back after a restart that events are gone, however many there were since", async () => {
  const clock = new TestClock();
  const before = new RecentEvents(clock.now());
  before.add(recent);
  await clock.advance(1);
  const after = new RecentEvents(clock.now());
  for (let event = 0; event < 5; event += 1) after.add(recent);
  expect(after.since(before.number)).toMatchObject({ hasGap: true, entries: { length: 5 } });
  expect(after.since(after.number - 2)).toMatchObject({ hasGap: false, entries: { length: 2 } });
});

it("tells readers of changes that there was one, with pauses, and only about what they asked for", async () => {
  const { get, observe } = await startTestService({ source, config: { effects: instantly } });
  const reader = (await get("/api/changes?domain=DatabaseRouting&key=mine")).body
    ?.pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";
  while (!text.includes("event: changed")) text += (await reader?.read())?.value ?? "";
  await observe("DatabaseRouting/other", { primary_status: "failed" });
  await observe("DatabaseRouting/mine", { primary_status: "failed" });
  text = "";
  while (!text.includes("event: changed")) text += (await reader?.read())?.value ?? "";
  expect(text.match(/event: changed/g)).toHaveLength(1);
  await reader?.cancel();
});

it("counts in the format of Prometheus", async () => {
  const { calls, effects } = controlled();
  const clock = new TestClock();
  const journal = memoryJournal();
  const { get, observe } = await startTestService({ source, config: { effects }, clock, journal });
  await observe(seed, { primary_status: "failed" });
  await observe(seed, { nothing: 1 });
  calls[1]?.end(new Error("down"));
  await until(() => calls.length === 2);
  await clock.advance(5000);
  await until(() => calls.length === 3);
  const text = await (await get("/metrics")).text();
  const domain = 'domain="DatabaseRouting"';
  expect(text).toContain(`ved_attempts_total{${domain},effect="Alerts.PageEngineers",outcome="failed"} 1`);
  expect(text).toContain(`ved_retries_total{${domain},effect="Alerts.PageEngineers"} 1`);
  expect(text).toContain(`ved_observations_total{${domain},accepted="yes"} 1`);
  expect(text).toContain(`ved_instances{${domain},standing="working"} 1`);
  expect(text).toContain(`ved_instances{${domain},standing="stuck"} 0`);
  expect(text).toContain(`ved_attempts_total{${domain},effect="Alerts.PageEngineers",outcome="unknown"} 0`);
  expect(text).toContain(`ved_commits_total{${domain},transition="AutoRestore"} 0`);
  expect(text).toContain(`ved_realities{${domain},goal="RoutingStable",reality="B"} 0`);
  expect(text).toContain(`ved_realities{${domain},goal="RoutingStable",reality="unmet"} 1`);
  expect(text).toContain(`ved_goal_unmet_seconds{${domain},goal="RoutingStable"} 5`);
  expect(text).toContain("ved_calls_open 2");
  expect(text).toMatch(/ved_journal_flush_seconds_count \d+/);
});

it("counts the time of an instance that did not get anywhere from the start", async () => {
  const clock = new TestClock();
  const instances = [{ state: { primary_status: "on fire" } }];
  const { get } = await startTestService({ source, config: { effects: instantly, instances }, clock });
  await clock.advance(7000);
  expect(await (await get("/metrics")).text()).toContain(
    'ved_goal_unmet_seconds{domain="DatabaseRouting",goal="RoutingStable"} 7',
  );
});

it("only observes when it is told so: it decides and journals, carries nothing out, and says what it would have done", async () => {
  const clock = new TestClock();
  const journal = memoryJournal();
  const first = await startTestService({ source, observeOnly: true, clock, journal });
  await first.observe(seed, { primary_status: "failed" });
  await clock.advance(60_000);
  expect(first.said).toEqual([
    'DatabaseRouting/default: would call Network.UpdateDNS("replica")',
    'DatabaseRouting/default: would call Alerts.PageEngineers("Primary DB Down")',
  ]);
  expect(await first.json(`/api/instances/${seed}`)).toMatchObject({ standing: "waiting", state: { active_route: "primary" } });
  expect(await first.json("/api/program")).toMatchObject({ observeOnly: true });
  await first.service.stop();
  // In earnest, with the same journal, it does what has to be done.
  const { calls, effects } = controlled();
  await startTestService({ source, config: { effects }, clock, journal });
  await clock.advance(60_000);
  expect(calls.map(({ effect }) => effect).sort()).toEqual(["dns", "page"]);
});

it("stops cleanly: nothing new is dispatched, what is under way may end, and the journal has it", async () => {
  const { calls, effects } = controlled();
  const journal = memoryJournal();
  const { service, get, observe } = await startTestService({ source, config: { effects, grace: "1h" }, journal });
  await observe(seed, { primary_status: "failed" });
  const stopping = service.stop();
  expect((await get("/healthz")).status).toBe(200);
  const ready = await get("/readyz");
  expect([ready.status, await ready.json()]).toEqual([503, { status: "failed", reason: "it is stopping" }]);
  expect((await observe(seed, { primary_status: "healthy" })).status).toBe(503);
  calls[0]?.end();
  calls[1]?.end(new Error("down"));
  await stopping;
  const again = controlled();
  const next = await startTestService({ source, config: { effects: again.effects }, journal });
  expect(await next.json(`/api/instances/${seed}`)).toMatchObject({ state: { active_route: "replica", alert_sent: false } });
});

it("does not wait longer than its grace period", async () => {
  const { effects } = controlled();
  const { service, observe } = await startTestService({ source, config: { effects, grace: "10ms" } });
  await observe(seed, { primary_status: "failed" });
  await service.stop();
});

it("fails where its journal does, and says so", async () => {
  const journal = memoryJournal();
  let isBroken = false;
  const breaking = {
    ...{ open: journal.open.bind(journal), close: journal.close.bind(journal) },
    append: (...reaction: Parameters<typeof journal.append>) =>
      isBroken ? Promise.reject(new Error("no space left on device")) : journal.append(...reaction),
  };
  const { service, get, observe } = await startTestService({ source, config: { effects: instantly }, journal: breaking });
  isBroken = true;
  const answer = await observe(seed, { primary_status: "failed" });
  expect(answer.status).toBe(503);
  expect(await service.failed).toBe("no space left on device");
  const health = await get("/healthz");
  expect([health.status, await health.json()]).toEqual([503, { status: "failed", reason: "no space left on device" }]);
});

it("starts a whole system, with what it names, and sends what its domains say to each other", async () => {
  const warehouse = readFileSync("fixtures/warehouse.ved", "utf8");
  const effects = { "Tools.Use": { run: () => {} }, "Office.Write": { run: () => {} } };
  const { json } = await startTestService({ source: warehouse, config: { effects } });
  await until(async () => {
    const { domains } = (await json("/api/counts")) as { domains: { domain: string; standings: { resting: number } }[] };
    return domains.find(({ domain }) => domain === "Producer")?.standings.resting === 1;
  });
  const { instances } = (await json("/api/instances")) as { instances: { domain: string; key: string }[] };
  expect(instances.map(({ domain, key }) => `${domain}/${key}`)).toEqual([
    "Producer/default",
    "Worker/fast",
    "Worker/slow",
    "Auditor/default",
  ]);
});

it("tells of the time before its start what the journal knows", async () => {
  const past = [{ name: seed, at: 5, type: "journal", text: 'observed primary_status = "failed"' }];
  const { json } = await startTestService({ source, config: { effects: instantly }, past });
  const { history } = (await json(`/api/instances/${seed}`)) as { history: unknown[] };
  expect(history[0]).toEqual({ number: 0, at: 5, type: "journal", text: 'observed primary_status = "failed"' });
});

it("takes what the program has no fields for, and answers that anew each time, without remembering it", async () => {
  const { observe } = await startTestService({ source, config: { effects: instantly } });
  const answer = await observe(seed, { primary_staus: "failed", alert_sent: 3 });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toEqual({
    error: "nothing was observed",
    problems: [
      { at: "primary_staus", message: "DatabaseRouting has no such field. Did you mean `primary_status`?" },
      { at: "alert_sent", message: "it is true or false, not 3" },
    ],
  });
});
