import { describe, expect, it } from "vitest";
import { loadCast } from "../5-bundle/load.js";
import { programOf } from "../testing/load.js";
import { renderReport } from "./render.js";
import type { Report } from "./report.js";
import { verifyingTogether } from "./together.js";

/** Verifies the system of a source. */
async function verified(text: string, limit?: number): Promise<Report[]> {
  const program = programOf(text);
  const steps = verifyingTogether(await loadCast(program, [program]), limit === undefined ? {} : { limit });
  for (;;) {
    const { done, value } = steps.next(null);
    if (done === true) return value;
  }
}

const asking = (stock: number) => `
  system Main { start Shop start Store { stock = ${stock} } }
  domain Shop {
    state { want: bool, asked: bool, got: bool }
    goal Got { predicate !want || got }
    transition Ask { step { if want && !asked { send Store Give asked = true } } }
    on Given { got = true }
  }
  domain Store {
    state { stock: int }
    on Give { if stock > 0 { stock -= 1 send Shop Given } }
  }`;

describe("a system", () => {
  it("is proved where one answers the other", async () => {
    const [report] = await verified(asking(1));
    expect(report?.verdict).toBe("proved");
    expect(report?.assumptions).toEqual(["Its domains were explored together, with mailboxes of 3 messages."]);
    expect(report?.rests).toHaveLength(2);
  });

  it("is refuted where one waits for an answer that does not come, with the story of both", async () => {
    const [report] = await verified(asking(0));
    expect(report?.verdict).toBe("refuted");
    expect(renderReport(report as Report)).toMatchInlineSnapshot(`
      "Shop, Store: refuted: it does not always come to rest.
        Looked at 3 situations in 3 states.

      error[VED5001]: \`Shop, Store\` can get stuck: \`Got\` of Shop/default does not hold with \`Shop/default: want = true, asked = true, got = false; Store/default: stock = 0\`, and nothing is left to do.
        ┌─ test.ved:3:10
        │
      3 │   domain Shop {
        │          ^^^^
        1. it starts
              Shop/default: rests in Got A
              Store/default: rests
        2. Shop/default: observed want = true
              Shop/default: Ask starts as activation 1
              Shop/default: Ask commits asked = true
              Shop/default: sends Store/default Give
              Store/default: receives Give of Shop/default
              Store/default: rests
        There it stays:
          Shop/default: want = true, asked = true, got = false
          Store/default: stock = 0
      "
    `);
  });

  it("is refuted where two pass work to each other for ever", async () => {
    const [report] = await verified(`
      system Main { start Left { full = true } start Right }
      domain Left {
        state { full: bool }
        goal Empty { predicate !full }
        transition Pour { step { if full { emit Pump.Run(1) full = false send Right Take } } }
        on Take { full = true }
      }
      domain Right {
        state { full: bool }
        goal Empty { predicate !full }
        transition Pour { step { if full { emit Pump.Run(2) full = false send Left Take } } }
        on Take { full = true }
      }`);
    expect(report?.findings.map(({ diagnostic }) => diagnostic.code)).toEqual(["VED5002"]);
    expect(report?.findings[0]?.story?.steps.slice(report.findings[0].story.repeatsFrom ?? 0).map(({ text }) => text)).toEqual([
      "Left/default: Pump.Run is done",
      "Right/default: Pump.Run is done",
    ]);
  });

  it("is proved up to a bound where more may be sent than mailboxes of that size hold", async () => {
    const [report] = await verified(`
      system Main { start Boss start Worker }
      domain Boss {
        state { n: int }
        goal Sent { predicate n >= 10 }
        transition Send { step { if n < 10 { n += 1 send Worker Work } } }
      }
      domain Worker { state { done: int } transition Work() { step { emit Use() send Worker Work } } }`);
    expect(report?.verdict).toBe("proved up to a bound");
  });

  it("that is too large is explored domain by domain, against others that may send anything", async () => {
    const reports = await verified(asking(0), 1);
    expect(reports.map(({ domain, verdict, assumptions }) => [domain, verdict, assumptions])).toEqual([
      [
        "Shop",
        "proved",
        [
          "It was explored alone, against others that may send it anything that it takes, at any time.",
          "It comes to rest as long as the messages that it waits for come.",
        ],
      ],
      ["Store", "proved", ["It was explored alone, against others that may send it anything that it takes, at any time."]],
    ]);
  });

  it("that is explored domain by domain is refuted where no message at all helps", async () => {
    const reports = await verified(
      `system Main { start A start B }
       domain A { state { bad: bool } goal Good { predicate !bad } on Spoil { bad = true } }
       domain B {
         state { go: bool, n: bool }
         goal Told { predicate !go || n }
         transition Tell { step { if go && !n { send A Spoil n = true } } } }`,
      1,
    );
    expect(reports.map(({ domain, verdict }) => [domain, verdict])).toEqual([
      ["A", "refuted"],
      ["B", "proved"],
    ]);
  });
});
