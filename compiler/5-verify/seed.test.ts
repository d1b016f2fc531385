import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { expectReplays, inOneLine, verifySource } from "../testing/verify.js";
import { renderReport } from "./report/render.js";

const text = readFileSync("fixtures/failover.ved", "utf8");
const state = (primary_status: string, active_route: string, alert_sent: boolean) => ({
  primary_status,
  active_route,
  alert_sent,
});

it("proves the seed, with the two warnings that it deserves", async () => {
  const verified = await verifySource(text);
  expect(inOneLine(verified.report)).toBe("proved: VED5101, VED5102");
  await expectReplays(text, verified);
  await expect(
    `# failover.ved\n\n\`\`\`ved\n${text}\`\`\`\n\n\`\`\`text\n${renderReport(verified.report)}\`\`\`\n`,
  ).toMatchFileSnapshot("../../snapshots/verify/seed.md");
});

it("knows every state in which it may rest", async () => {
  const { report } = await verifySource(text);
  // Two values of each field make eight states. A asks for healthy and primary, and leaves alert_sent open: two states. It is true there
  // when a page went out and the primary came back before the failover took place. B fixes all three fields: one state. In the other
  // five no reality holds: healthy/replica (twice), failed/primary (twice), failed/replica without a page.
  expect(report.rests).toEqual([
    { realities: { RoutingStable: "A" }, states: [state("healthy", "primary", false), state("healthy", "primary", true)] },
    { realities: { RoutingStable: "B" }, states: [state("failed", "replica", true)] },
  ]);
  expect(report.extent.states).toBe(8);
});

it("knows how much a recovery takes", async () => {
  const { report } = await verifySource(text);
  // The most effects that are still to happen from any situation on. In healthy/replica AutoRestore is in flight, and beside it a page that
  // hangs since the outage, which AutoRestore may overtake. Now the primary fails again. Then follow: AutoRestore's DNS update (1), which
  // leads to failed/primary, so the failover's update (2); the old page (3), whose write AutoRestore has overtaken, as it started
  // later, so that alert_sent is still false and a new page goes out (4). After that it rests in B. Nothing else can be
  // waiting: each transition has one activation at most, and the failover is not in flight together with AutoRestore.
  // One after the other: the failover follows AutoRestore, and the new page the old one: two in a row. A third would have to follow the
  // failover or the new page, and these lead to B.
  expect(report.effort).toEqual({ effects: 4, chain: 2, commits: 4 });
});

it("knows who waits for whom, and what an outage of an effect does", async () => {
  const { report } = await verifySource(text);
  // The failover and the page share no field and no effect. AutoRestore and the failover both use the DNS and write active_route; the
  // page reads alert_sent, which AutoRestore writes, and AutoRestore reads nothing that the page writes.
  expect(report.independent).toEqual([["ExecuteFailover", "TriggerPagerDuty"]]);
  expect(report.waitsFor.map(({ transition, other }) => [transition, other])).toEqual([
    ["ExecuteFailover", "AutoRestore"],
    ["TriggerPagerDuty", "AutoRestore"],
    ["AutoRestore", "ExecuteFailover"],
  ]);
  // Without DNS it pages and hangs where a DNS update is wanted and nothing else: failed/primary once the page is out, and healthy/replica
  // with and without the flag. Without the pager it fails over and hangs where only the page is missing.
  expect(report.outages).toEqual([
    {
      effect: "Network.UpdateDNS",
      works: ["Alerts.PageEngineers"],
      hangs: [state("failed", "primary", true), state("healthy", "replica", true), state("healthy", "replica", false)],
    },
    { effect: "Alerts.PageEngineers", works: ["Network.UpdateDNS"], hangs: [state("failed", "replica", false)] },
  ]);
});

it("tells both warnings as stories", async () => {
  const { report } = await verifySource(text);
  const [unknown, history] = report.findings;
  // Any other status is observed, and neither reality nor any guard knows it: one step.
  expect(unknown?.story?.steps.map(({ cue }) => cue)).toEqual([{ kind: "observe", facts: { primary_status: "other" } }]);
  // The flag is left behind in five steps: it fails, the failover's update fails as well, the page goes out, it is healthy again, and the
  // time passes in which the update would not be tried. The next outage takes two: it fails, and only the DNS is updated.
  expect(history?.story?.steps.map(({ cue }) => cue.kind)).toEqual([
    "observe",
    "failed",
    "done",
    "observe",
    "retry",
    "observe",
    "done",
  ]);
  expect(history?.story?.steps.at(-1)?.state).toEqual(state("failed", "replica", true));
});

it("proves the seed with its repair: from reality A every outage is answered alike, and the pager still holds up nothing", async () => {
  const { report } = await verifySource(readFileSync("examples/failover/repaired.ved", "utf8"));
  expect(inOneLine(report)).toBe("proved: VED5101");
  expect(report.rests).toEqual([
    { realities: { RoutingStable: "A" }, states: [state("healthy", "primary", false)] },
    { realities: { RoutingStable: "B" }, states: [state("failed", "replica", true)] },
  ]);
  // The failover and the page stay independent, and the way back waits for no page either.
  expect(report.independent).toContainEqual(["ExecuteFailover", "TriggerPagerDuty"]);
  expect(report.waitsFor.map(({ transition, other }) => [transition, other])).not.toContainEqual([
    "AutoRestore",
    "TriggerPagerDuty",
  ]);
});
