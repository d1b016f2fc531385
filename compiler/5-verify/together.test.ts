import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SimulatedSystem } from "../../runtime-lib/simulate/index.js";
import { loadMembers, loadSystem } from "../4-bundle/load.js";
import { programOf } from "../testing/load.js";
import { deviationIn } from "../testing/story.js";
import { renderReport } from "./report/render.js";
import type { Report } from "./report/report.js";
import { atOnce } from "./search/steps.js";
import { verifyingTogether } from "./together.js";

/** Verifies the system of a source. */
async function verified(text: string, limit?: number): Promise<Report[]> {
  const program = programOf(text);
  return atOnce(verifyingTogether(await loadMembers(program, [program]), limit === undefined ? {} : { limit }));
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

  it("is proved as long as there are no instances but those that it was looked at with", async () => {
    const [report] = await verified(asking(1));
    expect(report?.assumes).toContain("no further instance of `Shop` or `Store` comes to life");
  });

  it("asks whether it is to give up also where few moves have many deliveries", async () => {
    const program = programOf(`
      domain A {
        state { go: bool, b: bool, c: bool, d: bool, asked: bool }
        goal Asked { predicate !go || asked }
        transition Ask { step { if go && !asked { send B Tell asked = true } } }
      }
      domain B { state { n: bool } on Tell { send B Tell } }`);
    const members = await loadMembers(program, [program]);
    const pausesWith = (every: number) => {
      const steps = verifyingTogether(members, { every });
      let pauses = 0;
      while (steps.next(null).done !== true) pauses += 1;
      return pauses;
    };
    // It has fewer moves than that.
    expect(pausesWith(4000)).toBeGreaterThan(pausesWith(Number.MAX_SAFE_INTEGER));
  });

  it("looks, where each is explored alone, only at instances that are started or that somebody is known to send to", async () => {
    const ved = (to: string) => `
      system Main { start A start B["b1"] }
      domain A {
        state { go: bool, done: bool, key: string }
        goal Done { predicate done || !go }
        transition Tell { step { if go && !done { send B[${to}] Hi done = true } } }
      }
      domain B {
        state { up: bool, told: bool }
        goal Up { predicate up || !told }
        on Hi { told = true }
        transition Start { step { if !up && told && self == "b1" { emit X() up = true } } }
      }`;
    const reportOnB = async (to: string) => (await verified(ved(to), 1)).at(-1);
    const written = await reportOnB('"b1"');
    expect(written?.verdict).toBe("proved up to a bound");
    expect(written?.assumes).toContain("nobody outside brings a `B` to life that its system does not start");
    expect((await reportOnB('"b2"'))?.verdict).toBe("refuted");
    expect((await reportOnB("key"))?.verdict).toBe("refuted");
  });

  it("is refuted where one waits for an answer that does not come, with the story of both", async () => {
    const [report] = await verified(asking(0));
    expect(report?.verdict).toBe("refuted");
    expect(renderReport(report as Report)).toMatchInlineSnapshot(`
      "Shop, Store: refuted: it can get stuck after 2 steps.
        Looked at 4 situations in 3 states.

      error[VED5001]: \`Shop, Store\` can get stuck: \`Got\` of Shop/default does not hold with \`Shop/default: want = true, asked = true, got = false; Store/default: stock = 0\`, and nothing is left to do.
        ┌─ test.ved:5:10
        │
      5 │     goal Got { predicate !want || got }
        │          ^^^
        With mailboxes of 3 messages:
        1. it starts
              Shop/default: it rests in reality A
              Store/default: it rests
        2. Shop/default: observed want = true
              Shop/default: Ask runs, as \`want && !asked\` (line 6)
              Shop/default: Ask commits asked = true (line 6)
              Shop/default: sends Store/default Give
              Store/default: receives Give of Shop/default, and does nothing about it
              Store/default: it rests
        There it stays:
          Shop/default has want = true, asked = true, got = false
          Shop/default: Got A does not hold: \`!want\` is false, as want = true
          Shop/default: Got B does not hold: \`got\` is false, as got = false
          Shop/default: Ask does not run: \`!asked\` is false, as asked = true
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
      "Left/default: Pump.Run(1) is done",
      "Right/default: Pump.Run(2) is done",
    ]);
  });

  it("is refuted where mailboxes as large as those of a host fill up for good", async () => {
    const [report] = await verified(`
      system Main { start Boss start Worker }
      domain Boss {
        state { n: int }
        goal Sent { predicate n >= 10 }
        transition Send { step { if n < 10 { n += 1 send Worker Work } } }
      }
      domain Worker { state { done: int } transition Work() { step { emit Use() send Worker Work } } }`);
    expect(report?.verdict).toBe("refuted");
  });

  it("that is too large is explored domain by domain, against others that may send anything", async () => {
    const reports = await verified(asking(0), 1);
    expect(reports.map(({ domain, verdict, assumptions }) => [domain, verdict, assumptions])).toEqual([
      [
        "Shop",
        "proved up to a bound",
        ["It was explored alone, against others that may send it anything that it takes, at any time."],
      ],
      [
        "Store",
        "proved up to a bound",
        ["It was explored alone, against others that may send it anything that it takes, at any time."],
      ],
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
      ["B", "proved up to a bound"],
    ]);
  });
});

const systems = "fixtures/verify/systems";

it.each(readdirSync(systems))("%s is judged right, and the runtime does what its stories say", async (name) => {
  const text = readFileSync(`${systems}/${name}`, "utf8");
  const reports = await verified(text);
  const verdicts = reports.map(({ verdict }) => verdict);
  // Where they are explored alone, one that is refuted is enough.
  const verdict = verdicts.includes("refuted") ? "refuted" : verdicts[0];
  expect(verdict).toBe(/^\/\/ ([\w ]+):/.exec(text)?.[1]);
  const program = programOf(text);
  const subject = (await loadSystem(program, [program])) as unknown as SimulatedSystem;
  for (const finding of reports.flatMap(({ findings }) => findings)) {
    expect(await deviationIn(finding, { subject, domains: program.domains })).toBeNull();
  }
});
