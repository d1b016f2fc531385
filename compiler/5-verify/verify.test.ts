import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { verifySource } from "../testing/verify.js";
import { renderReport } from "./report/render.js";
import { verifying } from "./verify.js";

const corpus = (name: string) => readFileSync(`fixtures/verify/${name}.ved`, "utf8");

describe("what waits for the world", () => {
  it("is no fault, and is named with the effect and the field that it waits for", async () => {
    const { report } = await verifySource(corpus("waits-for-the-world"));
    expect(report.verdict).toBe("proved");
    expect(report.waits).toEqual([{ state: { up: false }, effects: ["Process.Restart"], fields: ["up"], messages: [] }]);
  });

  it("is a livelock where nothing that can be observed would help", async () => {
    const { report } = await verifySource(corpus("never-satisfied"));
    expect(report.findings[0]?.diagnostic.code).toBe("VED5002");
  });
});

describe("turns", () => {
  it.each(["turns", "turns-at-once"])("are what %s rests on", async (name) => {
    const { report } = await verifySource(corpus(name));
    expect([report.verdict, report.turns]).toEqual(["proved", ["C"]]);
    expect(renderReport(report)).toContain("every enabled transition gets its turn: C leads out");
  });

  it("are not spoken of where every order comes to rest", async () => {
    expect((await verifySource(corpus("three-transitions"))).report.turns).toBeNull();
  });
});

describe("what is left out", () => {
  it("are fields that only count", async () => {
    const { report } = await verifySource(corpus("log-counter"));
    expect(report.reductions).toEqual(["left out, as nothing depends on it: pages"]);
    expect(report.verdict).toBe("proved");
  });

  it("are orders of repairs that have nothing to do with each other, with the same result", async () => {
    const { report } = await verifySource(corpus("independent-repairs"));
    expect(report.reductions).toEqual([
      "explored in one order where the order cannot matter: RepairA, RepairB, RepairC, RepairD",
    ]);
    // Every subset of four repairs can be done when the status is fine again; all of them when it is not.
    expect(report.rests.map(({ states }) => states.length)).toEqual([2 ** 4, 1]);
  });
});

it("finds invariants that only an observation in between can break", async () => {
  const { report } = await verifySource(`domain Lock {
    state { held: bool wanted: bool }
    invariant OnlyWhenWanted { wanted || !held }
    goal Free { predicate !wanted && !held || wanted && held }
    transition Take { step { if wanted && !held { emit Lock.Take() held = true } } }
    transition Leave { step { if !wanted && held { emit Lock.Leave() held = false } } }
  }`);
  expect(report.findings.map(({ diagnostic, story }) => [diagnostic.code, story?.steps.map(({ text }) => text)])).toEqual([
    ["VED5107", ["observed: wanted = true", "observed: wanted = false", "Lock.Take() is done"]],
  ]);
});

it("gives up when it is asked to, and says why and how far it came", async () => {
  const { domain, definition } = await verifySource(corpus("two-goals"));
  const steps = verifying(domain, definition, { path: "x.ved", text: corpus("two-goals") }, { every: 10 });
  expect(steps.next(null).value).toMatchObject({ frontier: expect.any(Number) });
  // Then it judges what was found and looks at some of what lies beyond, until it is asked once more.
  expect(steps.next("it took too long").value).toMatchObject({ isBeyond: true });
  for (let pauses = 0; pauses < 100; pauses += 1) steps.next(null);
  expect(steps.next("it took too long")).toMatchObject({
    done: true,
    value: {
      verdict: "gave up",
      summary: expect.stringMatching(
        /^nothing is known of it: it took too long; nothing was found within 1 step of its beginning(, nor in \d+ random walks beyond)?$/,
      ),
    },
  });
});

it("says nothing of what it had no time to judge", async () => {
  const { domain, definition } = await verifySource(corpus("two-goals"));
  const steps = verifying(domain, definition, { path: "x.ved", text: corpus("two-goals") }, { every: 10 });
  steps.next(null);
  steps.next("it took too long");
  expect(steps.next("it took too long")).toMatchObject({
    done: true,
    value: { summary: "nothing is known of it: it took too long; there was no time to judge what was found" },
  });
});

it("takes fields with any name", async () => {
  const { report } = await verifySource(`domain Odd {
    state { constructor: bool = true toString: string = "a" class: int }
    goal G { predicate constructor || toString == "b" && class == 1 }
    transition T { step { if !constructor { emit X.Y(constructor) toString = "b" class = 1 } } }
  }`);
  expect(report.verdict).toBe("proved");
});

describe("goals that exclude each other", () => {
  it("are not those that a string which the program does not know satisfies", async () => {
    const { report } = await verifySource(`domain Names {
      state { name: string = "x" fixed: bool }
      goal NotX { predicate name != "x" || fixed }
      goal NotY { predicate name != "y" && !fixed || fixed && name == "z" }
      transition Fix { step { if name == "y" && !fixed { emit Names.Fix() fixed = true } } }
    }`);
    expect(report.findings.map(({ diagnostic }) => diagnostic.code)).not.toContain("VED5003");
  });

  it("are not those that may hold together beyond the bound", async () => {
    const text = `domain Count {
      state { go: bool n: int }
      goal Many { predicate n >= 50 || !go }
      goal Enough { predicate n >= 50 || go }
      transition Count { step { if n < 50 { emit Log.Count(n) n += 1 } } }
    }`;
    const { report } = await verifySource(text, { intBound: 20 });
    expect(report.verdict).toBe("gave up");
    expect((await verifySource(text)).report.verdict).toBe("proved");
  });
});

it("says what makes no difference also where it gets stuck on strings that the program does not know", async () => {
  const { report } = await verifySource(`domain Service {
    state { status: string = "up" restarted: bool tries: int }
    goal Fine { predicate status == "up" && !restarted || status == "down" && restarted }
    transition Restart { step { if status == "down" && !restarted && tries < 3 { emit Process.Start() restarted = true } } }
    transition Calm { step { if status == "up" && restarted { restarted = false tries = 0 } } }
  }`);
  expect(report.findings.map(({ diagnostic }) => diagnostic.code)).toEqual(["VED5101", "VED5106"]);
});

it("gives up where there are more values to observe than it can tell apart", async () => {
  const { report } = await verifySource("domain Wide { state { n: int } goal G { predicate n % 2 == 0 || n % 2 != 0 } }", {
    intBound: 1_000_000_000,
  });
  expect([report.verdict, report.summary]).toEqual(["gave up", expect.stringContaining("too many values")]);
});
