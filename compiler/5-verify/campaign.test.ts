// A short version of `npm run campaign`: random programs are verified, compared with plain searches, played through the host and run.
import { expect, it } from "vitest";
import { drawn, type Kind } from "../testing/campaign/draw.js";
import { type ExamineOptions, examine } from "../testing/campaign/examine.js";
import { nothing, sumOf, type Tally } from "../testing/campaign/tally.js";

async function examined(kind: Kind, count: number, options: ExamineOptions): Promise<Tally> {
  let tally = nothing;
  for (const text of drawn(kind, 1, count)) tally = sumOf(tally, await examine(text, options));
  return tally;
}

it("says of random domains what plain searches find, the host plays and runs come to, and the same of each as a system of one", async () => {
  const { counts, mismatches } = await examined("domains", 200, { limit: 150, schedules: 20 });
  expect(mismatches).toEqual([]);
  expect(counts.compared).toBeGreaterThan(30);
  expect(counts.replayed).toBeGreaterThan(40);
  expect(counts.simulated).toBeGreaterThan(5);
});

it("says of random systems what a plain search finds, the host plays and runs come to", async () => {
  const { counts, mismatches } = await examined("systems", 100, { limit: 400, schedules: 20 });
  expect(mismatches).toEqual([]);
  expect(counts.compared).toBeGreaterThan(30);
  expect(counts.replayed).toBeGreaterThan(25);
  expect(counts.simulated).toBeGreaterThan(5);
});
