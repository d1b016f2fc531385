// A short version of `npm run campaign`: random programs, verified, compared with plain searches, played and run.
import { describe, expect, it } from "vitest";
import { drawn, type Kind } from "../testing/campaign/draw.js";
import { type ExamineOptions, examine } from "../testing/campaign/examine.js";
import { nothing, sumOf, type Tally } from "../testing/campaign/tally.js";

async function examined(kind: Kind, count: number, options: ExamineOptions): Promise<Tally> {
  let tally = nothing;
  for (const text of drawn(kind, 1, count)) tally = sumOf(tally, await examine(text, options));
  return tally;
}

describe("what the verifier says is what other searches find, what the host plays and what runs come to", () => {
  it("for random domains, by themselves and as systems of one", async () => {
    const { counts, mismatches } = await examined("domains", 200, { limit: 150, schedules: 20 });
    expect(mismatches).toEqual([]);
    expect(counts).toEqual({});
  });

  it("for random systems", async () => {
    const { counts, mismatches } = await examined("systems", 100, { limit: 400, schedules: 20 });
    expect(mismatches).toEqual([]);
    expect(counts).toEqual({});
  });
});
