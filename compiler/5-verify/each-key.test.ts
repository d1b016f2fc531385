import { expect, it } from "vitest";
import { verifySource } from "../testing/verify.js";
import { ofEachKey } from "./each-key.js";

it("says of a domain that gave up for several keys only how far it came for each of them", async () => {
  const { domain, report } = await verifySource("domain A { state { up: bool } goal up transition T { if !up { emit X.Y() } } }");
  const gaveUp = (depth: number) => ({
    ...report,
    verdict: "gave up" as const,
    summary: `nothing was found within ${depth} steps`,
    extent: { ...report.extent, depth, frontier: 1 },
  });
  const called = [5, 2, 4].map((depth) => ({ key: `${depth}`, report: gaveUp(depth) }));
  const { summary, extent } = ofEachKey(domain, called);
  expect([summary, extent.depth, extent.frontier]).toEqual(["nothing was found within 2 steps", 2, 3]);
});

it("names in its first line the key of the story that it tells", async () => {
  const { domain, report } = await verifySource("domain A { state { up: bool } goal up }");
  const refuted = (key: string, depth: number | null) => ({ key, report: { ...report, extent: { ...report.extent, depth } } });
  const { summary, findings } = ofEachKey(domain, [refuted("default", null), refuted("other", 3)]);
  expect(summary).toMatch(/, called "default"$/);
  expect(findings[0]?.story?.steps[0]?.cue.of?.key).toBe("default");
});
