import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intervalRank, judge, minPairs, type Pair, type Verdict } from "./statistics.js";

const value = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
const pair = fc.record({ base: value, head: value });
const pairs = fc.array(pair, { minLength: minPairs, maxLength: 40 });
/** Powers of two change no digit of a number, and so no ratio either. */
const scale = fc.integer({ min: -20, max: 20 }).map((exponent) => 2 ** exponent);

const scaled = (all: readonly Pair[], { base = 1, head = 1 }) =>
  all.map((each) => ({ base: each.base * base, head: each.head * head }));
const swapped = (all: readonly Pair[]) => all.map(({ base, head }) => ({ base: head, head: base }));
/** Pairs of which the head has these ratios to the base, in whatever order they were measured. */
const withRatios = (...ratios: readonly number[]) =>
  ratios.map((ratio, index) => ({ base: 100 + index, head: (100 + index) * ratio }));

/** Whether numbers are the same but for rounding. */
function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-9);
}

describe("a judgement", () => {
  it("has its ratio within its interval, and both within what was measured", () => {
    fc.assert(
      fc.property(pairs, fc.boolean(), (all, isMoreBetter) => {
        const { ratio, interval } = judge(all, isMoreBetter);
        const ratios = all.map(({ base, head }) => (isMoreBetter ? head / base : base / head));
        const ordered = [Math.min(...ratios), interval[0], ratio, interval[1], Math.max(...ratios)];
        expect(ordered).toEqual(ordered.toSorted((a, b) => a - b));
      }),
    );
  });

  it("does not depend on the unit, nor on the order of the pairs", () => {
    fc.assert(
      fc.property(pairs, scale, (all, unit) => {
        const judgement = judge(all, true);
        expect(judge(scaled(all, { base: unit, head: unit }), true)).toEqual(judgement);
        expect(judge(all.toReversed(), true)).toEqual(judgement);
      }),
    );
  });

  it("goes along when one version is so many times as fast", () => {
    fc.assert(
      fc.property(pairs, scale, (all, factor) => {
        const { ratio, interval } = judge(all, true);
        const faster = judge(scaled(all, { head: factor }), true);
        expect([faster.ratio, ...faster.interval]).toEqual([ratio, ...interval].map((each) => each * factor));
      }),
    );
  });

  it("is turned round when the versions are", () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const [there, back] = [judge(all, true), judge(swapped(all), true)];
        expectClose(back.ratio, 1 / there.ratio);
        expectClose(back.interval[0], 1 / there.interval[1]);
        expectClose(back.interval[1], 1 / there.interval[0]);
        if (there.verdict === "worse") expect(back.verdict).toBe("better");
        if (back.verdict === "worse") expect(there.verdict).toBe("better");
      }),
    );
  });

  it("takes a time for the reverse of a rate", () => {
    fc.assert(
      fc.property(pairs, (all) => {
        expect(judge(all, false)).toEqual(judge(swapped(all), true));
      }),
    );
  });

  it("says same of a version and itself", () => {
    const itself = fc.array(value, { minLength: minPairs }).map((values) => values.map((each) => ({ base: each, head: each })));
    fc.assert(
      fc.property(itself, fc.boolean(), (all, isMoreBetter) => {
        expect(judge(all, isMoreBetter)).toEqual({ ratio: 1, interval: [1, 1], verdict: "same" });
      }),
    );
  });

  it("is not moved by a pair that is far off", () => {
    const steady = withRatios(1, 1.01, 0.99, 1.02, 0.98, 1, 1.01);
    const { ratio, verdict } = judge([...steady, { base: 100, head: 1 }], true);
    expect(verdict).toBe("same");
    expect(ratio).toBeCloseTo(1, 1);
  });
});

describe("a verdict", () => {
  it.each<[Verdict, string, Pair[]]>([
    ["worse", "where every pair is", withRatios(0.9, 0.91, 0.92, 0.93, 0.94)],
    ["better", "where every pair is", withRatios(1.06, 1.07, 1.08, 1.09, 1.1)],
    ["same", "where it is slower, but hardly", withRatios(0.96, 0.96, 0.97, 0.97, 0.98)],
    ["same", "where one pair of five says otherwise", withRatios(0.8, 0.8, 0.8, 0.8, 1.1)],
    ["same", "where pairs are on either side", withRatios(0.7, 0.8, 0.94, 1.2, 1.3)],
  ])("is %s %s", (verdict, _, all) => {
    expect(judge(all, true).verdict).toBe(verdict);
  });

  it("is there only for enough pairs of numbers above zero", () => {
    expect(() => judge(withRatios(1, 1, 1, 1), true)).toThrow("4 pairs are too few");
    for (const head of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => judge([...withRatios(1, 1, 1, 1), { base: 1, head }], true)).toThrow(RangeError);
  });
});

describe("an interval", () => {
  /** How many of all the ways in which so many values can lie about their median put it within these ranks, as a share. */
  function coverage(count: number, rank: number): number {
    let enclosing = 0;
    for (let ways = 0; ways < 2 ** count; ways += 1) {
      const below = ways.toString(2).replaceAll("0", "").length;
      if (below >= rank && count - below >= rank) enclosing += 1;
    }
    return enclosing / 2 ** count;
  }

  it.each([5, 6, 7, 8, 11, 15])("of %i pairs encloses the median nine times in ten, and none narrower does", (count) => {
    const rank = intervalRank(count);
    expect(coverage(count, rank)).toBeGreaterThanOrEqual(0.9);
    expect(coverage(count, rank + 1)).toBeLessThan(0.9);
  });

  it("has the ranks that tables of the sign test give", () => {
    expect([5, 7, 8, 11, 15, 20, 25].map(intervalRank)).toEqual([1, 1, 2, 3, 4, 6, 8]);
    expect(intervalRank(minPairs - 1)).toBe(0);
  });
});
